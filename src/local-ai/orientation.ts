import type { RgbImage } from "./resample.ts";

/**
 * EXIF orientations 1-8 (Exif 2.32, tag 0x0112): which upright coordinates run backwards along the stored sides, and
 * whether the stored rows are upright columns.
 */
const TURNS = [
  { transposed: false, mirrorX: false, mirrorY: false },
  { transposed: false, mirrorX: true, mirrorY: false },
  { transposed: false, mirrorX: true, mirrorY: true },
  { transposed: false, mirrorX: false, mirrorY: true },
  { transposed: true, mirrorX: false, mirrorY: false },
  { transposed: true, mirrorX: true, mirrorY: false },
  { transposed: true, mirrorX: true, mirrorY: true },
  { transposed: true, mirrorX: false, mirrorY: true },
] as const;

interface Size {
  width: number;
  height: number;
}

const turn = (orientation: number) => TURNS[orientation - 1] ?? TURNS[0];

/** The size of the upright image; turns a stored size into an upright one and an upright size into a stored one. */
export const turnSize = ({ width, height }: Size, orientation: number): Size =>
  turn(orientation).transposed ? { width: height, height: width } : { width, height };

/** Copies the image so that it stands upright. An orientation outside 1-8 counts as 1. */
export function turnUpright(stored: RgbImage, orientation: number): RgbImage {
  const { transposed, mirrorX, mirrorY } = turn(orientation);
  const { width, height } = turnSize(stored, orientation);
  const data = new Uint8ClampedArray(stored.data.length);
  for (let y = 0, target = 0; y < height; y++) {
    const v = mirrorY ? height - 1 - y : y;
    for (let x = 0; x < width; x++, target += 3) {
      const u = mirrorX ? width - 1 - x : x;
      const source = 3 * (transposed ? u * stored.width + v : v * stored.width + u);
      data[target] = stored.data[source]!;
      data[target + 1] = stored.data[source + 1]!;
      data[target + 2] = stored.data[source + 2]!;
    }
  }
  return { data, width, height };
}
