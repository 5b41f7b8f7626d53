import type { Grammar, Want } from "../byte-feed.ts";
import {
  ascii,
  damaged,
  MAX_PARTS,
  tooManyParts,
  unsupported,
  view,
  type ImageOutcome,
  type ImageProgress,
} from "./image-header.ts";
import { unreadablePrecision, unreadableProcess } from "./jpeg-processes.ts";
import { erase, EXIF_IDENTIFIER, exifOrientation } from "./metadata.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
/** DHT, JPG and DAC lie in the range of the frame headers but are none (ITU T.81, table B.1). */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);
const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker);
/** Stuffed zero, restart markers and TEM belong to the entropy-coded data and carry no length. */
const isInsideScan = (marker: number): boolean => marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
/** Between segments they mean nothing, nor does a second start. */
const isNoSegment = (marker: number): boolean => isInsideScan(marker) || marker === SOI;

/**
 * Tables and scans: quantisation, Huffman and arithmetic tables, restart interval, lines, hierarchy (ITU T.81, table
 * B.1).
 */
const NEEDED = new Set([0xc4, 0xcc, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf]);

/** So many bytes tell "JFIF", "ICC_PROFILE" and "Adobe" from everything else, and are not worth erasing. */
const IDENTIFIER_BYTES = 4;
/** Identifier, version, densities and the thumbnail's size (JFIF 1.02); the thumbnail itself follows. */
const JFIF_BYTES = 14;
/** Identifier, version, flags and the color transform (Adobe Technical Note 5116, section 18). */
const ADOBE_BYTES = 12;

/**
 * Encoders write one scan, or about ten for an image that sharpens while it loads. Each passes over the whole image
 * again, and one that does nothing takes fourteen bytes: a hundred thousand of them would keep a decoder busy for
 * minutes, a hundred keep it for two seconds at 50 megapixels.
 */
const MAX_SCANS = 100;

/** Gray, or three colors; four are the inks of print. */
const PLAIN_COMPONENTS = 3;

interface JpegState {
  orientation: number | null;
  progress: ImageProgress;
}

/** How much of an application segment a decoder needs; the rest of it, or all of it, is erased. */
function keptBytes(marker: number, identifier: string, length: number): number {
  if (marker === APP0 && identifier === "JFIF") return Math.min(length, JFIF_BYTES);
  if (marker === APP2 && identifier === "ICC_") return length;
  if (marker === APP14 && identifier === "Adob") return Math.min(length, ADOBE_BYTES);
  return identifier.length;
}

/**
 * Application segments, comments, and whatever the standard has reserved. What a decoder needs stays: JFIF, Adobe's
 * color transform and ICC profiles. All else is erased: EXIF with its GPS position, XMP, IPTC, thumbnails, comments,
 * makers' own data.
 */
function* extra(marker: number, length: number, state: JpegState): Generator<Want, void, Uint8Array> {
  if (marker === APP0 || marker === APP2 || marker === APP14) {
    const identifier = ascii(yield { take: Math.min(length, IDENTIFIER_BYTES) });
    const kept = keptBytes(marker, identifier, length);
    yield { skip: kept - identifier.length };
    yield* erase(length - kept);
    return;
  }
  const erased = yield* erase(length);
  const isExif = marker === APP1 && ascii(erased.subarray(0, EXIF_IDENTIFIER.length)) === EXIF_IDENTIFIER;
  if (!isExif) return;
  // The first Exif segment counts, and it may stand behind the frame header too.
  state.orientation ??= exifOrientation(erased);
  if (state.progress.header !== null) state.progress.header.orientation = state.orientation;
}

/** Reads a frame header (ITU T.81, B.2.2). Returns what is wrong with it, or null. */
function* frame(length: number, state: JpegState): Generator<Want, ImageOutcome | null, Uint8Array> {
  if (length < 6) return damaged("a frame header is too short");
  if (state.progress.header !== null) return damaged("it has two frame headers");
  const fields = view(yield { take: length });
  const unreadable = unreadablePrecision(fields.getUint8(0));
  if (unreadable !== null) return unsupported(unreadable);
  state.progress.header = {
    format: "jpeg",
    height: fields.getUint16(1),
    width: fields.getUint16(3),
    orientation: state.orientation ?? 1,
    isPlain: fields.getUint8(5) <= PLAIN_COMPONENTS,
  };
  return null;
}

/** Reads one segment. Returns what is wrong with it, or null. */
function* segment(marker: number, state: JpegState): Generator<Want, ImageOutcome | null, Uint8Array> {
  const unreadable = state.progress.header === null ? unreadableProcess(marker) : null;
  if (unreadable !== null) return unsupported(unreadable);
  const length = view(yield { take: 2 }).getUint16(0) - 2;
  if (length < 0) return damaged("a JPEG segment has an impossible length");
  if (isFrameHeader(marker)) return yield* frame(length, state);
  if (marker === SOS && state.progress.header === null) return damaged("the image data precede the frame header");
  if (NEEDED.has(marker)) yield { skip: length };
  else yield* extra(marker, length, state);
  return null;
}

/**
 * ITU T.81, annex B, after the start-of-image marker. Bytes between segments, over which decoders pass, become the fill
 * bytes that the standard allows there (B.1.1.2). What follows the image (a panorama's other pictures, a motion photo's
 * film) is erased. A picture that another one follows without an end marker is `unmarked`, as is one at whose last byte
 * the file ends; only its scans tell whether it is whole (`jpeg-end.ts`).
 */
export function* jpeg(progress: ImageProgress): Grammar<ImageOutcome> {
  const state: JpegState = { orientation: null, progress };
  let scans = 0;
  let inScan = false;
  for (let parts = 0; parts <= MAX_PARTS; parts += 1) {
    const passed: Want = inScan ? { over: isInsideScan, fill: false } : { over: isNoSegment, fill: true };
    const [marker = 0]: Uint8Array = yield passed;
    if (marker === EOI || marker === SOI) {
      if (progress.header === null || scans === 0) return damaged("it contains no image");
      return { ending: marker === EOI ? "marked" : "unmarked", header: progress.header };
    }
    const wrong = yield* segment(marker, state);
    if (wrong !== null) return wrong;
    inScan = marker === SOS;
    if (inScan) scans += 1;
    if (scans > MAX_SCANS) return damaged("it has more scans than any encoder produces");
    progress.mayEndHere = scans > 0;
  }
  return tooManyParts();
}
