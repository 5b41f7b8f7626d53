import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPhoto } from "../../../src/photos/photo-check.ts";
import { flatJpeg } from "../../support/images.ts";
import { decodePixels, encodeAsJpeg } from "../../support/node/photo-files.ts";

const SECRET = Buffer.from("GPS52.5163N13.3777E ".repeat(20));

/** How encoders write: in one scan or in many, with whole color or half of it, with one code for all or with best ones. */
const KINDS = {
  "baseline, half color": { progressive: false },
  "baseline, whole color": { progressive: false, auto_subsample: false, chroma_subsample: 1 },
  "baseline, fixed codes": { progressive: false, baseline: true, optimize_coding: false },
  "baseline, gray": { progressive: false, color_space: 1 },
  progressive: { progressive: true },
  "progressive, whole color": { progressive: true, auto_subsample: false, chroma_subsample: 1, quality: 95 },
  "progressive, gray": { progressive: true, color_space: 1 },
  "progressive, red, green and blue": { progressive: true, color_space: 2 },
} as const;
type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

const files = new Map<Kind, Buffer>();
const fileOf = (kind: Kind): Buffer => files.get(kind) ?? Buffer.alloc(0);

beforeAll(async () => {
  const sample = new Uint8Array(await readFile(new URL("../../samples/donut.jpg", import.meta.url)));
  const picture = await decodePixels("jpeg", sample);
  for (const kind of NAMES) files.set(kind, Buffer.from(await encodeAsJpeg(picture, KINDS[kind])));
});

/** What intake makes of a file: the file that is stored, or the code of what is wrong. */
function take(bytes: Uint8Array): Buffer | string {
  const verdict = checkPhoto(Uint8Array.from(bytes));
  return verdict.ok ? Buffer.from(verdict.value.file) : verdict.error.code;
}
const isSame = (taken: Buffer | string, file: Uint8Array): boolean =>
  typeof taken !== "string" && Buffer.compare(taken, file) === 0;

describe.each(NAMES)("a JPEG (%s)", (kind) => {
  it("that lacks one byte or both of its end marker is stored with it", () => {
    const whole = fileOf(kind);
    expect(isSame(take(whole.subarray(0, -2)), whole)).toBe(true);
    expect(isSame(take(whole.subarray(0, -1)), whole)).toBe(true);
  });

  it("that lacks more is damaged, wherever it was cut off", () => {
    const whole = fileOf(kind);
    for (const length of [3, 4, 10, 100, 1000].map((missing) => whole.length - missing)) {
      expect(take(whole.subarray(0, length))).toBe("damaged_photo");
    }
    for (const share of [0.9, 0.75, 0.5, 0.25, 0.05]) {
      expect(take(whole.subarray(0, Math.floor(whole.length * share)))).toBe("damaged_photo");
    }
  });

  it("whose missing end was filled with zeros is damaged", () => {
    const whole = fileOf(kind);
    for (const share of [0.9, 0.6, 0.3]) {
      const filled = Buffer.alloc(whole.length + 5000);
      whole.copy(filled, 0, 0, Math.floor(whole.length * share));
      expect(take(filled)).toBe("damaged_photo");
    }
  });

  it("that goes over into another picture without an end marker ends with it, and nothing of the other is kept", () => {
    const whole = fileOf(kind);
    const second = Buffer.concat([
      whole.subarray(0, 2),
      Buffer.from([0xff, 0xe1, 0x01, 0x92]),
      SECRET,
      whole.subarray(2),
    ]);
    for (const file of [
      Buffer.concat([whole.subarray(0, -2), second]),
      Buffer.concat([whole.subarray(0, -2), second.subarray(0, -2)]),
      Buffer.concat([whole.subarray(0, -2), SECRET]),
    ]) {
      expect(isSame(take(file), whole)).toBe(true);
    }
  });

  it("whose other pictures lie behind its end marker keeps none of them", () => {
    const whole = fileOf(kind);
    for (const more of [whole, whole.subarray(0, -2), whole.subarray(0, 500), SECRET]) {
      const taken = take(Buffer.concat([whole, more]));
      expect(isSame(taken, Buffer.concat([whole, Buffer.alloc(more.length)]))).toBe(true);
    }
  });

  it("with bytes between its segments is stored with fill bytes there, and keeps every pixel", async () => {
    const whole = fileOf(kind);
    const junk = Buffer.concat([
      SECRET,
      Buffer.from([0xff, 0x00, 0x07, 0xff, 0xd3, 0xff, 0xd8, 0xff, 0x01, 0xff, 0xff]),
    ]);
    const scanAt = whole.indexOf(Buffer.from([0xff, 0xda]));
    for (const at of [2, scanAt]) {
      const taken = take(Buffer.concat([whole.subarray(0, at), junk, whole.subarray(at)]));
      const filled = Buffer.concat([whole.subarray(0, at), Buffer.alloc(junk.length, 0xff), whole.subarray(at)]);
      expect(isSame(taken, filled)).toBe(true);
      const [before, after] = [await decodePixels("jpeg", whole), await decodePixels("jpeg", filled)];
      expect(Buffer.compare(Buffer.from(before.data.buffer), Buffer.from(after.data.buffer))).toBe(0);
    }
  });
});

describe("a JPEG without its end marker", () => {
  it("keeps its orientation", () => {
    const file = flatJpeg({ width: 600, height: 512, orientation: 6 }).slice(0, -2);
    expect(checkPhoto(file)).toMatchObject({ ok: true, value: { orientation: 6, bytes: file.length + 2 } });
  });

  it("is whole with restart markers, one for each interval", () => {
    const plain = Buffer.from(flatJpeg({ width: 512, height: 512 }));
    const scanAt = plain.indexOf(Buffer.from([0xff, 0xda]));
    const dri = Buffer.from([0xff, 0xdd, 0, 4, 0, 64]);
    // 64 blocks of two bits in a row.
    const row = Buffer.alloc(16);
    const rows = (count: number): Buffer[] =>
      Array.from({ length: count }, (_, index) =>
        index === 0 ? row : Buffer.concat([Buffer.from([0xff, 0xd0 + ((index - 1) % 8)]), row]),
      );
    const withRows = (count: number): Buffer =>
      Buffer.concat([plain.subarray(0, scanAt), dri, plain.subarray(scanAt, scanAt + 10), ...rows(count)]);
    expect(isSame(take(withRows(64)), Buffer.concat([withRows(64), Buffer.from([0xff, 0xd9])]))).toBe(true);
    expect(take(withRows(63))).toBe("damaged_photo");
    expect(take(Buffer.concat([withRows(63), Buffer.alloc(18)]))).toBe("damaged_photo");
  });

  it.each<[string, (file: Buffer) => void]>([
    ["no code", (file) => (file[file.indexOf(Buffer.from([0xff, 0xc4])) + 1] = 0xfe)],
    ["more codes than bits", (file) => (file[file.indexOf(Buffer.from([0xff, 0xc4])) + 5] = 3)],
    ["a component that its frame lacks", (file) => (file[file.indexOf(Buffer.from([0xff, 0xda])) + 5] = 9)],
    ["no samples", (file) => (file[file.indexOf(Buffer.from([0xff, 0xc0])) + 11] = 0)],
  ])("is damaged with %s", (_, change) => {
    const file = Buffer.from(flatJpeg({ width: 512, height: 512 }).slice(0, -2));
    change(file);
    expect(take(file)).toBe("damaged_photo");
  });
});
