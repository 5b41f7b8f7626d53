import type { LabelText } from "./label.ts";

/** A word with its box in pixels and how sure its reader is of it, 0–1. */
export interface ReadWord {
  text: string;
  confidence: number;
  box: { left: number; top: number; right: number; bottom: number };
}

/** Below it a word is a line, a shadow or a logo that was taken for letters. */
const MIN_CONFIDENCE = 0.2;
/** Words belong to one row when their middles are nearer than this share of a letter's height. */
const SAME_ROW = 0.6;
/** Neighbours in a row are at most this many letter heights apart; farther ones tell nothing of the slope. */
const NEIGHBOUR_GAP = 3;
/** A photo that is turned more than this (15°) is not straightened by its words. */
const MAX_SLOPE = 0.27;

interface Placed {
  text: string;
  x: number;
  y: number;
  height: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function place({ text, box }: ReadWord): Placed {
  return { text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, height: box.bottom - box.top };
}

/** How many pixels the rows fall per pixel to the right: the median over words and their right neighbours. */
function slopeOf(words: readonly ReadWord[]): number {
  const slopes = words.flatMap((word) => {
    const height = word.box.bottom - word.box.top;
    const right = words
      .filter(
        ({ box }) => box.left >= word.box.right - height / 4 && box.left - word.box.right < NEIGHBOUR_GAP * height,
      )
      .filter(({ box }) => Math.abs(box.bottom - word.box.bottom) < SAME_ROW * height)
      .toSorted((first, second) => first.box.left - second.box.left)[0];
    if (right === undefined) return [];
    const [from, to] = [place(word), place(right)];
    return to.x - from.x > height ? [(to.y - from.y) / (to.x - from.x)] : [];
  });
  const slope = median(slopes);
  return Math.abs(slope) <= MAX_SLOPE ? slope : 0;
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
  const sure = words.filter(({ text, confidence }) => text.trim() !== "" && confidence >= MIN_CONFIDENCE);
  const slope = slopeOf(sure);
  const straight = sure.map(place).map((word) => Object.assign({}, word, { y: word.y - slope * word.x }));
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
