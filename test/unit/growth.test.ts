import { describe, expect, it } from "vitest";
import {
  MAX_BODY_BYTES,
  MAX_HEADER_LENGTH,
  MAX_OPTIONS_BYTES,
  MAX_PHOTO_BYTES,
  MAX_TEXT_LENGTH,
  MAX_URL_LENGTH,
} from "../../src/bounds.ts";
import { isNamed } from "../../src/http/entity-tags.ts";
import { parsePrefer } from "../../src/http/prefer.ts";
import { parseRecordQuery } from "../../src/http/queries/record-list.ts";
import { readParts } from "../../src/intake/multipart.ts";
import { isWideAround, jsonIssue, parseJson } from "../../src/json-bounds.ts";
import { parseLabel } from "../../src/nutrition/labels/parse-label.ts";
import { parseMeal } from "../../src/nutrition/text/parse-meal.ts";
import { checkPhoto } from "../../src/photos/photo-check.ts";
import { uploadRequestSchema } from "../../src/records/upload-options.ts";
import { fromTextFields } from "../../src/text-fields.ts";
import { jpeg } from "../support/images.ts";

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const fill = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** The largest transcription that `analysis/labels` takes: 80 rows of 8 cells, of a serving's length and more. */
const MAX_LABEL_LENGTH = 80 * 8 * 150;
const asLabel = (text: string): void => {
  const cells = text.match(/.{1,150}/gsu) ?? [];
  const rows = Array.from({ length: Math.ceil(cells.length / 8) }, (_, row) =>
    cells.slice(8 * row, 8 * row + 8).map((cell, x) => ({ text: cell, x })),
  );
  parseLabel({ productName: null, legibility: 0.9, rows });
};

const asForm = (length: number): Uint8Array => {
  const part = '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n\r\n--';
  return encode(fill(part, length));
};

/** A photo with as many empty segments as fit. */
function segments(length: number): Uint8Array {
  const whole = jpeg({ width: 1024, height: 768 });
  const photo = Buffer.alloc(length + whole.length, Uint8Array.of(0xff, 0xe1, 0x00, 0x02));
  photo.set(whole.subarray(0, 2));
  photo.set(Uint8Array.of(0xff, 0xe1, 0x00, 0x02), 2);
  photo.set(whole.subarray(2), length);
  return photo;
}

/** What parses foreign text or bytes, at which length it stops, and what is hard for it, made for a length. */
const PARSERS: [name: string, bound: number, make: (length: number) => () => unknown][] = [
  ["Prefer: spaces in an open string", MAX_HEADER_LENGTH, (n) => () => parsePrefer(`wait=${fill(" ", n)}"`)],
  ["Prefer: quotes", MAX_HEADER_LENGTH, (n) => () => parsePrefer(fill('"a\\", ', n))],
  ["Prefer: commas", MAX_HEADER_LENGTH, (n) => () => parsePrefer(fill(" ,; ", n))],
  ["If-Match", MAX_HEADER_LENGTH, (n) => () => isNamed(fill('W/"a" , ', n), '"b"')],
  ["a query of names", MAX_URL_LENGTH, (n) => () => parseRecordQuery(new URLSearchParams(fill("a[0]=b&", n)))],
  [
    "a query of one list",
    MAX_URL_LENGTH,
    (n) => () => parseRecordQuery(new URLSearchParams(`status=${fill("x,", n)}`)),
  ],
  ["a cursor", MAX_URL_LENGTH, (n) => () => parseRecordQuery(new URLSearchParams({ cursor: fill("1_", n) }))],
  [
    "fields of a form",
    MAX_OPTIONS_BYTES,
    (n) => () =>
      uploadRequestSchema.safeParse(
        fromTextFields(uploadRequestSchema, [
          ["metadata", fill("[", n)],
          ["include_nutrition_fields", fill("iron_mg,", n)],
          ["consumed_at", fill("2026-11-23T10:30:00 ", n)],
        ]).fields,
      ),
  ],
  [
    "JSON of brackets",
    MAX_BODY_BYTES,
    (n) => () => parseJson(encode(`${fill("[", Math.floor(n / 2))}${fill("]", Math.floor(n / 2))}`)),
  ],
  [
    "JSON of many fields",
    MAX_BODY_BYTES,
    (n) => () => {
      const json = parseJson(encode(`[${fill('{"a":[1]},', n - 12).replace(/[^}]*$/, "")},0]`.replace(",,", ",")));
      return json.ok && jsonIssue(json.value);
    },
  ],
  ["an upload of brackets", MAX_PHOTO_BYTES, (n) => () => isWideAround(encode(fill("[", n)), MAX_OPTIONS_BYTES)],
  ["an upload of names", MAX_PHOTO_BYTES, (n) => () => isWideAround(encode(fill('"a":1,', n)), MAX_OPTIONS_BYTES)],
  [
    "an upload of escapes",
    MAX_PHOTO_BYTES,
    (n) => () => isWideAround(encode(`"${fill('\\\\"', n)}`), MAX_OPTIONS_BYTES),
  ],
  ["a form of empty parts", MAX_PHOTO_BYTES, (n) => () => readParts(asForm(n), "multipart/form-data; boundary=b")],
  [
    "a form of dashes",
    MAX_PHOTO_BYTES,
    (n) => () => readParts(encode(fill("-", n)), "multipart/form-data; boundary=-b"),
  ],
  [
    "the type of a form",
    MAX_HEADER_LENGTH,
    (n) => () => readParts(encode("--b"), `multipart/form-data${fill("; boundary=", n)}`),
  ],
  [
    "a photo of empty segments",
    MAX_PHOTO_BYTES - 100_000,
    (n) => {
      const bytes = segments(n);
      return () => checkPhoto(bytes);
    },
  ],
  ["a meal of numbers", MAX_TEXT_LENGTH, (n) => () => parseMeal(fill("1 ", n))],
  ["a meal of conjunctions", MAX_TEXT_LENGTH, (n) => () => parseMeal(fill("and ", n))],
  ["a meal of spaces", MAX_TEXT_LENGTH, (n) => () => parseMeal(`rice${fill(" ", n)}x`)],
  ...["serving size ", "portion (", "1 1 ", "dose ", "energy ", "carbohydrats ", "(", "<", "100 ", "portions par "].map(
    (unit): [string, number, (length: number) => () => unknown] => [
      `a label of "${unit}"`,
      MAX_LABEL_LENGTH,
      (n) => () => asLabel(fill(unit, n)),
    ],
  ),
];

/** The shortest of some runs, milliseconds: whatever else the machine does only adds to a run. */
function shortest(run: () => unknown, runs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < runs; count++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const RUNS = 5;
const MAX_MS = 1_000;
const MAX_GROWTH = 2.5;
/** Below, the clock and the first allocations decide. */
const MEASURABLE_MS = 2;
/** On a busy machine all runs of one length may be slow: the comparison is repeated. */
const TRIES = 6;

describe("what parses foreign text", () => {
  it.each(PARSERS)(
    "takes under a second at its bound, and at most 2.5 times as long for twice as much: %s",
    (_, bound, make) => {
      const whole = make(bound);
      const half = make(Math.floor(bound / 2));
      let growth = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < TRIES && growth > MAX_GROWTH; tries++) {
        const [halfMs, wholeMs] = [shortest(half, RUNS), shortest(whole, RUNS)];
        expect(wholeMs).toBeLessThan(MAX_MS);
        growth = wholeMs < MEASURABLE_MS ? 1 : wholeMs / Math.max(halfMs, MEASURABLE_MS / 2);
      }
      expect(growth).toBeLessThanOrEqual(MAX_GROWTH);
    },
  );
});
