import { describe, expect, it } from "vitest";
import {
  calibrationError,
  calibrationPoints,
  reliabilityTable,
  type JudgedName,
} from "../../../../src/cli/eval/reliability.ts";

const names = (...pairs: [number, boolean][]): JudgedName[] =>
  pairs.map(([confidence, isRight]) => ({ confidence, isRight }));

describe("the reliability table", () => {
  it("has a row for each tenth with names, 1 in the last", () => {
    expect(reliabilityTable(names([0.52, true], [0.58, false], [1, true], [0.9, true]))).toEqual([
      { from: 0.5, to: 0.6, count: 2, stated: 0.55, right: 0.5 },
      { from: 0.9, to: 1, count: 2, stated: 0.95, right: 1 },
    ]);
  });

  it("gives the error as the mean distance, by the rows' counts", () => {
    const rows = reliabilityTable(names([0.75, true], [0.75, true], [0.75, false], [0.25, false]));
    // |0.75 − 2/3| × 3/4 + |0.25 − 0| × 1/4
    expect(calibrationError(rows)).toBeCloseTo(0.0625 + 0.0625, 10);
    expect(calibrationError([])).toBeNull();
  });
});

describe("calibration points", () => {
  it("pool neighbors whose order is the wrong way round", () => {
    const points = calibrationPoints(names([0.2, false], [0.4, true], [0.6, false], [0.8, true]));
    expect(points.map(({ corrected, count }) => [corrected, count])).toEqual([
      [0, 1],
      [0.5, 2],
      [1, 1],
    ]);
    expect(points[1]?.stated).toBeCloseTo(0.5, 10);
  });

  it("never fall, and keep the share that is right", () => {
    const some = names(
      ...Array.from({ length: 60 }, (_, n): [number, boolean] => [((n * 37) % 60) / 60, (n * n) % 7 < 3]),
    );
    const points = calibrationPoints(some);
    for (const [index, { corrected }] of points.entries()) {
      expect(corrected).toBeGreaterThanOrEqual(points[index - 1]?.corrected ?? 0);
    }
    const right = points.reduce((sum, { corrected, count }) => sum + corrected * count, 0);
    expect(right).toBeCloseTo(some.filter(({ isRight }) => isRight).length, 8);
  });

  it("are one for names with one confidence", () => {
    expect(calibrationPoints(names([0.5, false], [0.5, true]))).toEqual([{ stated: 0.5, corrected: 0.5, count: 2 }]);
    expect(calibrationPoints(names([0.5, true], [0.5, false]))).toEqual([{ stated: 0.5, corrected: 0.5, count: 2 }]);
  });
});
