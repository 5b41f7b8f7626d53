import type { Grammar } from "./byte-feed.ts";
import { ascii, view, type ImageOutcome, type ImageProgress } from "./formats/image-header.ts";
import { jpeg } from "./formats/jpeg.ts";
import { png } from "./formats/png.ts";
import { webp } from "./formats/webp.ts";

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Finds the format by the file's own first bytes, never by its name, then reads it to its end and erases its metadata
 * on the way: pixels and length stay as they are.
 */
export function* image(progress: ImageProgress): Grammar<ImageOutcome> {
  const start = (yield { take: 2 }).slice();
  if (start[0] === 0xff && start[1] === 0xd8) return yield* jpeg(progress);
  const head = (yield { take: 6 }).slice();
  const signature = [...start, ...head];
  if (PNG_SIGNATURE.every((byte, index) => signature[index] === byte)) return yield* png(progress);
  if (ascii(start) === "RI" && ascii(head.subarray(0, 2)) === "FF" && ascii(yield { take: 4 }) === "WEBP") {
    return yield* webp(view(head).getUint32(2, true), progress);
  }
  return { ending: "foreign" };
}
