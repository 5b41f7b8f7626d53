/** Errors of estimates against the ground truth, over the cases that have both. */
export interface EstimateErrors {
  count: number;
  meanTruth: number;
  /** Mean absolute error, in the unit of the values. */
  mae: number;
  /** MAE / mean of the truth: the "PMAE" of Nutrition5k's paper. */
  pmae: number;
  /** Mean of |error| / truth over the cases ("MAPE"), which small meals dominate; null when every truth is zero. */
  meanShare: number | null;
  medianShare: number | null;
  /** Mean of estimate − truth: below zero, it estimates too little. */
  bias: number;
}

export interface Estimate {
  estimated: number;
  truth: number;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The quantile of some values, 0–1, interpolated between neighbors; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  return below === undefined || above === undefined
    ? null
    : below + (above - below) * (position - Math.floor(position));
}

/** Null without any case. */
export function estimateErrors(cases: readonly Estimate[]): EstimateErrors | null {
  if (cases.length === 0) return null;
  const errors = cases.map(({ estimated, truth }) => estimated - truth);
  const mae = mean(errors.map(Math.abs));
  const meanTruth = mean(cases.map(({ truth }) => truth));
  const shares = cases
    .filter(({ truth }) => truth > 0)
    .map(({ estimated, truth }) => Math.abs(estimated - truth) / truth);
  return {
    count: cases.length,
    meanTruth,
    mae,
    pmae: mae / meanTruth,
    meanShare: shares.length === 0 ? null : mean(shares),
    medianShare: quantile(shares, 0.5),
    bias: mean(errors),
  };
}

/** How often the truth lies in the stated 10–90 % range; 80 % is expected. */
export interface Coverage {
  count: number;
  share: number;
  /** Mean of range width / truth: a range that holds everything is of no use. */
  meanWidth: number;
}

export interface StatedRange {
  low: number;
  high: number;
  truth: number;
}

/** Null without any case. */
export function rangeCoverage(cases: readonly StatedRange[]): Coverage | null {
  if (cases.length === 0) return null;
  const inside = cases.filter(({ low, high, truth }) => low <= truth && truth <= high);
  const widths = cases.filter(({ truth }) => truth > 0).map(({ low, high, truth }) => (high - low) / truth);
  return { count: cases.length, share: inside.length / cases.length, meanWidth: mean(widths) };
}

/** One answer: how many of its labels were found, and how many of the names that it gives are right. */
export interface JudgedPhoto {
  hasFood: boolean;
  /** It was responded with food; otherwise it failed, found none or was refused. */
  isAnswered: boolean;
  labels: number;
  /** Labels that were named as the same food, and those named at least as the same kind (the noun is right). */
  found: { same: number; kind: number };
  /** Foods that the response names, and how many of these are there. */
  named: number;
  right: number;
  /** Whether the first name is a label's food, or at least its kind. */
  first: { isSame: boolean; isKind: boolean };
}

/** Shares 0–1; null where there is nothing to take a share of. */
export interface RecognitionScore {
  photosWithFood: number;
  photosWithoutFood: number;
  answered: number | null;
  recallSame: number | null;
  recallKind: number | null;
  precision: number | null;
  top1Same: number | null;
  top1Kind: number | null;
  /** Photos with food whose answer names nothing that is there. */
  wrongName: number | null;
  /** Photos without food in which food was found. */
  falsePositives: number | null;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Recall and precision are over all labels and names together; the others over photos. */
export function recognition(photos: readonly JudgedPhoto[]): RecognitionScore {
  const withFood = photos.filter(({ hasFood }) => hasFood);
  const without = photos.filter(({ hasFood }) => !hasFood);
  const answered = withFood.filter(({ isAnswered }) => isAnswered);
  const labels = sum(withFood.map((photo) => photo.labels));
  const count = (test: (photo: JudgedPhoto) => boolean): number => withFood.filter(test).length;
  return {
    photosWithFood: withFood.length,
    photosWithoutFood: without.length,
    answered: share(answered.length, withFood.length),
    recallSame: share(sum(withFood.map(({ found }) => found.same)), labels),
    recallKind: share(sum(withFood.map(({ found }) => found.kind)), labels),
    precision: share(sum(answered.map(({ right }) => right)), sum(answered.map(({ named }) => named))),
    top1Same: share(
      count(({ first }) => first.isSame),
      withFood.length,
    ),
    top1Kind: share(
      count(({ first }) => first.isKind),
      withFood.length,
    ),
    wrongName: share(
      count(({ isAnswered, right, first }) => isAnswered && right === 0 && !first.isKind),
      withFood.length,
    ),
    falsePositives: share(without.filter(({ isAnswered }) => isAnswered).length, without.length),
  };
}
