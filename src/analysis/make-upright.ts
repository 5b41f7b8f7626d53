import type { MakeUpright } from "./model-photo.ts";

const JPEG_QUALITY = 90;

/** What turns the stored pixels upright, by EXIF orientation: a clockwise turn first, then a mirror (EXIF 2.32, 4.6.2). */
const UPRIGHT: Record<number, [ImageTransform["rotate"], ImageTransform["flip"]] | undefined> = {
  2: [0, "h"],
  3: [180, undefined],
  4: [0, "v"],
  5: [90, "h"],
  6: [90, undefined],
  7: [90, "v"],
  8: [270, undefined],
};

/** `MakeUpright` over the Images binding. Each step is a transform of its own, so that their order is ours. */
export const makeUprightWith =
  (images: ImagesBinding): MakeUpright =>
  async (bytes, orientation, side) => {
    const [rotate, flip] = UPRIGHT[orientation] ?? [];
    let image = images.input(new Blob([bytes]).stream());
    if (rotate !== undefined && rotate !== 0) image = image.transform({ rotate });
    if (flip !== undefined) image = image.transform({ flip });
    const result = await image
      .transform({ width: side, height: side, fit: "scale-down" })
      .output({ format: "image/jpeg", quality: JPEG_QUALITY });
    return result.response().bytes();
  };
