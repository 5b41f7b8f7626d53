/** What an image's own header says. */
export interface ImageHeader {
  format: "jpeg" | "png" | "webp";
  width: number;
  height: number;
  /** The EXIF value 1–8; 1 when the file has none. What stands behind the header may still change it. */
  orientation: number;
  /**
   * Whether every decoder makes the same of its pixels. Transparency is shown on black, on white or on a pattern, and
   * the inks of print (CMYK) are not read by all.
   */
  isPlain: boolean;
}

/** The end of a file: a whole image, a JPEG that lacks its end marker, a file of another format, or what is wrong. */
export type ImageOutcome =
  | { ending: "marked" | "unmarked"; header: ImageHeader }
  | { ending: "foreign" }
  | { ending: "refused"; reason: "format" | "damaged"; detail: string };

/** How far a grammar has come. */
export interface ImageProgress {
  /** Set as soon as it is known. */
  header: ImageHeader | null;
  /** Whether picture data have begun that may be complete without anything behind them: those of a JPEG. */
  mayEndHere: boolean;
}

export const damaged = (detail: string): ImageOutcome => ({ ending: "refused", reason: "damaged", detail });
/** `detail` says what came, and what to do. */
export const unsupported = (detail: string): ImageOutcome => ({ ending: "refused", reason: "format", detail });

/**
 * A file has at most so many segments or chunks. Each takes some microseconds, whatever its length, so that a file of
 * empty ones would take seconds; the most that real files have are the thousands of a PNG whose encoder had a small buffer.
 */
export const MAX_PARTS = 50_000;
export const tooManyParts = (): ImageOutcome => damaged("it is in more parts than any encoder makes");

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
