import type { Grammar } from "../byte-feed.ts";
import {
  ascii,
  damaged,
  MAX_PARTS,
  tooManyParts,
  unsupported,
  view,
  type ImageHeader,
  type ImageOutcome,
  type ImageProgress,
} from "./image-header.ts";
import { EMPTY_EXIF, erase, exifOrientation } from "./metadata.ts";

const VP8_START_CODE = 0x9d012a;
const VP8L_SIGNATURE = 0x2f;
const VP8X_ANIMATION = 0x02;
const VP8X_ALPHA = 0x10;
/** The bit of a VP8L header that hints at alpha, after the two sides of 14 bits each. */
const VP8L_ALPHA = 0x1000_0000;
/** Of these chunks the first ten bytes tell the size; the shortest image has more. */
const SIZED_BYTES = 10;
/** Of each, decoders read the first; the header and the image are read here, one of each. */
const KEPT = new Set(["ALPH", "ICCP"]);
const ANIMATED =
  "The WebP is animated, and only still pictures are read. Save one of its frames as a JPEG, PNG or still WebP.";
const uint24 = (bytes: DataView, at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);

interface Frame {
  width: number;
  height: number;
  hasAlpha: boolean;
}

/** What a VP8 key frame (RFC 6386, section 9.1) or a VP8L header (RFC 9649, section 3.4) begins with. */
function readFrame(name: string, start: Uint8Array): Frame | null {
  const frame = view(start);
  if (name === "VP8 ") {
    if ((frame.getUint8(3) << 16) + frame.getUint16(4) !== VP8_START_CODE) return null;
    return {
      width: frame.getUint16(6, true) & 0x3fff,
      height: frame.getUint16(8, true) & 0x3fff,
      hasAlpha: false,
    };
  }
  if (frame.getUint8(0) !== VP8L_SIGNATURE) return null;
  const packed = frame.getUint32(1, true);
  return {
    width: 1 + (packed & 0x3fff),
    height: 1 + ((packed >>> 14) & 0x3fff),
    hasAlpha: (packed & VP8L_ALPHA) !== 0,
  };
}

/**
 * RFC 9649, section 2, after the file header; `riffBytes` is what that says of the bytes after its first eight. EXIF,
 * XMP and whatever else is no image is erased, and so is what follows the end of the file as it states it.
 */
export function* webp(riffBytes: number, progress: ImageProgress): Grammar<ImageOutcome> {
  let canvas: Frame | null = null;
  let header: ImageHeader | null = null;
  let orientation = 1;
  const seen = new Set<string>();
  // "WEBP" counts towards the RIFF size and has been read.
  for (let left = riffBytes - 4, parts = 0; left >= 8; parts += 1) {
    if (parts > MAX_PARTS) return tooManyParts();
    const head = yield { take: 8 };
    const name = ascii(head.subarray(0, 4));
    const bytes = view(head).getUint32(4, true);
    const padded = bytes + (bytes & 1);
    if (padded + 8 > left) return damaged("a WebP chunk is longer than the file says it is");
    left -= padded + 8;
    if (name === "VP8X" && bytes >= SIZED_BYTES && canvas === null) {
      const extended = view(yield { take: SIZED_BYTES });
      const flags = extended.getUint8(0);
      if ((flags & VP8X_ANIMATION) !== 0) return unsupported(ANIMATED);
      const hasAlpha = (flags & VP8X_ALPHA) !== 0;
      canvas = { width: 1 + uint24(extended, 4), height: 1 + uint24(extended, 7), hasAlpha };
      yield* erase(padded - SIZED_BYTES);
    } else if ((name === "VP8 " || name === "VP8L") && bytes >= SIZED_BYTES && header === null) {
      const frame = readFrame(name, yield { take: SIZED_BYTES });
      if (frame === null) return damaged("its image data are not WebP");
      if (canvas !== null && (canvas.width !== frame.width || canvas.height !== frame.height)) {
        return damaged("it states two different sizes");
      }
      const isPlain = !frame.hasAlpha && canvas?.hasAlpha !== true && !seen.has("ALPH");
      header = { format: "webp", width: frame.width, height: frame.height, orientation, isPlain };
      progress.header = header;
      yield { skip: padded - SIZED_BYTES };
    } else if (KEPT.has(name) && !seen.has(name)) {
      seen.add(name);
      yield { skip: padded };
    } else {
      const erased = yield* erase(padded, name === "EXIF" ? EMPTY_EXIF : undefined);
      if (name !== "EXIF" || seen.has(name)) continue;
      seen.add(name);
      // The first block counts, and its padding is no part of it.
      orientation = exifOrientation(erased.subarray(0, bytes));
      if (header !== null) header.orientation = orientation;
    }
  }
  return header === null ? damaged("it contains no image") : { ending: "marked", header };
}
