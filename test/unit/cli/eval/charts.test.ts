import { expect, it } from "vitest";
import { histogram, roundUp, scatterChart } from "../../../../src/cli/eval/charts.ts";

it.each([
  [0.3, 0.5],
  [7, 10],
  [100, 100],
  [101, 200],
  [230, 250],
])("the axis for %d ends at %d", (value, end) => {
  expect(roundUp(value)).toBeCloseTo(end, 10);
});

it("a point stands where its values are on the axes", () => {
  const chart = scatterChart("Energy", "kcal", [{ name: "lunch", truth: 500, estimated: 1000, range: null }]);
  // The plot is 440 × 296 from (64, 16): half of it to the right, and its upper edge.
  expect(chart).toContain('cx="284.0" cy="16.0"');
});

it("a name cannot break out of the page", () => {
  const name = '<script>alert("1")</script>';
  expect(scatterChart("Energy", "kcal", [{ name, truth: 1, estimated: 1, range: null }])).not.toContain("<script>");
});

it("a histogram counts what is beyond its end in the last bar", () => {
  const chart = histogram("Errors", "%", [5, 12, 250], { max: 20, steps: 2 });
  expect(chart.match(/<title>\d+<\/title>/gu)).toEqual(["<title>1</title>", "<title>2</title>"]);
});
