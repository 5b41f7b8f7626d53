import { describe, expect, it } from "vitest";
import { checkPhoto, PhotoCheck } from "../../../src/photos/photo-check.ts";
import { jpeg, png, webp } from "../../support/images.ts";
import { MAX_PHOTO_BYTES } from "../../../src/bounds.ts";

const size = { width: 1024, height: 768 };
const verdictOf = (bytes: Uint8Array) => {
  const verdict = checkPhoto(bytes);
  return verdict.ok ? "sound" : verdict.error.code;
};

/** A JPEG whose scan is there so many times. */
function scanned(times: number): Uint8Array {
  const once = jpeg(size);
  const scan = once.subarray(once.indexOf(0xda) - 1, -2);
  return Uint8Array.from([
    ...once.subarray(0, -2),
    ...Array.from({ length: times - 1 }, () => [...scan]).flat(),
    0xff,
    0xd9,
  ]);
}

describe("a sound photo", () => {
  it.each([
    ["jpeg", jpeg(size)],
    ["png", png(size)],
    ["webp", webp(size)],
  ] as const)("is accepted as %s with its own size", (format, bytes) => {
    expect(checkPhoto(bytes)).toEqual({
      ok: true,
      value: { format, bytes: bytes.length, ...size, orientation: 1, file: bytes },
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("keeps its EXIF orientation %i in all three formats", (orientation) => {
    for (const bytes of [
      jpeg({ ...size, orientation }),
      png({ ...size, orientation }),
      webp({ ...size, orientation }),
    ]) {
      const verdict = checkPhoto(bytes);
      expect(verdict.ok && verdict.value.orientation).toBe(orientation);
    }
  });

  it("may carry bytes behind the end of a JPEG, as motion photos do", () => {
    expect(verdictOf(jpeg({ ...size, trailer: [0x66, 0x74, 0x79, 0x70, 0xff, 0xd9] }))).toBe("sound");
  });

  it("may be a JPEG that sharpens while it loads, in a hundred passes", () => {
    expect(verdictOf(scanned(100))).toBe("sound");
  });

  it("is judged the same in chunks of any size", () => {
    for (const bytes of [jpeg({ ...size, orientation: 6 }), png(size), webp(size)]) {
      for (const step of [1, 2, 7, 512, 4099]) {
        const [pieces, whole] = [bytes.slice(), bytes.slice()];
        const check = new PhotoCheck();
        let wrong = null;
        for (let at = 0; at < pieces.length; at += step) wrong ??= check.push(pieces.subarray(at, at + step));
        expect(wrong).toBeNull();
        const judged = check.finish();
        const verdict = checkPhoto(whole);
        expect(judged.ok && verdict.ok && { ...judged.value.photo, file: whole }).toEqual(verdict.ok && verdict.value);
        expect(Buffer.compare(pieces, whole)).toBe(0);
      }
    }
  });
});

describe("a refused photo", () => {
  const text = new TextEncoder().encode("<html>this is no photo, whatever its name says</html>");
  const gif = new TextEncoder().encode("GIF89a, long enough to be told by its first bytes");
  const twoFrames = jpeg(size);
  const frame = twoFrames.indexOf(0xc0) - 1;
  const repeated = Uint8Array.from([...twoFrames.subarray(0, frame + 13), ...twoFrames.subarray(frame)]);

  it.each([
    ["text", text, "unsupported_format"],
    ["a GIF", gif, "unsupported_format"],
    ["two bytes", Uint8Array.of(0x89, 0x50), "unsupported_format"],
    ["no bytes at all", new Uint8Array(0), "malformed_request"],
    ["an animated WebP", webp({ ...size, animated: true }), "unsupported_format"],
    ["a picture that is too narrow", jpeg({ width: 511, height: 4000 }), "invalid_dimensions"],
    ["a picture that is too low", png({ width: 4000, height: 511 }), "invalid_dimensions"],
    ["a picture above 50 million pixels", webp({ width: 10_000, height: 5_001, bytes: 60_000 }), "invalid_dimensions"],
    ["a 50-megapixel PNG of 20 KB", png({ width: 10_000, height: 5_000, bytes: 20_000 }), "damaged_photo"],
    ["a truncated JPEG", jpeg(size).subarray(0, 5000), "damaged_photo"],
    ["a truncated PNG", png(size).subarray(0, 5000), "damaged_photo"],
    ["a truncated WebP", webp(size).subarray(0, 5000), "damaged_photo"],
    ["a JPEG without its end, whose scan no table describes", jpeg(size).subarray(0, -2), "damaged_photo"],
    ["a JPEG that states its size twice", repeated, "damaged_photo"],
    ["a JPEG that passes over its picture 101 times", scanned(101), "damaged_photo"],
    ["a WebP that states two sizes", webp({ ...size, canvas: { width: 2048, height: 768 } }), "damaged_photo"],
    ["a JPEG header alone", jpeg(size).subarray(0, 40), "damaged_photo"],
  ])("is %s", (_, bytes, code) => {
    expect(verdictOf(bytes)).toBe(code);
  });

  it("is known as soon as its header has gone by", () => {
    const check = new PhotoCheck();
    expect(check.push(jpeg({ width: 100, height: 100 }).subarray(0, 64))?.code).toBe("invalid_dimensions");
  });

  it("is too large at the first byte above the limit, not after the last", () => {
    const check = new PhotoCheck();
    const start = jpeg(size).subarray(0, -2);
    expect(check.push(start)).toBeNull();
    expect(check.push(new Uint8Array(MAX_PHOTO_BYTES - start.length))).toBeNull();
    expect(check.push(Uint8Array.of(0))?.code).toBe("photo_too_large");
  });
});
