import { expect, it } from "vitest";
import { estimateAnalyses } from "../../../src/usage/reanalysis-estimate.ts";

const PRICED = "@cf/meta/llama-4-scout-17b-16e-instruct";
const models = { precise: [PRICED, PRICED], fast: [PRICED, "@cf/second"], label: ["@local/label"], text: [] };

it("a precise photo asks all of its models, any other the first; a sentence may ask none", () => {
  const counts = [
    { inputType: "image", mode: "precise", records: 10 },
    { inputType: "image", mode: "fast", records: 5 },
    { inputType: "label", mode: "precise", records: 3 },
    { inputType: "text", mode: "precise", records: 7 },
  ] as const;
  const { modelCalls, costUsd } = estimateAnalyses(counts, models);
  expect(modelCalls).toBe(28);
  // 25 calls of 2,000 tokens in at $0.27 and 400 out at $0.85 a million; one's own model costs nothing.
  expect(costUsd).toBeCloseTo(25 * (2000 * 0.27e-6 + 400 * 0.85e-6), 9);
});

it("the cost is unknown when a model's price is", () => {
  const counts = [{ inputType: "image", mode: "fast", records: 2 }] as const;
  expect(estimateAnalyses(counts, { ...models, fast: ["@cf/new"] })).toEqual({ modelCalls: 2, costUsd: null });
});
