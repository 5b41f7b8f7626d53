import { expect, it } from "vitest";
import { readDetections } from "../../../src/local-ai/detections.ts";

const PERSON = 0;
const BANANA = 46;
const ORANGE = 49;
const WHOLE_SQUARE = { left: 0, top: 0, width: 512, height: 512 };

type Row = [x1: number, y1: number, x2: number, y2: number, score: number, classNumber: number];

/** The network's output: 100 rows, the unused ones zero. */
function output(...rows: Row[]): Float32Array {
  const values = new Float32Array(600);
  values.set(rows.flat());
  return values;
}

it("places boxes as fractions of the photo", () => {
  const [detection] = readDetections(output([128, 256, 256, 512, 0.5, ORANGE]), WHOLE_SQUARE);

  expect(detection).toEqual({ label: "orange", score: 0.5, box: { x: 0.25, y: 0.5, width: 0.25, height: 0.5 } });
});

it("takes the padding off", () => {
  const frame = { left: 76, top: 166, width: 360, height: 180 };
  const [detection] = readDetections(output([76, 166, 256, 256, 0.5, ORANGE]), frame);

  expect(detection?.box).toEqual({ x: 0, y: 0, width: 0.5, height: 0.5 });
});

it("cuts boxes at the photo's edge", () => {
  const [detection] = readDetections(output([-40, 256, 256, 600, 0.5, ORANGE]), WHOLE_SQUARE);

  expect(detection?.box).toEqual({ x: 0, y: 0.5, width: 0.5, height: 0.5 });
});

it.each([
  { what: "a score below 0.04", row: [0, 0, 512, 512, 0.039, ORANGE] },
  { what: "a score that is no number", row: [0, 0, 512, 512, Number.NaN, ORANGE] },
  { what: "less than 0.4 % of the area", row: [0, 0, 32, 32, 0.9, ORANGE] },
  { what: "a box outside the photo", row: [520, 0, 600, 512, 0.9, ORANGE] },
  { what: "a box turned inside out", row: [300, 300, 100, 100, 0.9, ORANGE] },
  { what: "a class that COCO does not have", row: [0, 0, 512, 512, 0.9, 80] },
] as { what: string; row: Row }[])("drops $what", ({ row }) => {
  expect(readDetections(output(row), WHOLE_SQUARE)).toEqual([]);
});

it("puts the best score first", () => {
  const rows = output([0, 0, 100, 100, 0.25, ORANGE], [0, 0, 100, 100, 0.75, PERSON], [0, 0, 100, 100, 0.5, BANANA]);

  expect(readDetections(rows, WHOLE_SQUARE).map(({ label }) => label)).toEqual(["person", "banana", "orange"]);
});

it("keeps only the best of the boxes that show one thing", () => {
  const rows = output([0, 0, 200, 200, 0.5, ORANGE], [0, 0, 200, 190, 0.75, ORANGE], [10, 0, 200, 200, 0.25, ORANGE]);

  expect(readDetections(rows, WHOLE_SQUARE).map(({ score }) => score)).toEqual([0.75]);
});

it("keeps touching neighbors, and other things in the same place", () => {
  const left: Row = [0, 0, 200, 200, 0.75, ORANGE];
  const right: Row = [150, 0, 350, 200, 0.5, ORANGE];
  const sameplace: Row = [0, 0, 200, 200, 0.25, BANANA];

  expect(readDetections(output(left, right, sameplace), WHOLE_SQUARE)).toHaveLength(3);
});
