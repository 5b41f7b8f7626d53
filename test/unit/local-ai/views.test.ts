import { describe, expect, it } from "vitest";
import type { RgbaImage } from "../../../src/local-ai/resample.ts";
import { paddedView, stretchedView, type View, VIEW_SIDE_PX } from "../../../src/local-ai/views.ts";

const RED = [255, 0, 0];
const BLUE = [0, 0, 255];
const GRAY = [114, 114, 114];

/** A stored photo whose left half is red and whose right half is blue. */
function redAndBlue(width: number, height: number): RgbaImage {
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    data.set([...(pixel % width < width / 2 ? RED : BLUE), 255], pixel * 4);
  }
  return { data, width, height };
}

function colorAt(view: View, x: number, y: number): number[] {
  const pixel = (y * VIEW_SIDE_PX + x) * 3;
  return [...view.pixels.subarray(pixel, pixel + 3)];
}

describe("the stretched view", () => {
  it("fills the square whatever the proportions", () => {
    const view = stretchedView(redAndBlue(1200, 600), 1);

    expect(view).toMatchObject({ name: "stretch", frame: { left: 0, top: 0, width: 512, height: 512 } });
    expect([colorAt(view, 0, 0), colorAt(view, 511, 511)]).toEqual([RED, BLUE]);
  });

  it("enlarges a small photo", () => {
    const view = stretchedView(redAndBlue(4, 2), 1);

    expect([colorAt(view, 0, 511), colorAt(view, 511, 0)]).toEqual([RED, BLUE]);
  });

  it("shows a photo upright", () => {
    const turnedRight = stretchedView(redAndBlue(800, 600), 6);

    expect([colorAt(turnedRight, 0, 0), colorAt(turnedRight, 0, 511)]).toEqual([RED, BLUE]);
  });
});

describe("the padded view", () => {
  it.each([
    { width: 720, height: 360, orientation: 1, frame: { left: 76, top: 166, width: 360, height: 180 } },
    { width: 720, height: 360, orientation: 8, frame: { left: 166, top: 76, width: 180, height: 360 } },
    { width: 300, height: 400, orientation: 1, frame: { left: 121, top: 76, width: 270, height: 360 } },
    { width: 90, height: 90, orientation: 1, frame: { left: 76, top: 76, width: 360, height: 360 } },
    { width: 4000, height: 1, orientation: 1, frame: { left: 76, top: 255, width: 360, height: 1 } },
  ])(
    "centres $width x $height at orientation $orientation, its longest side 360 pixels",
    ({ width, height, orientation, frame }) => {
      expect(paddedView(redAndBlue(width, height), orientation)).toMatchObject({ name: "padded", frame });
    },
  );

  it("surrounds the photo with gray and nothing else", () => {
    const view = paddedView(redAndBlue(720, 360), 1);
    const { left, top, width, height } = view.frame;

    expect([colorAt(view, left, top), colorAt(view, left + width - 1, top + height - 1)]).toEqual([RED, BLUE]);
    expect([colorAt(view, left - 1, top), colorAt(view, left, top - 1)]).toEqual([GRAY, GRAY]);
    expect([colorAt(view, left + width, top), colorAt(view, left, top + height)]).toEqual([GRAY, GRAY]);
  });
});
