import { describe, expect, it } from "vitest";
import { clearInk, doubled, type GrayImage, halved, leveled, toGray } from "../../../src/local-ai/ink.ts";

const gray = (width: number, height: number, at: (x: number, y: number) => number): GrayImage => ({
  data: Uint8ClampedArray.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width))),
  width,
  height,
});
const pixel = ({ data, width }: GrayImage, x: number, y: number) => data[y * width + x];

describe("a page", () => {
  it("is gray as the eye weighs its colors, and white where it is transparent", () => {
    const white = [255, 255, 255, 255];
    const colors = [white, [255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [0, 0, 0, 0]].flat();
    const gray5 = toGray({ data: Uint8ClampedArray.from(colors), width: 5, height: 1 });
    expect([...gray5.data]).toEqual([255, 76, 150, 29, 255]);
  });

  it("keeps its picture when it is doubled and halved", () => {
    const ramp = gray(16, 12, (x, y) => 8 * x + 4 * y);
    const again = halved(doubled(ramp));
    expect(again).toMatchObject({ width: 16, height: 12 });
    for (let y = 1; y < 11; y++) for (let x = 1; x < 15; x++) expect(pixel(again, x, y)).toBeCloseTo(8 * x + 4 * y, -1);
  });

  it("loses an odd row and column when it is halved", () => {
    expect(halved(gray(5, 3, () => 7))).toMatchObject({ width: 2, height: 1, data: Uint8ClampedArray.of(7, 7) });
  });

  it.each([0.1, -0.15])("has a line level again that falls by %d", (slope) => {
    const line = gray(120, 120, (x, y) => (Math.abs(y - 60 - slope * (x - 60)) < 3 ? 0 : 255));
    const level = leveled(line, slope);
    const middle = Math.round(level.height / 2);
    for (const x of [30, 60, 90]) expect(pixel(level, x, middle)).toBeLessThan(60);
  });

  it("has black ink on white, in the light and in the shadow", () => {
    const shaded = gray(200, 100, (x, y) => (230 - 0.7 * x) * (y % 20 === 10 && x % 10 < 5 ? 0.3 : 1));
    const clear = clearInk(shaded);
    for (const x of [22, 102, 182]) expect(pixel(clear, x, 50)).toBe(0);
    for (const x of [22, 102, 182]) expect(pixel(clear, x, 45)).toBeGreaterThan(240);
  });

  it("stays white when nothing is on it", () => {
    expect(new Set(clearInk(gray(40, 30, () => 180)).data)).toEqual(new Set([255]));
  });
});
