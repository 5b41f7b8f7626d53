import type { LabelText } from "./label.ts";

/** A word with its box in pixels. How sure its reader is says little: it doubts foreign words most. */
export interface ReadWord {
  text: string;
  box: { left: number; top: number; right: number; bottom: number };
}

/** Words belong to one row when their middles are nearer than this share of a letter's height. */
const SAME_ROW = 0.6;

/** A photo that is turned more than this (15°) is not straightened by its words. */
const MAX_SLOPE = 0.27;
const SLOPE_STEP = 0.004;
/** Rows are told apart in strips of this share of a letter's height. */
const STRIP = 0.4;

interface Placed {
  text: string;
  x: number;
  y: number;
  height: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function place({ text, box }: ReadWord): Placed {
  return { text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, height: box.bottom - box.top };
}

/** How well words fall into rows when they are straightened by `slope`: the more of them share few strips, the better. */
function rowSharpness(words: readonly Placed[], slope: number, strip: number): number {
  const strips = new Map<number, number>();
  for (const { x, y } of words) {
    const at = Math.floor((y - slope * x) / strip);
    strips.set(at, (strips.get(at) ?? 0) + 1);
  }
  return [...strips].reduce((sum, [at, count]) => sum + count * (count + (strips.get(at + 1) ?? 0)), 0);
}

/** How many pixels the rows fall per pixel to the right: the slope under which the words fall into rows best. */
function slopeOf(words: readonly Placed[]): number {
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

interface Row {
  y: number;
  words: Placed[];
}

/**
 * Puts the words of a photo back into the rows of the label. Tesseract's own reading order takes a table apart into its
 * columns; the boxes tell which words stand side by side, also where the photo is a little turned.
 */
export function groupRows(words: readonly ReadWord[]): LabelText {
  const placed = words.filter(({ text }) => text.trim() !== "").map(place);
  const slope = slopeOf(placed);
  const straight = placed.map((word) => Object.assign({}, word, { y: word.y - slope * word.x }));
  const rows: Row[] = [];
  for (const word of straight.toSorted((first, second) => first.y - second.y)) {
    const row = rows.findLast(
      ({ y, words: [first] }) => Math.abs(y - word.y) < SAME_ROW * Math.min(word.height, first?.height ?? 0),
    );
    if (row === undefined) rows.push({ y: word.y, words: [word] });
    else {
      row.words.push(word);
      row.y += (word.y - row.y) / row.words.length;
    }
  }
  return {
    productName: null,
    rows: rows
      .toSorted((first, second) => first.y - second.y)
      .map((row) => row.words.toSorted((first, second) => first.x - second.x).map(({ text, x }) => ({ text, x }))),
  };
}
