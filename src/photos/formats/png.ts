import { crc32 } from "node:zlib";
import type { Grammar, Want } from "../byte-feed.ts";
import {
  ascii,
  damaged,
  MAX_PARTS,
  tooManyParts,
  view,
  type ImageHeader,
  type ImageOutcome,
  type ImageProgress,
} from "./image-header.ts";
import { EMPTY_EXIF, erase, exifOrientation } from "./metadata.ts";

const MAX_CHUNK_BYTES = 0x7fff_ffff;
const IHDR_BYTES = 13;
/** Gray or colors with alpha (section 11.2.1). The others may name one transparent color, in tRNS. */
const COLOR_TYPES_WITH_ALPHA = new Set([4, 6]);

/** The critical chunks behind the header, with which every decoder must be familiar (section 11.2). */
const CRITICAL = new Set(["PLTE", "IDAT", "IEND"]);
const isCritical = (name: string): boolean => /^[A-Z]/.test(name);
/** Ancillary chunks that say how the pixels look, or hold pixels. */
const KEPT = new Set("tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD hIST pHYs sPLT mDCV cLLI acTL fcTL fdAT iDOT".split(" "));

/** Text chunks begin with a keyword of at least one letter, and decoders refuse one that does not. */
const EMPTY_TEXT = Uint8Array.of(0x43, 0);
/** 1970-01-01 00:00:00. */
const EMPTY_TIME = Uint8Array.of(0x07, 0xb2, 1, 1, 0, 0, 0);
const EMPTY_CHUNKS: Record<string, Uint8Array | undefined> = {
  tEXt: EMPTY_TEXT,
  zTXt: EMPTY_TEXT,
  iTXt: EMPTY_TEXT,
  tIME: EMPTY_TIME,
  eXIf: EMPTY_EXIF,
};

/** Erases a chunk's payload and mends its checksum. Returns what stood there. */
function* eraseChunk(type: Uint8Array<ArrayBuffer>, bytes: number): Generator<Want, Uint8Array, Uint8Array> {
  const start = EMPTY_CHUNKS[ascii(type)] ?? new Uint8Array(0);
  const erased = yield* erase(bytes, start);
  const kept = start.subarray(0, bytes);
  let checksum = crc32(kept, crc32(type));
  for (let left = bytes - kept.length; left > 0; left -= ZEROS.length) {
    checksum = crc32(ZEROS.subarray(0, left), checksum);
  }
  const mended = new Uint8Array(4);
  view(mended).setUint32(0, checksum);
  yield { replace: mended };
  return erased;
}
const ZEROS = new Uint8Array(4096);

/** PNG, third edition (W3C), section 5, after the signature. What follows the end of the image is erased. */
export function* png(progress: ImageProgress): Grammar<ImageOutcome> {
  const first = yield { take: 8 };
  if (ascii(first.subarray(4)) !== "IHDR" || view(first).getUint32(0) !== IHDR_BYTES) {
    return damaged("a PNG must begin with its header chunk");
  }
  const ihdr = view(yield { take: IHDR_BYTES });
  const header: ImageHeader = {
    format: "png",
    width: ihdr.getUint32(0),
    height: ihdr.getUint32(4),
    orientation: 1,
    isPlain: !COLOR_TYPES_WITH_ALPHA.has(ihdr.getUint8(9)),
  };
  progress.header = header;
  yield { skip: 4 };
  let hasData = false;
  let hasExif = false;
  for (let parts = 0; parts <= MAX_PARTS; parts += 1) {
    // A copy: the type is needed again after the chunk that it came in has gone.
    const head = (yield { take: 8 }).slice();
    const bytes = view(head).getUint32(0);
    const name = ascii(head.subarray(4));
    if (bytes > MAX_CHUNK_BYTES) return damaged("a PNG chunk has an impossible length");
    if (isCritical(name) && !CRITICAL.has(name)) return damaged("it has an unknown critical chunk");
    if (name === "IEND" && bytes > 0) return damaged("the IEND chunk of a PNG must be empty");
    if (CRITICAL.has(name) || KEPT.has(name)) {
      if (name === "tRNS") header.isPlain = false;
      hasData ||= name === "IDAT" && bytes > 0;
      yield { skip: bytes + 4 };
    } else {
      const erased = yield* eraseChunk(head.subarray(4), bytes);
      // The first one counts, as it does for decoders.
      if (name === "eXIf" && !hasExif) header.orientation = exifOrientation(erased);
      hasExif ||= name === "eXIf";
    }
    if (name === "IEND") return hasData ? { ending: "marked", header } : damaged("it contains no image");
  }
  return tooManyParts();
}
