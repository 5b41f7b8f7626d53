import { describe, expect, it } from "vitest";
import { groupRows, type ReadWord } from "../../../../src/nutrition/labels/group-rows.ts";

const ROWS = [
  ["Nutrition", "Facts"],
  ["Total", "Fat", "8g", "10%"],
  ["Sodium", "160mg", "7%"],
  ["Protein", "3g"],
];

/** Words of 24 pixels' height, 40 pixels a row, turned by `slope` pixels a pixel; column by column, as Tesseract tells. */
function wordsOn(slope: number): ReadWord[] {
  const words = ROWS.flatMap((row, line) =>
    row.map((text, column) => {
      const [left, top] = [column * 160, 40 * line + slope * (column * 160 + 50)];
      return { text, confidence: 0.9, box: { left, top, right: left + 100, bottom: top + 24 }, column };
    }),
  );
  return words.toSorted((first, second) => first.column - second.column);
}

const texts = (words: ReadWord[]) => groupRows(words).rows.map((row) => row.map(({ text }) => text));

describe("the words of a photo", () => {
  it.each([0, 0.05, -0.1, 0.2])("stand in their rows again, turned by %d pixels a pixel", (slope) => {
    expect(texts(wordsOn(slope))).toEqual(ROWS);
  });

  it("share a row whatever their size", () => {
    const calories = { text: "Calories", confidence: 0.9, box: { left: 0, top: 0, right: 200, bottom: 60 } };
    const amount = { text: "230", confidence: 0.9, box: { left: 400, top: 5, right: 500, bottom: 65 } };
    const unit = { text: "kcal", confidence: 0.9, box: { left: 520, top: 25, right: 560, bottom: 50 } };
    expect(texts([unit, amount, calories])).toEqual([["Calories", "230", "kcal"]]);
  });

  it("are as legible as three of four of them are sure", () => {
    const words = wordsOn(0).map((word, index) => ({ ...word, confidence: index < 2 ? 0 : 0.6 }));
    expect(groupRows(words).legibility).toBe(0.6);
  });

  it("are none where there are none", () => {
    expect(groupRows([])).toEqual({ productName: null, legibility: null, rows: [] });
    expect(texts([{ text: "  ", confidence: 0.9, box: { left: 0, top: 0, right: 9, bottom: 9 } }])).toEqual([]);
  });
});
