import { describe, expect, it } from "vitest";
import { barsOf, topOf } from "../../../src/pages/console/usage/bars.ts";

describe("the top of a chart", () => {
  it.each([
    [0, 1],
    [1, 1],
    [7, 8],
    [32, 40],
    [100, 100],
    [101, 200],
    [0.3, 0.3],
  ])("for at most %d is %d", (highest, top) => {
    expect(topOf(highest)).toBeCloseTo(top, 9);
  });
});

describe("the bars of a column", () => {
  const series = [
    { name: "completed", tone: "good", values: [3, null] },
    { name: "failed", tone: "bad", values: [1, 4] },
  ] as const;

  it("stand on each other when they add up", () => {
    expect(barsOf(series, 0, 4, "stacked")).toEqual([
      { tone: "bad", y: 0, height: 25 },
      { tone: "good", y: 25, height: 75 },
    ]);
  });

  it("stand behind each other when they do not, the first in front", () => {
    expect(barsOf(series, 0, 4, "behind")).toEqual([
      { tone: "bad", y: 75, height: 25 },
      { tone: "good", y: 25, height: 75 },
    ]);
  });

  it("are left out where nothing is known", () => {
    expect(barsOf(series, 1, 4, "stacked")).toEqual([{ tone: "bad", y: 0, height: 100 }]);
  });
});
