/** The middle of a word and its height, in pixels. */
export interface PlacedWord {
  x: number;
  y: number;
  height: number;
}

/** A photo that is turned more than this (15°) is not straightened by its words. */
const MAX_SLOPE = 0.27;
const SLOPE_STEP = 0.004;
/** Rows are told apart in strips of this share of a letter's height. */
const STRIP = 0.4;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** How well words fall into rows when they are straightened by `slope`: the more of them share few strips, the better. */
function rowSharpness(words: readonly PlacedWord[], slope: number, strip: number): number {
  const strips = new Map<number, number>();
  for (const { x, y } of words) {
    const at = Math.floor((y - slope * x) / strip);
    strips.set(at, (strips.get(at) ?? 0) + 1);
  }
  return [...strips].reduce((sum, [at, count]) => sum + count * (count + (strips.get(at + 1) ?? 0)), 0);
}

/** How many pixels the rows of a text fall per pixel to the right: the slope under which its words fall into rows best. */
export function rowSlope(words: readonly PlacedWord[]): number {
  const strip = Math.max(1, STRIP * median(words.map(({ height }) => height)));
  const steps = Math.floor(MAX_SLOPE / SLOPE_STEP);
  // The smaller turn comes first and wins a tie.
  const slopes = Array.from({ length: 2 * steps + 1 }, (_, index) => Math.ceil(index / 2) * (index % 2 === 0 ? 1 : -1));
  let best = { slope: 0, sharpness: 0 };
  for (const slope of slopes.map((step) => step * SLOPE_STEP)) {
    const sharpness = rowSharpness(words, slope, strip);
    if (sharpness > best.sharpness) best = { slope, sharpness };
  }
  return best.slope;
}
