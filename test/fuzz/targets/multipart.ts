import "../../support/node/base64.ts";
import { readUpload } from "../../../src/intake/read-upload.ts";
import { PROBLEMS } from "../../../src/problems/problem-kinds.ts";
import { bytesOf, must, textOf, type Target } from "../target.ts";

const BOUNDARY = "X-MORSEL";
const TYPES = [
  `multipart/form-data; boundary=${BOUNDARY}`,
  `multipart/form-data; boundary="${BOUNDARY}"`,
  "application/json",
  "image/jpeg",
];

const part = (head: string, body: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;

const form = (...parts: string[]): string => `${parts.join("")}--${BOUNDARY}--\r\n`;
const IMAGE = 'name="image"; filename="a.jpg"';

/** An upload with any body: the first byte says how it is sent, the second whether it states its length. */
export const multipart: Target = {
  seeds: () =>
    [
      `\0\0${form(part(IMAGE, "\xff\xd8bytes"), part('name="include_ingredients"', "true"))}`,
      `\x01\0${form(part('name="metadata"', '{"meal":"lunch"}'), part(IMAGE, ""))}`,
      `\0\x01${form(part('name="include_nutrition_fields"', "energy_kcal,protein_g"), part('name="consumed_at"', "x"))}`,
      `\x02\0${JSON.stringify({ body: "data:image/jpeg;base64,/9j/", include_ingredients: true })}`,
      `\x02\x01${JSON.stringify({ body_url: "https://photos.example.com/1.jpg", metadata: { a: "b" } })}`,
      `\x03\0?user_time_offset_minutes=60&country_code=de`,
    ].map(bytesOf),
  words: [
    `--${BOUNDARY}`,
    `--${BOUNDARY}--`,
    "\r\n",
    'Content-Disposition: form-data; name="image"',
    '; filename="a.jpg"',
    "; filename*=UTF-8''a",
    "Content-Type: image/jpeg",
    "Content-Transfer-Encoding: base64",
    '"__proto__"',
    "constructor",
    '{"body":"',
    '"metadata":{',
    "include_nutrition_fields",
    "energy_kcal",
    "user_time_offset_minutes",
    "-840",
    "null",
    "true",
    "[[[[",
  ],
  maxBytes: 70_000,
  async run(input) {
    const [way = 0, stated = 0] = input;
    const type = TYPES[way % TYPES.length] ?? "";
    const body = input.slice(2);
    const query = type.startsWith("image/") ? textOf(body).slice(0, 2000) : "";
    const url = URL.canParse(`https://morsel.invalid/i${query}`)
      ? `https://morsel.invalid/i${query}`
      : "https://m.invalid/";
    const headers = { "content-type": type, ...(stated % 2 === 1 && { "content-length": String(body.length) }) };
    const read = await readUpload(new Request(url, { method: "POST", body, headers }), way > 127 ? "label" : "image");
    if (read.ok) {
      const { photo, request } = read.value;
      if (photo.kind === "bytes") must(photo.bytes.length <= body.length, "the photo is longer than the body");
      must(JSON.stringify(request).length <= 20_000 + 2 * body.length, "the options are longer than what was sent");
    } else {
      const { status } = PROBLEMS[read.error.code];
      must(status >= 400 && status < 500, `a wrong upload is told as ${status}`);
    }
  },
};
