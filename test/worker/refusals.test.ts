import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg, png, webp } from "../support/images.ts";
import { call, createApplication, logIn, stored } from "../support/worker/tenant.ts";

const size = { width: 1024, height: 768 };
const photo = jpeg(size);
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  retryable: boolean;
  request_id: string;
  errors: { location: string; message: string }[];
}

const raw = (bytes: Uint8Array<ArrayBuffer>, query = ""): [string, RequestInit] => [
  `/nutrition_records/image${query}`,
  { headers: { "content-type": "image/jpeg", "content-length": String(bytes.length) }, body: bytes },
];
const json = (body: unknown): [string, RequestInit] => [
  "/nutrition_records/image",
  { headers: { "content-type": "application/json" }, body: typeof body === "string" ? body : JSON.stringify(body) },
];
const form = (fields: Record<string, string | Blob>): [string, RequestInit] => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return ["/nutrition_records/image", { body }];
};
const typed = (contentType: string, body: BodyInit): [string, RequestInit] => [
  "/nutrition_records/image",
  { headers: { "content-type": contentType }, body },
];
/** A stream whose length nobody knows, as chunked transfer encoding carries it. */
const unsized = (): [string, RequestInit] => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void new Blob([photo])
    .stream()
    .pipeTo(writable)
    .catch(() => undefined);
  return ["/nutrition_records/image", { headers: { "content-type": "image/jpeg" }, body: readable }];
};
const text = Uint8Array.from(new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'></svg>"));

const latin1 = (bytes: string): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes, (char) => char.charCodeAt(0));
const arithmetic = photo.map((byte, index) => (byte === 0xc0 && photo[index - 1] === 0xff ? 0xc9 : byte));

/** Every way in which an upload can be wrong, with the answer that the contract promises. */
const REFUSALS: [string, () => [string, RequestInit], number, string][] = [
  ["raw bytes above 7.5 MB", () => raw(new Uint8Array(7_500_001)), 413, "photo_too_large"],
  ["base64 above 10 MB", () => json({ body: "A".repeat(10_000_004) }), 413, "photo_too_large"],
  ["a form above 7.5 MB", () => form({ image: new Blob([new Uint8Array(7_600_000)]) }), 413, "photo_too_large"],
  ["text that calls itself a JPEG", () => raw(text), 415, "unsupported_format"],
  ["a GIF in base64", () => json({ body: btoa("GIF89a, and more bytes") }), 415, "unsupported_format"],
  ["an iPhone's HEIC", () => raw(latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic".padEnd(9000))), 415, "unsupported_format"],
  ["a PDF in a form", () => form({ image: new Blob([latin1("%PDF-1.7 and more")]) }), 415, "unsupported_format"],
  ["a JPEG with arithmetic coding", () => raw(arithmetic), 415, "unsupported_format"],
  ["an animated WebP", () => raw(webp({ ...size, animated: true })), 415, "unsupported_format"],
  ["a content type that is no photo", () => typed("text/plain", "hello"), 415, "unsupported_content_type"],
  ["no content type", () => ["/nutrition_records/image", { body: photo }], 415, "unsupported_content_type"],
  ["a photo that is too small", () => raw(jpeg({ width: 511, height: 512 })), 422, "invalid_dimensions"],
  [
    "a photo above 50 megapixels",
    () => raw(webp({ width: 10_000, height: 5_001, bytes: 60_000 })),
    422,
    "invalid_dimensions",
  ],
  [
    "a 50-megapixel PNG of 20 KB",
    () => raw(png({ width: 10_000, height: 5_000, bytes: 20_000 })),
    422,
    "damaged_photo",
  ],
  [
    "a WebP that states two sizes",
    () => raw(webp({ ...size, canvas: { width: 900, height: 900 } })),
    422,
    "damaged_photo",
  ],
  ["a truncated JPEG, raw", () => raw(photo.slice(0, 6000)), 422, "damaged_photo"],
  ["a truncated JPEG in base64", () => json({ body: photo.slice(0, 6000).toBase64() }), 422, "damaged_photo"],
  ["a truncated JPEG in a form", () => form({ image: new Blob([photo.slice(0, 6000)]) }), 422, "damaged_photo"],
  ["an empty raw body", () => raw(new Uint8Array(0)), 400, "malformed_request"],
  ["an empty JSON body", () => json(""), 400, "malformed_request"],
  ["JSON that is broken", () => json('{"body": "'), 400, "malformed_request"],
  [
    "a form that is cut off",
    () => typed("multipart/form-data; boundary=x", "--x\r\ncontent-dispo"),
    400,
    "malformed_request",
  ],
  ["a form without its boundary", () => typed("multipart/form-data", "--x--"), 400, "malformed_request"],
  ["a raw photo of unknown length", unsized, 411, "length_required"],
  ["JSON without a photo", () => json({ analysis_mode: "fast" }), 422, "invalid_request"],
  ["a photo that is not text", () => json({ body: 17 }), 422, "invalid_request"],
  ["broken base64", () => json({ body: "@@@not base64@@@" }), 422, "invalid_request"],
  ["a form without a photo", () => form({ analysis_mode: "fast" }), 422, "invalid_request"],
  ["an unknown analysis mode", () => raw(photo, "?analysis_mode=magic"), 422, "invalid_request"],
  ["a wrong type in JSON", () => json({ body: photo.toBase64(), include_ingredients: "yes" }), 422, "invalid_request"],
  ["a time that is none", () => raw(photo, "?consumed_at=yesterday"), 422, "invalid_request"],
  ["an offset beyond 14 hours", () => raw(photo, "?user_time_offset_minutes=841"), 422, "invalid_request"],
  [
    "a nutrient that does not exist",
    () => raw(photo, "?include_nutrition_fields=energy_kcal,happiness_mg"),
    422,
    "invalid_request",
  ],
  [
    "too much metadata",
    () => json({ body: photo.toBase64(), metadata: { note: "x".repeat(5000) } }),
    422,
    "invalid_request",
  ],
];

describe("an upload that is wrong", () => {
  const send = vi.spyOn(env.ANALYSIS_QUEUE, "send");
  beforeEach(() => void send.mockClear());

  const judge = async ([path, init]: [string, RequestInit], status: number, code: string): Promise<void> => {
    const before = await stored();
    const response = await call(path, {
      method: "POST",
      ...init,
      headers: new Headers([...new Headers(init.headers), ...Object.entries(ada)]),
    });
    const body = await response.json<ProblemBody>();
    expect(response.status, JSON.stringify(body)).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(body).toMatchObject({ code, status, retryable: false, type: `https://morsel.test/problems/${code}` });
    expect(body.title).not.toBe("");
    expect(body.detail).not.toBe("");
    expect(body.request_id).toBe(response.headers.get("x-request-id"));
    if (code === "invalid_request") expect(body.errors[0]?.location).toMatch(/^(body|query)/);
    expect(await stored()).toEqual(before);
    expect(send).not.toHaveBeenCalled();
  };

  it.each(REFUSALS)("is refused for %s, and leaves nothing behind", async (_, request, status, code) =>
    judge(request(), status, code),
  );

  it.each(REFUSALS)("is refused as a label for %s, too", async (_, request, status, code) => {
    const [path, init] = request();
    await judge([path.replace("/image", "/ingredients/label"), init], status, code);
  });

  it("names the format that came, and what to do", async () => {
    const [path, init] = raw(latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic".padEnd(9000)));
    const headers = new Headers([...new Headers(init.headers), ...Object.entries(ada)]);
    const { detail } = await (await call(path, { method: "POST", ...init, headers })).json<ProblemBody>();
    expect(detail).toMatch(/^The file is HEIC .*, not a JPEG, PNG or WebP\. Export the photo as a JPEG/);
  });

  it("has a page that explains each error", async () => {
    for (const code of new Set(REFUSALS.map((refusal) => refusal[3]))) {
      const page = await call(`/problems/${code}`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(code);
    }
  });
});
