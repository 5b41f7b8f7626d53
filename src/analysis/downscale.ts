import type { Downscale } from "./model-photo.ts";

const JPEG_QUALITY = 90;

/** `Downscale` over the Images binding, which also applies the EXIF orientation. */
export const downscaleWith =
  (images: ImagesBinding): Downscale =>
  async (bytes, side) => {
    const result = await images
      .input(new Blob([bytes]).stream())
      .transform({ width: side, height: side, fit: "scale-down" })
      .output({ format: "image/jpeg", quality: JPEG_QUALITY });
    return result.response().bytes();
  };
