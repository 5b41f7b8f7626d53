import type { Grammar, Want } from "../byte-feed.ts";
import { ascii, damaged, view, type ImageHeader, type ImageOutcome, type OnHeader } from "./image-header.ts";
import { erase, EXIF_IDENTIFIER, exifOrientation } from "./metadata.ts";

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

interface JpegState {
  orientation: number | null;
  header: ImageHeader | null;
}

/** Reads one segment's payload. Returns what is wrong with it, or null. */
function* segment(
  marker: number,
  length: number,
  state: JpegState,
  onHeader: OnHeader,
): Generator<Want, string | null, Uint8Array> {
  if (isFrameHeader(marker)) return yield* frame(length, state, onHeader);
  if (NEEDED.has(marker)) yield { skip: length };
  else yield* extra(marker, length, state);
  return null;
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
  // The first Exif segment counts.
  if (isExif) state.orientation ??= exifOrientation(erased);
}

function* frame(length: number, state: JpegState, onHeader: OnHeader): Generator<Want, string | null, Uint8Array> {
  if (length < 6) return "a frame header is too short";
  if (state.header !== null) return "it has two frame headers";
  const fields = view(yield { take: length });
  state.header = {
    format: "jpeg",
    height: fields.getUint16(1),
    width: fields.getUint16(3),
    orientation: 1,
  };
  onHeader(state.header);
  return null;
}

/** ITU T.81, annex B, after the start-of-image marker. What follows the image (a motion photo's film) is erased. */
export function* jpeg(onHeader: OnHeader): Grammar<ImageOutcome> {
  const state: JpegState = { orientation: null, header: null };
  let scans = 0;
  for (;;) {
    const scanning = scans > 0;
    if (scanning) yield { seek: 0xff, over: isInsideScan };
    const [prefix] = yield { take: 1 };
    if (prefix !== 0xff) return damaged("a JPEG marker is missing");
    let [marker = 0] = yield { take: 1 };
    while (marker === 0xff) [marker = 0] = yield { take: 1 };
    if (scanning && isInsideScan(marker)) continue;
    if (marker === EOI) break;
    const length = view(yield { take: 2 }).getUint16(0) - 2;
    if (length < 0) return damaged("a JPEG segment has an impossible length");
    if (marker === SOS && state.header === null) return damaged("the image data precede the frame header");
    const wrong = yield* segment(marker, length, state, onHeader);
    if (wrong !== null) return damaged(wrong);
    if (marker === SOS) scans += 1;
    if (scans > MAX_SCANS) return damaged("it has more scans than any encoder produces");
  }
  if (state.header === null || scans === 0) return damaged("it contains no image");
  // Exif may stand behind the frame header too.
  return { whole: true, header: { ...state.header, orientation: state.orientation ?? 1 } };
}
