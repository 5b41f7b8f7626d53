import { expect, it } from "vitest";
import { turnSize, turnUpright } from "../../../src/local-ai/orientation.ts";

const UPRIGHT = ["abc", "def"];

/** How a camera stores that picture, by the EXIF definition of each value: what the first row and column hold. */
const STORED = [
  { orientation: 1, first: "top row, left column", rows: ["abc", "def"] },
  { orientation: 2, first: "top row, right column", rows: ["cba", "fed"] },
  { orientation: 3, first: "bottom row, right column", rows: ["fed", "cba"] },
  { orientation: 4, first: "bottom row, left column", rows: ["def", "abc"] },
  { orientation: 5, first: "left row, top column", rows: ["ad", "be", "cf"] },
  { orientation: 6, first: "right row, top column", rows: ["cf", "be", "ad"] },
  { orientation: 7, first: "right row, bottom column", rows: ["fc", "eb", "da"] },
  { orientation: 8, first: "left row, bottom column", rows: ["da", "eb", "fc"] },
];

/** A pixel per letter; the letter's code fills all three channels, shifted so that swapped channels show. */
const toImage = (rows: string[]) => ({
  data: Uint8ClampedArray.from(
    rows
      .join("")
      .split("")
      .flatMap((letter) => [0, 1, 2].map((k) => letter.charCodeAt(0) + k)),
  ),
  width: rows.join("").length / rows.length,
  height: rows.length,
});

it.each(STORED)("turns orientation $orientation ($first) upright", ({ orientation, rows }) => {
  expect(turnUpright(toImage(rows), orientation)).toEqual(toImage(UPRIGHT));
});

it("swaps the sides of orientations 5 to 8 only", () => {
  const swapped = STORED.filter(({ orientation }) => turnSize({ width: 3, height: 2 }, orientation).width === 2);

  expect(swapped.map(({ orientation }) => orientation)).toEqual([5, 6, 7, 8]);
});

it.each([0, 9])("leaves a photo with the meaningless orientation %i as it is", (orientation) => {
  expect(turnUpright(toImage(UPRIGHT), orientation)).toEqual(toImage(UPRIGHT));
});
