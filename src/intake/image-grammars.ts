import type { Grammar } from "./byte-feed.ts";

/** What a picture's own header says. `orientation` is the EXIF value 1–8; 1 when the file has none. */
export interface ImageHeader {
  format: "jpeg" | "png" | "webp";
  width: number;
  height: number;
  orientation: number;
}

/** The end of a scan: a whole picture, or what is wrong with it. `onHeader` was called as soon as the header was known. */
export type ImageOutcome =
  | { whole: true; header: ImageHeader }
  | { whole: false; reason: "format" | "damaged"; detail: string };
type OnHeader = (header: ImageHeader) => void;

const damaged = (detail: string): ImageOutcome => ({ whole: false, reason: "damaged", detail });
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** An EXIF block larger than this cannot be in a JPEG segment; in PNG and WebP it is not worth holding. */
const MAX_EXIF_BYTES = 65_535;

/** The orientation tag (0x0112) of the first IFD of a TIFF block (EXIF 2.32, section 4.6.2); 1 when it has none. */
function tiffOrientation(block: Uint8Array): number {
  if (block.length < 8) return 1;
  const tiff = view(block);
  const little = block[0] === 0x49;
  const start = tiff.getUint32(4, little);
  if (start + 2 > block.length) return 1;
  const entries = tiff.getUint16(start, little);
  for (let index = 0; index < entries; index++) {
    const entry = start + 2 + index * 12;
    if (entry + 12 > block.length) return 1;
    if (tiff.getUint16(entry, little) !== 0x0112) continue;
    const value = tiff.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

const EXIF_IDENTIFIER = "Exif\0\0";
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
/** DHT, JPG and DAC lie in the range of the frame headers but are none (ITU T.81, table B.1). */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);
const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker);
/** Stuffed zero, restart markers and TEM belong to the entropy-coded data and carry no length. */
const isInsideScan = (marker: number): boolean => marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);

interface JpegState {
  orientation: number | null;
  header: ImageHeader | null;
}

/** Reads one segment's payload, as far as it matters here. Returns what is wrong with it, or null. */
function* jpegSegment(
  marker: number,
  length: number,
  state: JpegState,
  onHeader: OnHeader,
): Generator<{ take: number } | { skip: number }, string | null, Uint8Array> {
  if (marker === APP1 && state.orientation === null && length > EXIF_IDENTIFIER.length) {
    const payload = yield { take: length };
    // The first Exif segment counts; XMP is an APP1 segment too.
    if (ascii(payload.subarray(0, 6)) === EXIF_IDENTIFIER) state.orientation = tiffOrientation(payload.subarray(6));
    return null;
  }
  if (!isFrameHeader(marker)) {
    yield { skip: length };
    return null;
  }
  if (length < 6) return "a frame header is too short";
  if (state.header !== null) return "it has two frame headers";
  const frame = view(yield { take: length });
  state.header = {
    format: "jpeg",
    height: frame.getUint16(1),
    width: frame.getUint16(3),
    orientation: state.orientation ?? 1,
  };
  onHeader(state.header);
  return null;
}

/** ITU T.81, annex B. Bytes after the end of the image (a motion photo's film, a gain map) are allowed. */
function* jpeg(onHeader: OnHeader): Grammar<ImageOutcome> {
  const state: JpegState = { orientation: null, header: null };
  let scanning = false;
  for (;;) {
    if (scanning) yield { seek: 0xff };
    const [prefix] = yield { take: 1 };
    if (prefix !== 0xff) return damaged("a JPEG marker is missing");
    let [marker = 0] = yield { take: 1 };
    while (marker === 0xff) [marker = 0] = yield { take: 1 };
    if (scanning && isInsideScan(marker)) continue;
    if (marker === EOI) break;
    const length = view(yield { take: 2 }).getUint16(0) - 2;
    if (length < 0) return damaged("a JPEG segment has an impossible length");
    if (marker === SOS && state.header === null) return damaged("the picture data come before the frame header");
    const wrong = yield* jpegSegment(marker, length, state, onHeader);
    if (wrong !== null) return damaged(wrong);
    scanning = scanning || marker === SOS;
  }
  if (state.header === null || !scanning) return damaged("it holds no picture");
  return { whole: true, header: state.header };
}

/** PNG, third edition (W3C), section 5. */
function* png(onHeader: OnHeader): Grammar<ImageOutcome> {
  const [length, type] = chunkHead(yield { take: 8 });
  if (type !== "IHDR" || length !== 13) return damaged("a PNG must begin with its header chunk");
  const ihdr = view(yield { take: 13 });
  const header: ImageHeader = { format: "png", width: ihdr.getUint32(0), height: ihdr.getUint32(4), orientation: 1 };
  onHeader(header);
  yield { skip: 4 };
  let hasData = false;
  for (;;) {
    const [bytes, name] = chunkHead(yield { take: 8 });
    if (bytes > 0x7fff_ffff) return damaged("a PNG chunk has an impossible length");
    if (name === "eXIf" && bytes <= MAX_EXIF_BYTES) {
      header.orientation = tiffOrientation(yield { take: bytes });
      yield { skip: 4 };
    } else {
      hasData ||= name === "IDAT" && bytes > 0;
      yield { skip: bytes + 4 };
    }
    if (name === "IEND") return hasData ? { whole: true, header } : damaged("it holds no picture");
  }
}

const chunkHead = (bytes: Uint8Array): [number, string] => [view(bytes).getUint32(0), ascii(bytes.subarray(4, 8))];

const VP8_START_CODE = 0x9d012a;
const VP8L_SIGNATURE = 0x2f;
const VP8X_ANIMATION = 0x02;
const uint24 = (bytes: DataView, at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);

/** Width and height of a VP8 key frame (RFC 6386, section 9.1) or a VP8L header (RFC 9649, section 3.4). */
function webpFrameSize(name: string, start: Uint8Array): [number, number] | null {
  const frame = view(start);
  if (name === "VP8 ") {
    if ((frame.getUint8(3) << 16) + frame.getUint16(4) !== VP8_START_CODE) return null;
    return [frame.getUint16(6, true) & 0x3fff, frame.getUint16(8, true) & 0x3fff];
  }
  if (frame.getUint8(0) !== VP8L_SIGNATURE) return null;
  const packed = frame.getUint32(1, true);
  return [1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff)];
}

/** RFC 9649, section 2. `riffBytes` is what the RIFF header says of the bytes after it. */
function* webp(riffBytes: number, onHeader: OnHeader): Grammar<ImageOutcome> {
  let canvas: [number, number] | null = null;
  let header: ImageHeader | null = null;
  // "WEBP" counts towards the RIFF size and has been read.
  for (let left = riffBytes - 4; left >= 8;) {
    const head = yield { take: 8 };
    const name = ascii(head.subarray(0, 4));
    const bytes = view(head).getUint32(4, true);
    const padded = bytes + (bytes & 1);
    if (padded + 8 > left) return damaged("a WebP chunk is longer than the file says it is");
    left -= padded + 8;
    if (name === "VP8X" && bytes >= 10) {
      const extended = view(yield { take: 10 });
      if ((extended.getUint8(0) & VP8X_ANIMATION) !== 0)
        return { whole: false, reason: "format", detail: "it is animated" };
      canvas = [1 + uint24(extended, 4), 1 + uint24(extended, 7)];
      yield { skip: padded - 10 };
    } else if ((name === "VP8 " || name === "VP8L") && bytes >= 10 && header === null) {
      const size = webpFrameSize(name, yield { take: 10 });
      if (size === null) return damaged("its picture data are not WebP");
      if (canvas !== null && (canvas[0] !== size[0] || canvas[1] !== size[1]))
        return damaged("it states two different sizes");
      header = { format: "webp", width: size[0], height: size[1], orientation: 1 };
      onHeader(header);
      yield { skip: padded - 10 };
    } else if (name === "EXIF" && bytes <= MAX_EXIF_BYTES && header !== null) {
      const block = (yield { take: padded }).subarray(0, bytes);
      header.orientation = tiffOrientation(ascii(block.subarray(0, 6)) === EXIF_IDENTIFIER ? block.subarray(6) : block);
    } else {
      yield { skip: padded };
    }
  }
  return header === null ? damaged("it holds no picture") : { whole: true, header };
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Finds the format by the file's own first bytes, never by its name, then reads it to its end. */
export function* image(onHeader: OnHeader): Grammar<ImageOutcome> {
  const start = yield { take: 2 };
  if (start[0] === 0xff && start[1] === SOI) return yield* jpeg(onHeader);
  const head = yield { take: 6 };
  const signature = [...start, ...head];
  if (PNG_SIGNATURE.every((byte, index) => signature[index] === byte)) return yield* png(onHeader);
  if (ascii(start) === "RI" && ascii(head.subarray(0, 2)) === "FF" && ascii(yield { take: 4 }) === "WEBP") {
    return yield* webp(view(head).getUint32(2, true), onHeader);
  }
  return { whole: false, reason: "format", detail: "its first bytes are not those of a JPEG, PNG or WebP" };
}
