import type { StoredPhoto } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import type { ModelPhoto } from "./recognisers/recogniser.ts";

/** Above this a decoded photo and a model together outgrow an isolate's 128 MB (measured: 4 bytes a pixel, twice). */
const MAX_DIRECT_PIXELS = 4_200_000;
/** The longest side that a vision model makes use of to tell foods. */
const MODEL_SIDE_PIXELS = 1024;

/** Turns an encoded photo upright by its EXIF orientation and fits it into a square of `side` pixels, as JPEG. */
export type MakeUpright = (bytes: Uint8Array, orientation: number, side: number) => Promise<Uint8Array>;

/** The Images binding's own codes 94xx say that the picture is at fault (9412: not an image). */
export const isPictureAtFault = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "number" && Math.floor(error.code / 100) === 94;

/** The EXIF orientations from here on turn a photo by a quarter. */
const FIRST_QUARTER_TURN = 5;

/** The size of a photo when it stands upright, in pixels. */
export const uprightSize = ({ width, height, orientation }: StoredPhoto): { width: number; height: number } =>
  orientation >= FIRST_QUARTER_TURN ? { width: height, height: width } : { width, height };

/**
 * Makes what a model is shown out of a stored photo. A photo that is too large, or does not stand upright (its file no
 * longer says so, only the record does), goes through the Images binding and is fitted into a square of `side` pixels.
 */
export async function prepareModelPhoto(
  photo: StoredPhoto,
  bytes: Uint8Array,
  makeUpright: MakeUpright,
  side = MODEL_SIDE_PIXELS,
): Promise<Result<ModelPhoto, "image_unreadable">> {
  const { format, width, height, orientation } = photo;
  if (width * height <= MAX_DIRECT_PIXELS && orientation === 1) return ok({ bytes, format, width, height });
  try {
    const small = await makeUpright(bytes, orientation, side);
    const scale = Math.min(1, side / Math.max(width, height));
    const upright = uprightSize(photo);
    const size = { width: Math.round(upright.width * scale), height: Math.round(upright.height * scale) };
    return ok({ bytes: small, format: "jpeg", ...size });
  } catch (error) {
    if (isPictureAtFault(error)) return fail("image_unreadable");
    throw error;
  }
}
