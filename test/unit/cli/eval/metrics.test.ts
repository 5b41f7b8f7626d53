import { describe, expect, it } from "vitest";
import {
  estimateErrors,
  quantile,
  rangeCoverage,
  recognition,
  type JudgedPhoto,
} from "../../../../src/cli/eval/metrics.ts";

describe("errors of estimates", () => {
  it("are those counted by hand", () => {
    // Errors +20, −50 and 0 of 100, 200 and 300: MAE 70/3, mean truth 200, shares 20 %, 25 % and 0 %.
    const errors = estimateErrors([
      { estimated: 120, truth: 100 },
      { estimated: 150, truth: 200 },
      { estimated: 300, truth: 300 },
    ]);
    expect(errors).toMatchObject({ count: 3, meanTruth: 200, medianShare: 0.2, bias: -10 });
    expect(errors?.mae).toBeCloseTo(23.333, 3);
    expect(errors?.pmae).toBeCloseTo(0.11667, 5);
    expect(errors?.meanShare).toBeCloseTo(0.15, 10);
  });

  it("leave a truth of zero out of the shares, but not out of the MAE", () => {
    const errors = estimateErrors([
      { estimated: 10, truth: 0 },
      { estimated: 50, truth: 100 },
    ]);
    expect(errors).toMatchObject({ count: 2, mae: 30, pmae: 0.6, meanShare: 0.5 });
    expect(estimateErrors([{ estimated: 1, truth: 0 }])?.meanShare).toBeNull();
  });

  it("are none without a case", () => {
    expect(estimateErrors([])).toBeNull();
    expect(rangeCoverage([])).toBeNull();
  });
});

it.each([
  [[4, 1, 3, 2], 0.5, 2.5],
  [[1, 2, 3, 4, 5], 0.95, 4.8],
  [[7], 0.95, 7],
  [[], 0.5, null],
])("the quantile of %j at %d is %j", (values, share, expected) => {
  const found = quantile(values, share);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(expected, 10);
});

it("the coverage counts ranges with the truth in them, bounds included", () => {
  expect(
    rangeCoverage([
      { low: 80, high: 120, truth: 100 },
      { low: 100, high: 150, truth: 100 },
      { low: 110, high: 120, truth: 100 },
      { low: 10, high: 90, truth: 100 },
    ]),
  ).toEqual({ count: 4, share: 0.5, meanWidth: (0.4 + 0.5 + 0.1 + 0.8) / 4 });
});

const NOTHING: JudgedPhoto = {
  hasFood: true,
  isAnswered: false,
  labels: 2,
  found: { same: 0, kind: 0 },
  named: 0,
  right: 0,
  first: { isSame: false, isKind: false },
};

describe("recognition", () => {
  const photos: JudgedPhoto[] = [
    // Both labels found, one as its kind; a third name is wrong.
    {
      ...NOTHING,
      isAnswered: true,
      found: { same: 1, kind: 2 },
      named: 3,
      right: 2,
      first: { isSame: true, isKind: true },
    },
    // Its kind first, and nothing else.
    {
      ...NOTHING,
      isAnswered: true,
      found: { same: 0, kind: 1 },
      named: 1,
      right: 1,
      first: { isSame: false, isKind: true },
    },
    // Something else altogether.
    { ...NOTHING, isAnswered: true, named: 2 },
    NOTHING,
    { ...NOTHING, hasFood: false, labels: 0 },
    { ...NOTHING, hasFood: false, labels: 0, isAnswered: true, named: 1 },
  ];

  it("is counted over labels, names and photos", () => {
    expect(recognition(photos)).toEqual({
      photosWithFood: 4,
      photosWithoutFood: 2,
      answered: 3 / 4,
      recallSame: 1 / 8,
      recallKind: 3 / 8,
      precision: 3 / 6,
      top1Same: 1 / 4,
      top1Kind: 2 / 4,
      wrongName: 1 / 4,
      falsePositives: 1 / 2,
    });
  });

  it("says nothing of what there is none of", () => {
    expect(recognition([NOTHING])).toMatchObject({ precision: null, falsePositives: null, recallKind: 0 });
  });
});
