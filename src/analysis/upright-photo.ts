import type { StoredPhoto } from "../records/record.ts";
import { isPictureAtFault, type MakeUpright } from "./model-photo.ts";

/**
 * A stored photo turned upright in its own size, as JPEG; null when the Images binding cannot read the picture. Throws
 * when the binding is down.
 */
export async function turnUpright(
  photo: StoredPhoto,
  bytes: Uint8Array,
  makeUpright: MakeUpright,
): Promise<Uint8Array | null> {
  try {
    return await makeUpright(bytes, photo.orientation, Math.max(photo.width, photo.height));
  } catch (error) {
    if (isPictureAtFault(error)) return null;
    throw error;
  }
}
