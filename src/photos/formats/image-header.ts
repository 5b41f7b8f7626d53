/** What an image's own header says. `orientation` is the EXIF value 1–8; 1 when the file has none. */
export interface ImageHeader {
  format: "jpeg" | "png" | "webp";
  width: number;
  height: number;
  orientation: number;
}

/** The end of a scan: a whole image, or what is wrong with it. */
export type ImageOutcome =
  | { whole: true; header: ImageHeader }
  | { whole: false; reason: "format" | "damaged"; detail: string };

/** Is called as soon as the header is known. */
export type OnHeader = (header: ImageHeader) => void;

export const damaged = (detail: string): ImageOutcome => ({ whole: false, reason: "damaged", detail });

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
