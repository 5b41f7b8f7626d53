import { describe, expect, it } from "vitest";
import { flip, putOnWhite } from "../../../src/local-ai/ground.ts";

/** A pixel for each number, which is its red; they are opaque. */
const image = (...rows: number[][]) => ({
  data: Uint8ClampedArray.from(rows.flat().flatMap((red) => [red, 0, 0, 255])),
  width: rows[0]?.length ?? 0,
  height: rows.length,
});

describe("a picture on white", () => {
  it.each([
    ["keeps what is opaque", [10, 20, 30, 255], [10, 20, 30, 255]],
    ["is white where nothing is", [10, 20, 30, 0], [255, 255, 255, 255]],
    ["is lighter where it is half there", [0, 100, 255, 51], [204, 224, 255, 255]],
  ])("%s", (_, before, after) => {
    const picture = { data: Uint8ClampedArray.from(before), width: 1, height: 1 };
    putOnWhite(picture);
    expect([...picture.data]).toEqual(after);
  });
});

describe("a picture that is mirrored", () => {
  it.each<["h" | "v" | "hv", number[][]]>([
    [
      "h",
      [
        [3, 2, 1],
        [6, 5, 4],
        [9, 8, 7],
      ],
    ],
    [
      "v",
      [
        [7, 8, 9],
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      "hv",
      [
        [9, 8, 7],
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
  ])("(%s) has its pixels the other way round", (sides, rows) => {
    const picture = image([1, 2, 3], [4, 5, 6], [7, 8, 9]);
    flip(picture, sides);
    expect(picture).toEqual(image(...rows));
  });

  it("keeps the middle of an even number of rows", () => {
    const picture = image([1, 2], [3, 4]);
    flip(picture, "v");
    expect(picture).toEqual(image([3, 4], [1, 2]));
  });
});
