/**
 * Pictures that are whole as files, with made-up picture data: intake reads a file's structure and never decodes it.
 */

const join = (...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
const be16 = (value: number): number[] => [value >> 8, value & 0xff];
const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value & 0xffff)];
const le16 = (value: number): number[] => be16(value).toReversed();
const le32 = (value: number): number[] => be32(value).toReversed();

/** Bytes as entropy-coded data have them: every 0xFF is followed by a stuffed zero. */
const scanData = (length: number): number[] =>
  Array.from({ length }, (_, index) => (index % 97 === 0 ? 0xff : index % 97 === 1 ? 0 : index % 251));

interface Size {
  width: number;
  height: number;
}

/** A TIFF block with one tag: the orientation. */
export const exifBlock = (orientation: number): Uint8Array =>
  join(ascii("MM"), be16(42), be32(8), be16(1), be16(0x0112), be16(3), be32(1), be16(orientation), be16(0), be32(0));

const jpegSegment = (marker: number, payload: Uint8Array | number[]): Uint8Array =>
  join([0xff, marker], be16(payload.length + 2), payload);

/** A JPEG file; `orientation` adds an EXIF segment, `trailer` bytes behind the end of the image. */
export function jpeg({
  width,
  height,
  orientation,
  bytes = 8000,
  trailer = [],
}: Size & { orientation?: number; bytes?: number; trailer?: number[] }): Uint8Array<ArrayBuffer> {
  return join(
    [0xff, 0xd8],
    jpegSegment(0xe0, [...ascii("JFIF"), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    orientation === undefined ? [] : jpegSegment(0xe1, [...ascii("Exif"), 0, 0, ...exifBlock(orientation)]),
    jpegSegment(0xc0, [8, ...be16(height), ...be16(width), 1, 1, 0x11, 0]),
    jpegSegment(0xda, [1, 1, 0, 0, 63, 0]),
    scanData(bytes),
    [0xff, 0xd9],
    trailer,
  );
}

/**
 * A JPEG of one shade (gray, or four inks of it) that decoders read: one code of one bit for "no change" and one for "no more coefficients", so
 * that each of its blocks is two zero bits.
 */
export function flatJpeg({
  width,
  height,
  orientation,
  components = 1,
}: Size & { orientation?: number; components?: 1 | 3 | 4 }): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8) * components;
  const each = Array.from({ length: components }, (_, index) => index + 1);
  const lengths = [1, ...Array.from({ length: 15 }, () => 0)];
  return join(
    [0xff, 0xd8],
    orientation === undefined ? [] : jpegSegment(0xe1, [...ascii("Exif"), 0, 0, ...exifBlock(orientation)]),
    jpegSegment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    jpegSegment(0xc0, [8, ...be16(height), ...be16(width), components, ...each.flatMap((id) => [id, 0x11, 0])]),
    jpegSegment(0xc4, [0x00, ...lengths, 0]),
    jpegSegment(0xc4, [0x10, ...lengths, 0]),
    jpegSegment(0xda, [components, ...each.flatMap((id) => [id, 0]), 0, 63, 0]),
    Array.from({ length: Math.floor(blocks / 4) }, () => 0),
    // The last byte is filled with ones.
    blocks % 4 === 0 ? [] : [0xff >> (2 * (blocks % 4))],
    [0xff, 0xd9],
  );
}

const pngChunk = (name: string, payload: Uint8Array | number[]): Uint8Array =>
  join(be32(payload.length), ascii(name), payload, be32(0));

/** A PNG file. */
export function png({
  width,
  height,
  orientation,
  bytes = 8000,
}: Size & { orientation?: number; bytes?: number }): Uint8Array<ArrayBuffer> {
  return join(
    [0x89, ...ascii("PNG"), 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk("IHDR", [...be32(width), ...be32(height), 8, 2, 0, 0, 0]),
    orientation === undefined ? [] : pngChunk("eXIf", exifBlock(orientation)),
    pngChunk("IDAT", scanData(bytes)),
    pngChunk("IEND", []),
  );
}

const riffChunk = (name: string, payload: Uint8Array | number[]): Uint8Array =>
  join(ascii(name), le32(payload.length), payload, payload.length % 2 === 1 ? [0] : []);

/** A lossy WebP file; `canvas` states another size in the extended header, `animated` sets its animation flag. */
export function webp({
  width,
  height,
  bytes = 8000,
  canvas = { width, height },
  animated = false,
  orientation,
}: Size & { bytes?: number; canvas?: Size; animated?: boolean; orientation?: number }): Uint8Array<ArrayBuffer> {
  const extended = [
    animated ? 2 : 0,
    0,
    0,
    0,
    ...le32(canvas.width - 1).slice(0, 3),
    ...le32(canvas.height - 1).slice(0, 3),
  ];
  const frame = [0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height), ...scanData(bytes)];
  const chunks = join(
    riffChunk("VP8X", extended),
    riffChunk("VP8 ", frame),
    orientation === undefined ? [] : riffChunk("EXIF", exifBlock(orientation)),
  );
  return join(ascii("RIFF"), le32(chunks.length + 4), ascii("WEBP"), chunks);
}
