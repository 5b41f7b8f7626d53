import type { Failure, StoredPhoto } from "../records/record.ts";
import { isPlainPhoto } from "../photos/photo-check.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import type { ImagesFailure } from "./images-failure.ts";
import { UNREADABLE_FAILURE } from "./model-failure.ts";
import type { ModelPhoto } from "./recognizers/recognizer.ts";
import { postponedBy } from "./trouble.ts";

/** The longest side that a vision model makes use of to tell foods. */
const MODEL_SIDE_PIXELS = 1024;

/**
 * The largest stored photo that is sent on as it is while the Images binding cannot make it smaller. Its data URI, and
 * a copy of that in each of three calls that are sent at once, take ten times its bytes: 30 MB of an isolate's 128 MB,
 * which two such analyses may share (`photo-slots.ts`). Sixteen megapixels are the phones' usual photo; models decode
 * it at their own side, where its pixels cost tokens and time, but no memory of ours.
 */
const MAX_ORIGINAL = { bytes: 3_000_000, pixels: 16_800_000 };

/**
 * Rotates an encoded photo upright by its EXIF orientation and fits it into a square of `side` pixels, as JPEG. Never
 * throws.
 */
export type MakeUpright = (
  bytes: Uint8Array,
  orientation: number,
  side: number,
) => Promise<Result<Uint8Array, ImagesFailure>>;

/** The EXIF orientations from here on turn a photo by a quarter. */
const FIRST_QUARTER_TURN = 5;

/** The size of a photo when it stands upright, in pixels. */
export const uprightSize = ({ width, height, orientation }: StoredPhoto): { width: number; height: number } =>
  orientation >= FIRST_QUARTER_TURN ? { width: height, height: width } : { width, height };

/** How a photo is prepared. */
export interface PhotoPreparation {
  /** The longest side that the models make use of, pixels. */
  side: number;
  /** Whether they can handle a photo that is not upright, if its orientation is stated. */
  canBeTurned: boolean;
}

const FOR_FOOD: PhotoPreparation = { side: MODEL_SIDE_PIXELS, canBeTurned: true };

/** Why there is no photo for the models: it is unreadable, or it has to wait. */
export type NoPhoto = Failure | Postponement;

function sendOriginal(
  { format, width, height, orientation, ...photo }: StoredPhoto,
  bytes: Uint8Array,
  canBeTurned: boolean,
): ModelPhoto | null {
  const isSmall = photo.bytes <= MAX_ORIGINAL.bytes && width * height <= MAX_ORIGINAL.pixels;
  if (!isSmall || (orientation !== 1 && !canBeTurned)) return null;
  return { bytes, format, width, height, orientation };
}

/**
 * Makes what a model is shown out of a stored photo: upright, no larger than `side`, opaque and in the colors of
 * screens. What is not so already (its file no longer says how it was held, only the record does) goes through the
 * Images binding. While that is down, or its quota spent, a photo of a bearable size that decoders agree on is sent as
 * it is, with its orientation, and any other waits.
 */
export async function prepareModelPhoto(
  photo: StoredPhoto,
  bytes: Uint8Array,
  makeUpright: MakeUpright,
  { side, canBeTurned }: PhotoPreparation = FOR_FOOD,
): Promise<Result<ModelPhoto, NoPhoto>> {
  const { format, width, height, orientation } = photo;
  if (Math.max(width, height) <= side && orientation === 1 && isPlainPhoto(bytes)) {
    return ok({ bytes, format, width, height, orientation });
  }
  const small = await makeUpright(bytes, orientation, side);
  if (!small.ok) return withoutImages(photo, bytes, canBeTurned, small.error);
  const scale = Math.min(1, side / Math.max(width, height));
  const upright = uprightSize(photo);
  const size = { width: Math.round(upright.width * scale), height: Math.round(upright.height * scale) };
  return ok({ bytes: small.value, format: "jpeg", ...size, orientation: 1 });
}

function withoutImages(
  photo: StoredPhoto,
  bytes: Uint8Array,
  canBeTurned: boolean,
  failure: ImagesFailure,
): Result<ModelPhoto, NoPhoto> {
  if (failure.kind === "photo_rejected") return fail(UNREADABLE_FAILURE);
  const original = isPlainPhoto(bytes) ? sendOriginal(photo, bytes, canBeTurned) : null;
  return original === null ? fail(postponedBy(failure, "service_unavailable")) : ok(original);
}
