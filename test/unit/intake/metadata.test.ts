import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPhoto, PhotoCheck } from "../../../src/intake/photo-check.ts";
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

it("keeps a JPEG's colour profile", async () => {
  const jpeg = new Uint8Array(await readFile(new URL("../../samples/donut.jpg", import.meta.url)));
  const profile = Buffer.from("ICC_PROFILE\0\x01\x01 the colours of a display");
  const photo = Uint8Array.from(Buffer.concat([jpeg.subarray(0, 2), jpegSegment(0xe2, profile), jpeg.subarray(2)]));
  expect(checkPhoto(photo).ok).toBe(true);
  expect(textOf(photo)).toContain("the colours of a display");
});
