import type { StoredPhoto } from "../records/record.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { ByteFeed } from "./byte-feed.ts";
import type { ImageHeader, ImageOutcome } from "./formats/image-header.ts";
import { image } from "./image-grammar.ts";
import { MAX_PHOTO_BYTES, MAX_PIXELS, MIN_SIDE_PIXELS } from "../bounds.ts";

/**
 * A photo has at least one byte for a thousand pixels. Deflate, which packs an even surface tightest, ends at 1032:1,
 * so a file below that claims an image which it does not hold, or is made to fill a decoder's memory.
 */
const MAX_PIXELS_PER_BYTE = 1000;

/**
 * Judges a photo while its bytes go by, and erases its metadata in them: where it was taken, by whom, with what. Holds
 * no more of it than one EXIF block.
 */
export class PhotoCheck {
  #header: ImageHeader | null = null;
  #bytes = 0;
  readonly #feed: ByteFeed<ImageOutcome> = new ByteFeed(image((header) => (this.#header = header)));

  /**
   * Takes the next bytes, and changes them where they are metadata; returns what is wrong as soon as it is known, so
   * that the rest need not be read.
   */
  push(chunk: Uint8Array): Problem | null {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_PHOTO_BYTES) return problem("photo_too_large");
    this.#feed.push(chunk);
    return this.#wrongSoFar();
  }

  /** The verdict after the last byte. */
  finish(): Result<StoredPhoto, Problem> {
    const wrong = this.#wrongSoFar();
    if (wrong !== null) return fail(wrong);
    if (this.#bytes === 0) return fail(problem("malformed_request", "The photo is empty."));
    const outcome = this.#feed.outcome;
    if (outcome === null || !outcome.whole) return fail(this.#unfinished());
    const { format, width, height, orientation } = outcome.header;
    if (width * height > this.#bytes * MAX_PIXELS_PER_BYTE) {
      const claim = `The file claims ${width}×${height} pixels, which ${this.#bytes} bytes cannot hold.`;
      return fail(problem("damaged_photo", claim));
    }
    return ok({ format, bytes: this.#bytes, width, height, orientation });
  }

  #wrongSoFar(): Problem | null {
    const outcome = this.#feed.outcome;
    if (outcome !== null && !outcome.whole) {
      return outcome.reason === "format"
        ? problem("unsupported_format", `The file is not a readable JPEG, PNG or WebP: ${outcome.detail}.`)
        : problem("damaged_photo", `The photo is damaged: ${outcome.detail}.`);
    }
    return this.#header === null ? null : wrongDimensions(this.#header);
  }

  #unfinished(): Problem {
    return this.#header === null && this.#bytes < 12
      ? problem("unsupported_format", "The file is too short to be a JPEG, PNG or WebP.")
      : problem("damaged_photo", "The photo is truncated: its end is missing.");
  }
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

/** Judges a photo that is in memory already, and erases its metadata in place. */
export function checkPhoto(bytes: Uint8Array): Result<StoredPhoto, Problem> {
  const check = new PhotoCheck();
  const wrong = check.push(bytes);
  return wrong === null ? check.finish() : fail(wrong);
}
