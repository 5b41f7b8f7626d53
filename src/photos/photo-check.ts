import type { StoredPhoto } from "../records/record.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { ByteFeed } from "./byte-feed.ts";
import { foreignFormat, TELLING_BYTES } from "./formats/foreign-formats.ts";
import type { ImageHeader, ImageOutcome, ImageProgress } from "./formats/image-header.ts";
import { closeJpeg } from "./formats/jpeg-end.ts";
import { image } from "./image-grammar.ts";
import { MAX_PHOTO_BYTES, MAX_PIXELS, MIN_SIDE_PIXELS } from "../bounds.ts";

/**
 * A photo has at least one byte for a thousand pixels. Deflate, which packs an even surface tightest, ends at 1032:1,
 * so a file below that claims an image which it does not hold, or is made to fill a decoder's memory.
 */
const MAX_PIXELS_PER_BYTE = 1000;

/** The longest signature, that of a WebP. */
const SIGNATURE_BYTES = 12;

const TRUNCATED = "The photo is truncated: its end is missing.";
const UNKNOWN =
  "The file is not a JPEG, PNG or WebP: its first bytes are those of no known format. Send the photo's own bytes, unchanged.";

/** A photo that is sound as far as its bytes told when they went by. */
export interface PassedPhoto {
  photo: StoredPhoto;
  /** Whether it lacks its end marker: only `closePhoto` tells whether its picture is all there. */
  isOpen: boolean;
}

/** A sound photo, and its file as it is to be stored. */
export interface CheckedPhoto extends StoredPhoto {
  file: Uint8Array;
}

/**
 * Judges a photo while its bytes go by, and erases its metadata in them: where it was taken, by whom, with what. Holds
 * no more of it than one EXIF block.
 */
export class PhotoCheck {
  readonly #progress: ImageProgress = { header: null, mayEndHere: false };
  #bytes = 0;
  /** The file's first bytes, as they came: the feed erases what it has no use for. */
  readonly #start = new Uint8Array(TELLING_BYTES);
  readonly #feed: ByteFeed<ImageOutcome> = new ByteFeed(image(this.#progress));

  /**
   * Takes the next bytes, and changes them where they are metadata; returns what is wrong as soon as it is known, so
   * that the rest need not be read.
   */
  push(chunk: Uint8Array): Problem | null {
    const at = this.#bytes;
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_PHOTO_BYTES) return problem("photo_too_large");
    if (at < TELLING_BYTES) this.#start.set(chunk.subarray(0, TELLING_BYTES - at), at);
    this.#feed.push(chunk);
    return this.#wrongSoFar();
  }

  /** The verdict after the last byte. */
  finish(): Result<PassedPhoto, Problem> {
    const wrong = this.#wrongSoFar();
    if (wrong !== null) return fail(wrong);
    if (this.#bytes === 0) return fail(problem("malformed_request", "The photo is empty."));
    const { header, mayEndHere } = this.#progress;
    const ending = this.#feed.outcome?.ending ?? (mayEndHere ? "unmarked" : "missing");
    if (header === null || ending === "foreign") return fail(this.#unknown());
    if (ending === "missing") return fail(problem("damaged_photo", TRUNCATED));
    const { format, width, height, orientation } = header;
    if (width * height > this.#bytes * MAX_PIXELS_PER_BYTE) {
      const claim = `The file claims ${width}×${height} pixels, which ${this.#bytes} bytes cannot hold.`;
      return fail(problem("damaged_photo", claim));
    }
    const photo = { format, bytes: this.#bytes, width, height, orientation };
    return ok({ photo, isOpen: ending === "unmarked" });
  }

  #wrongSoFar(): Problem | null {
    const outcome = this.#feed.outcome;
    if (outcome?.ending === "refused") {
      return outcome.reason === "format"
        ? problem("unsupported_format", outcome.detail)
        : problem("damaged_photo", `The photo is damaged: ${outcome.detail}.`);
    }
    if (outcome?.ending === "foreign") return this.#bytes < TELLING_BYTES ? null : this.#unknown();
    return this.#progress.header === null ? null : wrongDimensions(this.#progress.header);
  }

  /** What is told of a file without the header of a format that is read. */
  #unknown(): Problem {
    const isNamed = this.#feed.outcome !== null || this.#bytes < SIGNATURE_BYTES;
    if (!isNamed) return problem("damaged_photo", TRUNCATED);
    const short = "The file is too short to be a JPEG, PNG or WebP.";
    const detail =
      foreignFormat(this.#start.subarray(0, this.#bytes)) ?? (this.#bytes < SIGNATURE_BYTES ? short : UNKNOWN);
    return problem("unsupported_format", detail);
  }
}

/** Gives a photo that came without its end marker one, if its picture is all there. */
export function closePhoto(photo: StoredPhoto, bytes: Uint8Array): Result<CheckedPhoto, Problem> {
  const file = closeJpeg(bytes);
  return file === null ? fail(problem("damaged_photo", TRUNCATED)) : ok({ ...photo, bytes: file.length, file });
}

/** Judges a photo that is in memory already, and erases its metadata in place. */
export function checkPhoto(bytes: Uint8Array): Result<CheckedPhoto, Problem> {
  const check = new PhotoCheck();
  const wrong = check.push(bytes);
  const judged = wrong === null ? check.finish() : fail(wrong);
  if (!judged.ok) return judged;
  const { photo, isOpen } = judged.value;
  return isOpen ? closePhoto(photo, bytes) : ok({ ...photo, file: bytes });
}

/**
 * Whether every decoder makes the same of a stored photo: it is opaque, and in the colors of screens. Its metadata, which
 * were erased on its way in, are erased once more; nothing changes.
 */
export function isPlainPhoto(bytes: Uint8Array): boolean {
  const progress: ImageProgress = { header: null, mayEndHere: false };
  new ByteFeed(image(progress)).push(bytes);
  return progress.header?.isPlain !== false;
}

function wrongDimensions({ width, height }: ImageHeader): Problem | null {
  if (width < MIN_SIDE_PIXELS || height < MIN_SIDE_PIXELS) {
    return problem(
      "invalid_dimensions",
      `The photo is ${width}×${height}; it must be at least ${MIN_SIDE_PIXELS}×${MIN_SIDE_PIXELS}.`,
    );
  }
  if (width * height > MAX_PIXELS) {
    return problem("invalid_dimensions", `The photo is ${width}×${height}; it can have at most 50 million pixels.`);
  }
  return null;
}
