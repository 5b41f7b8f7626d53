import type { EstimateErrors } from "./metrics.ts";
import { COMPARED_FIELDS, type ComparedField, type MealsReport } from "./run-meals.ts";
import type { PhotosReport } from "./run-photos.ts";

/** One line of a report: what it is, how much, and over what. */
export interface Figure {
  name: string;
  value: string;
  note: string;
}

const NOTHING = "–";

export const percent = (share: number | null): string => (share === null ? NOTHING : `${(share * 100).toFixed(1)} %`);
export const rounded = (value: number | null, digits = 1): string => (value === null ? NOTHING : value.toFixed(digits));
const seconds = (value: number | null): string => (value === null ? NOTHING : `${value.toFixed(2)} s`);
const milliseconds = (value: number | null): string => (value === null ? NOTHING : `${(value * 1000).toFixed(0)} ms`);

function errorFigures(what: string, unit: string, errors: EstimateErrors | null): Figure[] {
  if (errors === null) return [{ name: `${what}, MAE`, value: NOTHING, note: "no ground truth" }];
  const { count, meanTruth, mae, pmae, meanShare, medianShare, bias } = errors;
  return [
    {
      name: `${what}, MAE`,
      value: `${rounded(mae)} ${unit}`,
      note: `over ${count}, with a mean of ${rounded(meanTruth)} ${unit}`,
    },
    { name: `${what}, PMAE`, value: percent(pmae), note: "MAE / mean of the truth" },
    { name: `${what}, mean error per meal`, value: percent(meanShare), note: `median ${percent(medianShare)}` },
    {
      name: `${what}, bias`,
      value: `${bias > 0 ? "+" : ""}${rounded(bias)} ${unit}`,
      note: "mean of estimate − truth",
    },
  ];
}

export function photoFigures({ recognition: seen, ...report }: PhotosReport): Figure[] {
  const { coverage } = report;
  return [
    {
      name: "photos with food",
      value: String(seen.photosWithFood),
      note: `${percent(seen.answered)} got a result with food${report.enlarged > 0 ? `; ${report.enlarged} photos enlarged to 512 pixels` : ""}`,
    },
    { name: "recall", value: percent(seen.recallKind), note: `exact food: ${percent(seen.recallSame)}` },
    { name: "precision", value: percent(seen.precision), note: "of the foods named in results" },
    { name: "top-1", value: percent(seen.top1Kind), note: `exact food: ${percent(seen.top1Same)}` },
    {
      name: "wrong-name rate",
      value: percent(seen.wrongName),
      note: "results that name only foods that are not there",
    },
    {
      name: "false positives on non-food",
      value: percent(seen.falsePositives),
      note: `photos without food: ${seen.photosWithoutFood}`,
    },
    ...errorFigures("energy", "kcal", report.energy),
    ...errorFigures("mass", "g", report.mass),
    {
      name: "coverage of the 10–90 % ranges",
      value: percent(coverage?.share ?? null),
      note:
        coverage === null
          ? ""
          : `80 % is expected; ${coverage.count} ranges, mean width ${percent(coverage.meanWidth)} of the truth`,
    },
    {
      name: "calibration error of the confidence",
      value: percent(report.calibrationError),
      note: "mean distance between stated confidence and accuracy; 0 % is best",
    },
    {
      name: "time per photo, median",
      value: seconds(report.seconds.median),
      note: `95th percentile ${seconds(report.seconds.p95)}; sequential`,
    },
  ];
}

const MEAL_NAMES: Record<ComparedField, { name: string; unit: string }> = {
  kcal: { name: "energy", unit: "kcal" },
  protein_g: { name: "protein", unit: "g" },
  fat_g: { name: "fat", unit: "g" },
  carbohydrate_g: { name: "carbohydrate", unit: "g" },
};

export const mealFigures = (report: MealsReport): Figure[] => [
  { name: "meals", value: String(report.rows.length), note: `${report.ingredients} ingredients` },
  {
    name: "ingredients found in the table",
    value: percent(report.matched),
    note: `${percent(report.matchedGrams)} of the grams; the rest counts as zero`,
  },
  ...COMPARED_FIELDS.flatMap((field) =>
    errorFigures(MEAL_NAMES[field].name, MEAL_NAMES[field].unit, report.errors[field]),
  ),
  {
    name: "time per meal, median",
    value: milliseconds(report.seconds.median),
    note: `95th percentile ${milliseconds(report.seconds.p95)}; table look-ups only`,
  },
];

/** What counts as right, printed with the figures. */
export const COUNTING = [
  'A name is correct if the food table maps it to the food of a label, or if its noun is the label\'s ("exact food"',
  "counts only the former); ingredients of a labeled dish are correct too. Top-1 is the dish's name, or the first name in",
  "it. In Nutrition5k's dishes, ingredients under 5 % by weight may be missed. A photo without a result found nothing.",
];

/** How to calibrate confidences with the reliability table; printed with it. */
export const CALIBRATION_PROCEDURE = [
  "A name with confidence 0.7 should be correct 7 times out of 10. The table shows the accuracy for each tenth.",
  "To calibrate: take the calibration points (JSON: calibration; isotonic regression, which preserves the order) from at",
  "least 200 names, replace a stated confidence with the value interpolated between the two surrounding points, or the first",
  "or last point beyond the ends, and validate on photos that were not used for the points: the calibration error",
  "must decrease. The points apply only to the models and the prompt version they were measured with.",
];
