import { expect, it } from "vitest";
import { resample, type RgbaImage } from "../../../src/local-ai/resample.ts";

/** An image of opaque gray pixels. */
const gray = (...rows: number[][]): RgbaImage => ({
  data: Uint8Array.from(rows.flat().flatMap((level) => [level, level, level, 255])),
  width: rows.flat().length / rows.length,
  height: rows.length,
});

/** The red channel, row by row. */
const levels = (image: { data: Uint8ClampedArray }) => Array.from(image.data.filter((_, index) => index % 3 === 0));

it("averages every source pixel of an area when it shrinks", () => {
  const image = gray([0, 100, 200, 200], [100, 200, 200, 200], [0, 0, 10, 20], [0, 0, 30, 40]);

  expect(levels(resample(image, 2, 2))).toEqual([100, 200, 0, 25]);
});

it("uses each source pixel exactly once when the sizes do not divide", () => {
  const image = gray([10, 20, 60, 70, 80], [10, 20, 60, 70, 80], [10, 20, 60, 70, 80]);

  expect(levels(resample(image, 2, 1))).toEqual([30, 75]);
});

it("interpolates between neighbors when it enlarges and keeps the edges", () => {
  expect(levels(resample(gray([0, 100]), 4, 1))).toEqual([0, 25, 75, 100]);
  expect(levels(resample(gray([0], [100]), 1, 4))).toEqual([0, 25, 75, 100]);
});

it("interpolates when only one side shrinks", () => {
  expect(levels(resample(gray([50, 50, 50, 50]), 2, 2))).toEqual([50, 50, 50, 50]);
});

it("keeps the channels apart", () => {
  const image = { data: Uint8Array.from([255, 0, 10, 255]), width: 1, height: 1 };

  expect([...resample(image, 1, 1).data]).toEqual([255, 0, 10]);
});

it.each([
  { width: 1, height: 1, name: "shrinking" },
  { width: 2, height: 2, name: "in place" },
])("puts transparent pixels on white, $name", ({ width, height }) => {
  const clear = { data: new Uint8Array(2 * 2 * 4), width: 2, height: 2 };

  expect(new Set(resample(clear, width, height).data)).toEqual(new Set([255]));
});
