import type { LabelText } from "./label.ts";
import { medianHeight, type PlacedWord, rowSlope } from "./row-slope.ts";

/** A word with its box in pixels and how sure its reader is of it, 0–1. */
export interface ReadWord {
  text: string;
  confidence: number;
  box: { left: number; top: number; right: number; bottom: number };
}

/** Words belong to one row when their middles are nearer than this share of a letter's height. */
const SAME_ROW = 0.6;

/** No row is lower than this share of the usual word. */
const MIN_ROW_HEIGHT = 0.8;

interface Placed extends PlacedWord {
  text: string;
}

function place({ text, box }: ReadWord): Placed {
  return { text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, height: box.bottom - box.top };
}

/** The lower quartile. Of a single word it says little, as foreign words are doubted most; of a whole label it does. */
function legibilityOf(words: readonly ReadWord[]): number | null {
  const confidences = words.map(({ confidence }) => confidence).toSorted((first, second) => first - second);
  return confidences[confidences.length >> 2] ?? null;
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
  const slope = rowSlope(placed);
  const straight = placed.map((word) => Object.assign({}, word, { y: word.y - slope * word.x }));
  // A dash is far less high than its row.
  const usualHeight = MIN_ROW_HEIGHT * medianHeight(placed);
  const rows: Row[] = [];
  for (const word of straight.toSorted((first, second) => first.y - second.y)) {
    const row = rows.findLast(
      ({ y, words: [first] }) =>
        Math.abs(y - word.y) < SAME_ROW * Math.max(usualHeight, Math.min(word.height, first?.height ?? 0)),
    );
    if (row === undefined) rows.push({ y: word.y, words: [word] });
    else {
      row.words.push(word);
      row.y += (word.y - row.y) / row.words.length;
    }
  }
  return {
    productName: null,
    legibility: legibilityOf(words),
    rows: rows
      .toSorted((first, second) => first.y - second.y)
      .map((row) => row.words.toSorted((first, second) => first.x - second.x).map(({ text, x }) => ({ text, x }))),
  };
}
