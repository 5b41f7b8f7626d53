/** The middle of a word and its height, in pixels. */
export interface PlacedWord {
  x: number;
  y: number;
  height: number;
}

/** A photo that is turned more than this (15°) is not straightened by its words. */
const MAX_SLOPE = 0.27;
const COARSE_STEP = 0.01;
const FINE_STEP = 0.002;

/**
 * Pairs farther apart than this many letter heights mislead at first: across a whole table, a column fits the other as
 * well when it is moved by a row. Once the slope is known to this much, they tell it exactly.
 */
const NEAR = 12;
const COARSE_ERROR = 0.03;
/** Middles that differ by this share of a letter's height are not level: letters with and without tails differ by less. */
const LEVEL = 0.5;
/** More words than these do not tell more, and pairs grow with their square. */
const MAX_WORDS = 300;

interface Pair {
  dx: number;
  dy: number;
}

/** Words with another to their right, however turned, in letter heights. */
const pairsOf = (words: readonly PlacedWord[], height: number): Pair[] =>
  words.flatMap((word) =>
    words
      .map(({ x, y }) => ({ dx: (x - word.x) / height, dy: (y - word.y) / height }))
      .filter(({ dx, dy }) => dx > 1 && Math.abs(dy) < LEVEL + MAX_SLOPE * dx),
  );

/** How level the pairs lie when they are straightened by `slope`. */
const levelness = (pairs: readonly Pair[], slope: number): number =>
  pairs.reduce((sum, { dx, dy }) => sum + Math.max(0, 1 - Math.abs(dy - slope * dx) / LEVEL), 0);

/** The slope around `middle` under which the pairs lie most level; `middle` itself when none does better. */
function mostLevel(pairs: readonly Pair[], middle: number, reach: number, step: number): number {
  let best = { slope: middle, levelness: levelness(pairs, middle) };
  for (let slope = middle - reach; slope <= middle + reach; slope += step) {
    const level = levelness(pairs, slope);
    if (level > best.levelness) best = { slope, levelness: level };
  }
  return best.slope;
}

/** In pixels; 0 where there are no words. */
export function medianHeight(words: readonly PlacedWord[]): number {
  const heights = words.map(({ height }) => height).toSorted((first, second) => first - second);
  return heights[heights.length >> 1] ?? 0;
}

/** How many pixels the rows of a text fall per pixel to the right: the slope under which its words lie most level. */
export function rowSlope(words: readonly PlacedWord[]): number {
  const height = medianHeight(words);
  if (height <= 0) return 0;
  const pairs = pairsOf(words.slice(0, MAX_WORDS), height);
  const near = pairs.filter(({ dx }) => dx < NEAR);
  return mostLevel(pairs, mostLevel(near, 0, MAX_SLOPE, COARSE_STEP), COARSE_ERROR, FINE_STEP);
}
