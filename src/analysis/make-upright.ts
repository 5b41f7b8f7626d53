import { fail, ok } from "../result.ts";
import { classifyImagesFailure, isAmbiguous } from "./images-failure.ts";
import type { MakeUpright } from "./model-photo.ts";

const JPEG_QUALITY = 90;

/** Under what is transparent: a dish that was cut out for a menu stands on white there, too. */
const GROUND = "#ffffff";

/** The largest photo takes about a second. The lease of 90 s has to outlast this, the models and the translations. */
const TIMEOUT_MS = 8_000;

/**
 * What turns the stored pixels upright, by EXIF orientation: a clockwise turn first, then a mirror (EXIF 2.32, 4.6.2).
 */
const UPRIGHT: Record<number, [ImageTransform["rotate"], ImageTransform["flip"]] | undefined> = {
  2: [0, "h"],
  3: [180, undefined],
  4: [0, "v"],
  5: [90, "h"],
  6: [90, undefined],
  7: [90, "v"],
  8: [270, undefined],
};

/** A black PNG of one pixel, which every decoder reads (PNG 1.2: signature, IHDR, IDAT, IEND). */
const GOOD_PICTURE = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==",
);

async function transform(
  images: ImagesBinding,
  bytes: Uint8Array,
  orientation: number,
  side: number,
): Promise<Uint8Array> {
  const [rotate, flip] = UPRIGHT[orientation] ?? [];
  let image = images.input(new Blob([bytes]).stream());
  // Each step is a transform of its own, so that their order is ours.
  if (rotate !== undefined && rotate !== 0) image = image.transform({ rotate });
  if (flip !== undefined) image = image.transform({ flip });
  const result = await image
    .transform({ width: side, height: side, fit: "scale-down", background: GROUND })
    .output({ format: "image/jpeg", quality: JPEG_QUALITY });
  // A promise under `npm start`, where the binding is another Worker's.
  const response = await Promise.resolve(result.response());
  return response.bytes();
}

/** The result of the work, or an error on timeout. A late result is dropped. */
async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no response within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `MakeUpright` over the Images binding. An error that does not say whether the image or the binding is at fault is
 * resolved by a probe: if a known good image succeeds and this one fails again, this image is at fault.
 */
export function makeUprightWith(images: ImagesBinding, now: () => number): MakeUpright {
  const isWell = (): Promise<boolean> =>
    inTime(transform(images, GOOD_PICTURE, 1, 1)).then(
      () => true,
      () => false,
    );
  return async (bytes, orientation, side) => {
    const attempt = (): Promise<Uint8Array> => inTime(transform(images, bytes, orientation, side));
    try {
      return ok(await attempt());
    } catch (error) {
      if (!isAmbiguous(error) || !(await isWell())) return fail(classifyImagesFailure(error, now()));
    }
    try {
      return ok(await attempt());
    } catch (error) {
      return fail(isAmbiguous(error) ? { kind: "photo_rejected" } : classifyImagesFailure(error, now()));
    }
  };
}
