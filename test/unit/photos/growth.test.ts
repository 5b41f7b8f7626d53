import { describe, expect, it } from "vitest";
import { MAX_PHOTO_BYTES } from "../../../src/bounds.ts";
import { checkPhoto } from "../../../src/photos/photo-check.ts";
import { flatJpeg, jpeg, png, webp } from "../../support/images.ts";

const SMALL = { width: 600, height: 512, bytes: 400 };

/** The largest upload, of one unit repeated behind `at` in a file. */
function swollen(file: Uint8Array, at: number, unit: string): Buffer {
  const room = MAX_PHOTO_BYTES - file.length;
  const filling = Buffer.alloc(room - (room % unit.length), Buffer.from(unit, "latin1"));
  return Buffer.concat([file.subarray(0, at), filling, file.subarray(at)]);
}

/** A WebP's header states its length. */
function swollenWebp(unit: string): Buffer {
  const file = webp(SMALL);
  const whole = swollen(file, file.length, unit);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

const JPEG = jpeg(SMALL);
const PNG = png(SMALL);
const [IN_HEADER, IN_SCAN, BEHIND_IHDR] = [2, JPEG.length - 2, 33];

/** Takes 0.3 s at most where nothing else runs; with two million segments judged it was 3 s. */
const BOUND_MS = 2000;

describe("a file of 7.5 MB that is made to keep the reader busy", () => {
  it.each<[string, Buffer]>([
    ["empty segments", swollen(JPEG, IN_HEADER, "\xff\xe1\0\x02")],
    ["segments of one byte", swollen(JPEG, IN_HEADER, "\xff\xe0\0\x03x")],
    ["empty tables", swollen(JPEG, IN_HEADER, "\xff\xdb\0\x02")],
    ["Exif segments", swollen(JPEG, IN_HEADER, "\xff\xe1\0\x08Exif\0\0")],
    ["stuffed zeros between segments", swollen(JPEG, IN_HEADER, "\xff\0")],
    ["second starts", swollen(JPEG, IN_HEADER, "\xff\xd8")],
    ["fill bytes", swollen(JPEG, IN_HEADER, "\xff")],
    ["fill bytes in a scan", swollen(JPEG, IN_SCAN, "\xff")],
    ["restart markers", swollen(JPEG, IN_SCAN, "\xff\xd0")],
    ["code tables, and no end", swollen(JPEG, IN_HEADER, "\xff\xc4\0\x15\0\x01" + "\0".repeat(16)).subarray(0, -2)],
    ["empty text chunks", swollen(PNG, BEHIND_IHDR, "\0\0\0\0tEXt1234")],
    ["private chunks of one byte", swollen(PNG, BEHIND_IHDR, "\0\0\0\x01prVtx1234")],
    ["empty picture chunks", swollen(PNG, BEHIND_IHDR, "\0\0\0\0IDAT1234")],
    ["eXIf chunks", swollen(PNG, BEHIND_IHDR, "\0\0\0\0eXIf1234")],
    ["empty chunks", swollenWebp("abcd\0\0\0\0")],
    ["chunks of one byte", swollenWebp("abcd\x01\0\0\0x\0")],
  ])("is judged at once: %s", (_, file) => {
    const startedAt = performance.now();
    checkPhoto(file);
    expect(performance.now() - startedAt).toBeLessThan(BOUND_MS);
  });

  it("is refused for its parts, of which an encoder makes thousands at most", () => {
    const detail = "The photo is damaged: it is in more parts than any encoder makes.";
    for (const file of [swollen(JPEG, IN_HEADER, "\xff\xe1\0\x02"), swollen(PNG, BEHIND_IHDR, "\0\0\0\0IDAT1234")]) {
      expect(checkPhoto(file)).toMatchObject({ ok: false, error: { code: "damaged_photo", detail } });
    }
    const unit = `\0\0\0\0IDAT1234`;
    const thousands = Buffer.from(unit.repeat(20_000), "latin1");
    const many = Buffer.concat([PNG.subarray(0, BEHIND_IHDR), thousands, PNG.subarray(BEHIND_IHDR)]);
    expect(checkPhoto(many)).toMatchObject({ ok: true });
  });

  it.each([
    ["first", 0x01],
    ["refining", 0x10],
  ])("is judged at once: 99 %s scans of 50 megapixels in runs of 32,767 blocks, and no end", (_, approximation) => {
    const flat = Buffer.from(flatJpeg({ width: 8000, height: 6200 }));
    flat[flat.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc2;
    const header = flat.subarray(0, flat.indexOf(Buffer.from([0xff, 0xda])));
    // One code, of one bit: a run of 2^14 blocks and as many more as the next 14 bits say.
    const code = Buffer.from([0xff, 0xc4, 0, 20, 0x10, 1, ...Array.from({ length: 15 }, () => 0), 0xe0]);
    const runs = Array.from({ length: 24 }, () => `0${"1".repeat(14)}`).join("");
    const data = (runs.match(/.{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2));
    const stuffed = data.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]));
    const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, approximation, ...stuffed]);
    const file = Buffer.concat([header, code, ...Array.from({ length: 99 }, () => scan), Buffer.alloc(60_000, 7)]);
    const startedAt = performance.now();
    expect(checkPhoto(file)).toMatchObject({ error: { code: "damaged_photo" } });
    expect(performance.now() - startedAt).toBeLessThan(BOUND_MS / 4);
  });
});
