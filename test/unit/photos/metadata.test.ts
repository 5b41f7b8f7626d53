import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPhoto, PhotoCheck } from "../../../src/photos/photo-check.ts";
import { decodePixels, readPicture } from "../../support/node/photo-files.ts";

/** Words that must not survive, as cameras, phones and editors leave them. */
const SECRET = "GPS 52.5163N 13.3777E taken by Ada with serial 4711";
const secret = (repeat = 1) => Buffer.from(`${SECRET} `.repeat(repeat));

const jpegSegment = (marker: number, ...payload: Uint8Array[]): Buffer => {
  const body = Buffer.concat(payload);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

/** An EXIF block with the orientation, and a text behind it. */
const exif = (orientation: number): Buffer => {
  const block = Buffer.from("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0", "latin1");
  block.writeUInt16BE(orientation, 18);
  return Buffer.concat([block, secret()]);
};

const exifSegment = (orientation: number, ...more: Uint8Array[]): Buffer =>
  jpegSegment(0xe1, Buffer.from("Exif\0\0"), exif(orientation), ...more);

/** A part of XMP that is continued over several segments (XMP specification, part 3, section 1.1.3.1). */
const extendedXmp = (): Buffer => jpegSegment(0xe1, Buffer.from("http://ns.adobe.com/xmp/extension/\0"), secret(900));

/** Puts segments behind the start of a JPEG, and a film behind its end. */
const dressJpeg = (plain: Uint8Array): Uint8Array =>
  Buffer.concat([
    plain.subarray(0, 2),
    jpegSegment(0xe1, Buffer.from("Exif\0\0"), exif(6)),
    jpegSegment(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0"), secret(900)),
    jpegSegment(0xe2, Buffer.from("MPF\0"), secret()),
    jpegSegment(0xed, Buffer.from("Photoshop 3.0\0"), secret()),
    jpegSegment(0xef, secret()),
    jpegSegment(0xfe, secret()),
    plain.subarray(2),
    secret(50),
  ]);

const pngChunk = (name: string, payload: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(name), payload]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(payload.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
};

/** Puts chunks behind the header of a PNG, and text behind its end. */
const dressPng = (plain: Uint8Array): Uint8Array =>
  Buffer.concat([
    plain.subarray(0, 33),
    pngChunk("eXIf", exif(6)),
    pngChunk("tEXt", Buffer.concat([Buffer.from("Comment\0"), secret()])),
    pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), secret(3000)])),
    pngChunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), secret()])),
    pngChunk("tIME", Buffer.from([0x07, 0xea, 11, 23, 10, 30, 4])),
    pngChunk("prVt", secret()),
    plain.subarray(33),
    secret(),
  ]);

const riffChunk = (name: string, payload: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(payload.length);
  return Buffer.concat([Buffer.from(name), length, payload, Buffer.alloc(payload.length % 2)]);
};

/** Wraps the picture of a simple WebP into an extended file with EXIF and XMP. */
function dressWebp(plain: Uint8Array, { width, height }: ImageData): Uint8Array {
  const extended = Buffer.alloc(10);
  extended[0] = 0x0c;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const chunks = Buffer.concat([
    riffChunk("VP8X", extended),
    plain.subarray(12),
    riffChunk("EXIF", exif(6)),
    riffChunk("XMP ", secret(20)),
  ]);
  const head = Buffer.from("RIFF\0\0\0\0WEBP");
  head.writeUInt32LE(chunks.length + 4, 4);
  return Buffer.concat([head, chunks, secret()]);
}

type Format = "jpeg" | "png" | "webp";
let dressed: Record<Format, Uint8Array>;

beforeAll(async () => {
  const jpeg = new Uint8Array(await readFile(new URL("../../samples/donut.jpg", import.meta.url)));
  const picture = await readPicture(jpeg);
  const pixels = await decodePixels("jpeg", jpeg);
  dressed = {
    jpeg: dressJpeg(jpeg),
    png: dressPng(await picture.asPng()),
    webp: dressWebp(await picture.asWebp(), pixels),
  };
});

const FORMATS: Format[] = ["jpeg", "png", "webp"];
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

describe.each(FORMATS)("a %s on its way into storage", (format) => {
  it("loses where, by whom and with what it was taken, and keeps its length and its orientation", () => {
    const original = dressed[format];
    const photo = Uint8Array.from(original);
    expect(textOf(original)).toContain("GPS 52.5163N");
    expect(checkPhoto(photo)).toMatchObject({ ok: true, value: { format, orientation: 6, bytes: original.length } });
    for (const word of ["GPS", "52.5163N", "Ada", "4711"]) expect(textOf(photo)).not.toContain(word);
  });

  it("keeps every pixel", async () => {
    const photo = Uint8Array.from(dressed[format]);
    checkPhoto(photo);
    const [before, after] = [await decodePixels(format, dressed[format]), await decodePixels(format, photo)];
    expect([after.width, after.height]).toEqual([before.width, before.height]);
    expect(Buffer.compare(Buffer.from(after.data.buffer), Buffer.from(before.data.buffer))).toBe(0);
  });

  it("is the same in the end whatever the sizes of the pieces in which it comes", () => {
    const whole = Uint8Array.from(dressed[format]);
    checkPhoto(whole);
    for (const step of [777, 4096, 65_536]) {
      const pieces = Uint8Array.from(dressed[format]);
      const check = new PhotoCheck();
      for (let at = 0; at < pieces.length; at += step) check.push(pieces.subarray(at, at + step));
      expect(check.finish().ok).toBe(true);
      expect(Buffer.compare(pieces, whole)).toBe(0);
    }
  });

  it("has nothing to lose the second time", () => {
    const once = Uint8Array.from(dressed[format]);
    checkPhoto(once);
    const twice = Uint8Array.from(once);
    expect(checkPhoto(twice).ok).toBe(true);
    expect(Buffer.compare(once, twice)).toBe(0);
  });
});

/** Puts pieces into a file at a place, and lets intake see the whole. */
function judge(plain: Uint8Array, at: number, ...pieces: Uint8Array[]): { photo: Uint8Array; verdict: unknown } {
  const photo = Uint8Array.from(Buffer.concat([plain.subarray(0, at), ...pieces, plain.subarray(at)]));
  return { photo, verdict: checkPhoto(photo) };
}

/** Not a matcher on the text: it would print the whole photo. */
const holdsSecret = (photo: Uint8Array): boolean => /GPS|Ada|4711/.test(textOf(photo));

const sound = (orientation = 1) => ({ ok: true, value: { orientation } });
const damage = { ok: false, error: { code: "damaged_photo" } };

describe("what cameras and editors hide in a JPEG", () => {
  let plain: Uint8Array;
  /** Where the scan begins: the last place for segments. */
  let scanAt: number;

  beforeAll(async () => {
    plain = new Uint8Array(await readFile(new URL("../../samples/donut.jpg", import.meta.url)));
    scanAt = Buffer.from(plain).indexOf(Buffer.from([0xff, 0xda]));
  });

  it.each<[string, Buffer[], number]>([
    ["several Exif segments, of which the first counts", [exifSegment(6), exifSegment(3)], 6],
    ["an Exif block with a maker's note and a thumbnail", [exifSegment(8, secret(500), Buffer.from([0xff, 0xd9]))], 8],
    [
      "an Exif block with a broken directory",
      [jpegSegment(0xe1, Buffer.from("Exif\0\0MM\0*\0\0\0\x08\xff\xff"), secret())],
      1,
    ],
    ["XMP that is too long for one segment", Array.from({ length: 3 }, () => extendedXmp()), 1],
    ["a list of more pictures behind the end", [jpegSegment(0xe2, Buffer.from("MPF\0II*\0\b\0\0\0"), secret())], 1],
    ["a JFIF thumbnail", [jpegSegment(0xe0, Buffer.from("JFIF\0\x01\x02\0\0\x01\0\x01\x10\x10"), secret(10))], 1],
    ["a JFIF extension", [jpegSegment(0xe0, Buffer.from("JFXX\0\x10"), secret(10))], 1],
    ["FlashPix streams", [jpegSegment(0xe2, Buffer.from("FPXR\0\0"), secret(10))], 1],
    ["content credentials", [jpegSegment(0xeb, Buffer.from("JP\0\x01"), secret(10))], 1],
    ["text behind Adobe's color transform", [jpegSegment(0xee, Buffer.from("Adobe\0d\0\0\0\0\x01"), secret())], 1],
    ["another maker's segment 14", [jpegSegment(0xee, Buffer.from("Mine"), secret())], 1],
    ["segments that the standard reserves", [0x02, 0xbf, 0xf0, 0xfd].map((marker) => jpegSegment(marker, secret())), 1],
    ["a comment in the middle", [jpegSegment(0xfe, secret())], 1],
  ])("%s: is erased", (_, segments, orientation) => {
    for (const at of [2, scanAt]) {
      const { photo, verdict } = judge(plain, at, ...segments);
      expect(verdict).toMatchObject(sound(orientation));
      expect(holdsSecret(photo)).toBe(false);
    }
  });

  it("more pictures behind its end, each with its own Exif, are erased", () => {
    const { photo, verdict } = judge(plain, plain.length, dressJpeg(plain), dressJpeg(plain));
    expect(verdict).toMatchObject(sound());
    expect(holdsSecret(photo)).toBe(false);
    expect(photo.subarray(plain.length).every((byte) => byte === 0)).toBe(true);
  });

  it("whatever stands between two scans is erased", () => {
    const endAt = plain.length - 2;
    const { photo, verdict } = judge(plain, endAt, jpegSegment(0xe1, Buffer.from("Exif\0\0"), exif(6)));
    expect(verdict).toMatchObject(sound(6));
    expect(holdsSecret(photo)).toBe(false);
  });
});

describe("what editors hide in a PNG", () => {
  const END_BYTES = 12;

  it.each<[string, Buffer, unknown]>([
    ["Exif behind the picture", pngChunk("eXIf", exif(8)), sound(8)],
    [
      "XMP behind the picture",
      pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0"), secret()])),
      sound(),
    ],
    [
      "raw profiles of ImageMagick",
      pngChunk("zTXt", Buffer.concat([Buffer.from("Raw profile type exif\0\0"), secret()])),
      sound(),
    ],
    ["content credentials", pngChunk("caBX", secret()), sound()],
    ["a private chunk of any capitals", pngChunk("gpSA", secret()), sound()],
    ["an unknown critical chunk", pngChunk("GPSa", secret()), damage],
    ["a second header", pngChunk("IHDR", secret()), damage],
    ["an end that holds something", pngChunk("IEND", secret()), damage],
  ])("%s is erased or refused", (_, chunk, expected) => {
    const plain = dressed.png;
    const pictureEnd = Buffer.from(plain).indexOf("IEND") - 4;
    const { photo, verdict } = judge(plain.subarray(0, pictureEnd + END_BYTES), pictureEnd, chunk);
    expect(verdict).toMatchObject(expected === damage ? damage : { ok: true });
    if (expected !== damage) expect(holdsSecret(photo)).toBe(false);
  });
});

describe("what editors hide in a WebP", () => {
  /** A WebP with more chunks: in front of its picture, or behind it. */
  function withChunks(place: "front" | "end", ...chunks: Buffer[]): Uint8Array {
    const fileEnd = 8 + Buffer.from(dressed.webp).readUInt32LE(4);
    const behindHeader = 12 + 8 + 10;
    const at = place === "front" ? behindHeader : fileEnd;
    const file = Buffer.concat([dressed.webp.subarray(0, at), ...chunks, dressed.webp.subarray(at, fileEnd)]);
    file.writeUInt32LE(file.length - 8, 4);
    return Uint8Array.from(file);
  }

  it.each<[string, Buffer, "front" | "end", unknown]>([
    ["Exif in front of the picture, which counts", riffChunk("EXIF", exif(8)), "front", sound(8)],
    ["more Exif behind it, which does not", riffChunk("EXIF", exif(8)), "end", sound(6)],
    ["a second header", riffChunk("VP8X", Buffer.concat([Buffer.alloc(4), secret()])), "front", sound(6)],
    ["a second picture behind it", riffChunk("VP8 ", secret()), "end", sound(6)],
    ["a second picture of the other kind", riffChunk("VP8L", secret()), "end", sound(6)],
    ["a picture that is too short to be one", riffChunk("VP8L", Buffer.from("GPS")), "front", sound(6)],
    ["something else in the picture's place", riffChunk("VP8 ", secret()), "front", damage],
    ["frames of an animation", riffChunk("ANMF", secret()), "end", sound(6)],
    ["a chunk that nobody knows", riffChunk("gpsd", secret()), "front", sound(6)],
  ])("%s is erased or refused", (_, chunk, place, expected) => {
    const photo = withChunks(place, chunk);
    expect(checkPhoto(photo)).toMatchObject(expected as object);
    if (expected !== damage) expect(holdsSecret(photo)).toBe(false);
  });
});

it("whatever stands behind the size in the header of an extended WebP is erased", () => {
  const { webp } = dressed;
  const header = riffChunk("VP8X", Buffer.concat([webp.subarray(20, 30), secret()]));
  const file = Buffer.concat([webp.subarray(0, 12), header, webp.subarray(30)]);
  file.writeUInt32LE(Buffer.from(webp).readUInt32LE(4) + header.length - 18, 4);
  const photo = Uint8Array.from(file);
  expect(checkPhoto(photo)).toMatchObject(sound(6));
  expect(holdsSecret(photo)).toBe(false);
  expect(Buffer.compare(photo.subarray(20, 30), webp.subarray(20, 30))).toBe(0);
});

it("is turned as the first of two Exif blocks of a PNG says", () => {
  const at = 33;
  const photo = Buffer.concat([dressed.png.subarray(0, at), pngChunk("eXIf", exif(8)), dressed.png.subarray(at)]);
  expect(checkPhoto(Uint8Array.from(photo))).toMatchObject(sound(8));
});

it("keeps a JPEG's color profile", async () => {
  const jpeg = new Uint8Array(await readFile(new URL("../../samples/donut.jpg", import.meta.url)));
  const profile = Buffer.from("ICC_PROFILE\0\x01\x01 the colors of a display");
  const photo = Uint8Array.from(Buffer.concat([jpeg.subarray(0, 2), jpegSegment(0xe2, profile), jpeg.subarray(2)]));
  expect(checkPhoto(photo).ok).toBe(true);
  expect(textOf(photo)).toContain("the colors of a display");
});
