import type { Want } from "../byte-feed.ts";
import { ascii, view } from "./image-header.ts";

/** The largest piece that is erased, and so held, at once; no EXIF block of a JPEG is larger. */
const MAX_PIECE_BYTES = 65_535;

export const EXIF_IDENTIFIER = "Exif\0\0";

/** A TIFF block without any tag, which every reader of EXIF accepts: big-endian, its first directory at 8, 0 entries. */
export const EMPTY_EXIF = Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0);

/**
 * Erases `length` bytes of metadata in flight: `start`, then zeros take their place, and the file keeps its length.
 * Returns what stood there, up to the first 65,535 bytes.
 */
export function* erase(length: number, start: Uint8Array = new Uint8Array(0)): Generator<Want, Uint8Array, Uint8Array> {
  let erased: Uint8Array | null = null;
  for (let at = 0; at < length; at += MAX_PIECE_BYTES) {
    const piece = new Uint8Array(Math.min(MAX_PIECE_BYTES, length - at));
    if (at === 0) piece.set(start.subarray(0, piece.length));
    const original = yield { replace: piece };
    erased ??= original;
  }
  return erased ?? new Uint8Array(0);
}

/** The EXIF orientation of a block, with or without the identifier that JPEG puts in front of it. */
export const exifOrientation = (block: Uint8Array): number =>
  tiffOrientation(ascii(block.subarray(0, 6)) === EXIF_IDENTIFIER ? block.subarray(6) : block);

/** TIFF 6.0, section 2: the field types that hold whole numbers without a sign. */
const [BYTE, SHORT, LONG] = [1, 3, 4];

/** The first number of a directory entry whose type is at `at`; 0 when it holds none. Not every camera writes a SHORT. */
function unsignedAt(tiff: DataView, at: number, little: boolean): number {
  switch (tiff.getUint16(at, little)) {
    case BYTE:
      return tiff.getUint8(at + 6);
    case SHORT:
      return tiff.getUint16(at + 6, little);
    case LONG:
      return tiff.getUint32(at + 6, little);
    default:
      return 0;
  }
}

/** The orientation tag (0x0112) of the first directory of a TIFF block (EXIF 2.32, section 4.6.2); 1 without one. */
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
    const value = unsignedAt(tiff, entry + 2, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
