import type { Grammar } from "../byte-feed.ts";
import { ascii, damaged, view, type ImageHeader, type ImageOutcome, type OnHeader } from "./image-header.ts";
import { EMPTY_EXIF, erase, exifOrientation } from "./metadata.ts";

const VP8_START_CODE = 0x9d012a;
const VP8L_SIGNATURE = 0x2f;
const VP8X_ANIMATION = 0x02;
/** Of these chunks the first ten bytes tell the size; the shortest image has more. */
const SIZED_BYTES = 10;
/** Of each, decoders read the first; the header and the image are read here, one of each. */
const KEPT = new Set(["ALPH", "ICCP"]);
const uint24 = (bytes: DataView, at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);

/** Width and height of a VP8 key frame (RFC 6386, section 9.1) or a VP8L header (RFC 9649, section 3.4). */
function frameSize(name: string, start: Uint8Array): [number, number] | null {
  const frame = view(start);
  if (name === "VP8 ") {
    if ((frame.getUint8(3) << 16) + frame.getUint16(4) !== VP8_START_CODE) return null;
    return [frame.getUint16(6, true) & 0x3fff, frame.getUint16(8, true) & 0x3fff];
  }
  if (frame.getUint8(0) !== VP8L_SIGNATURE) return null;
  const packed = frame.getUint32(1, true);
  return [1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff)];
}

/**
 * RFC 9649, section 2, after the file header; `riffBytes` is what that says of the bytes after its first eight. EXIF,
 * XMP and whatever else is no image is erased, and so is what follows the end of the file as it states it.
 */
export function* webp(riffBytes: number, onHeader: OnHeader): Grammar<ImageOutcome> {
  let canvas: [number, number] | null = null;
  let header: ImageHeader | null = null;
  let orientation = 1;
  const seen = new Set<string>();
  // "WEBP" counts towards the RIFF size and has been read.
  for (let left = riffBytes - 4; left >= 8;) {
    const head = yield { take: 8 };
    const name = ascii(head.subarray(0, 4));
    const bytes = view(head).getUint32(4, true);
    const padded = bytes + (bytes & 1);
    if (padded + 8 > left) return damaged("a WebP chunk is longer than the file says it is");
    left -= padded + 8;
    if (name === "VP8X" && bytes >= SIZED_BYTES && canvas === null) {
      const extended = view(yield { take: SIZED_BYTES });
      if ((extended.getUint8(0) & VP8X_ANIMATION) !== 0) {
        return { whole: false, reason: "format", detail: "it is animated" };
      }
      canvas = [1 + uint24(extended, 4), 1 + uint24(extended, 7)];
      yield* erase(padded - SIZED_BYTES);
    } else if ((name === "VP8 " || name === "VP8L") && bytes >= SIZED_BYTES && header === null) {
      const size = frameSize(name, yield { take: SIZED_BYTES });
      if (size === null) return damaged("its image data are not WebP");
      if (canvas !== null && (canvas[0] !== size[0] || canvas[1] !== size[1])) {
        return damaged("it states two different sizes");
      }
      header = { format: "webp", width: size[0], height: size[1], orientation: 1 };
      onHeader(header);
      yield { skip: padded - SIZED_BYTES };
    } else if (KEPT.has(name) && !seen.has(name)) {
      yield { skip: padded };
    } else {
      const erased = yield* erase(padded, name === "EXIF" ? EMPTY_EXIF : undefined);
      if (name === "EXIF" && !seen.has(name)) orientation = exifOrientation(erased.subarray(0, bytes));
    }
    seen.add(name);
  }
  return header === null ? damaged("it contains no image") : { whole: true, header: { ...header, orientation } };
}
