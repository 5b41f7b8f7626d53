import type { FoodTable } from "../../nutrition/food-table.ts";
import { analyzePhoto, type ServiceAccess } from "./ask-service.ts";
import type { PhotoCase } from "./cases.ts";
import { judgeNames, judgePhoto, namesToCompare, type PhotoResponse } from "./judge.ts";
import {
  estimateErrors,
  quantile,
  rangeCoverage,
  recognition,
  type Coverage,
  type EstimateErrors,
  type JudgedPhoto,
  type RecognitionScore,
} from "./metrics.ts";
import { readPhotoFile } from "./photo-file.ts";
import { showProgress } from "./progress.ts";
import {
  calibrationError,
  calibrationPoints,
  reliabilityTable,
  type CalibrationPoint,
  type ReliabilityRow,
} from "./reliability.ts";
import { compareFoods } from "./same-food.ts";

export interface PhotoRow {
  photo: PhotoCase;
  answer: PhotoResponse;
  judged: JudgedPhoto;
}

/** Everything that the evaluation of photos says; shares are 0–1. */
export interface PhotosReport {
  kind: "photos";
  rows: PhotoRow[];
  enlarged: number;
  recognition: RecognitionScore;
  energy: EstimateErrors | null;
  mass: EstimateErrors | null;
  coverage: Coverage | null;
  reliability: ReliabilityRow[];
  calibrationError: number | null;
  calibration: CalibrationPoint[];
  seconds: { median: number | null; p95: number | null };
}

const isKnown = (value: number | null): value is number => value !== null;

/** Estimates against the truth, of the photos that have both. */
const pairs = (rows: readonly PhotoRow[], field: "kcal" | "grams") =>
  rows.flatMap(({ photo: { truth }, answer }) => {
    const [estimated, known] = [answer[field], truth[field]];
    return isKnown(estimated) && isKnown(known) ? [{ estimated, truth: known }] : [];
  });

const ranges = (rows: readonly PhotoRow[]) =>
  rows.flatMap(({ photo: { truth }, answer: { kcalRange } }) =>
    kcalRange === null || truth.kcal === null ? [] : [{ low: kcalRange[0], high: kcalRange[1], truth: truth.kcal }],
  );

/**
 * Sends the photos to the service, one after the other so that the times mean something, and judges the responses.
 * Labels and names are compared by `table`.
 */
export async function evaluatePhotos(
  photos: readonly PhotoCase[],
  access: ServiceAccess,
  table: FoodTable,
): Promise<PhotosReport> {
  const tell = showProgress("photos", photos.length);
  const answers: PhotoResponse[] = [];
  let enlarged = 0;
  for (const photo of photos) {
    const file = await readPhotoFile(photo.file);
    enlarged += Number(file.isEnlarged);
    answers.push(await analyzePhoto(access, file));
    tell(answers.length);
  }
  const answered = photos.flatMap((photo, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ photo, answer }];
  });
  const names = new Set(answered.flatMap(({ photo, answer }) => namesToCompare(photo, answer)));
  const foods = await compareFoods(table, names, showProgress("names", names.size));
  const rows = answered.map((one) => ({ ...one, judged: judgePhoto(one.photo, one.answer, foods) }));
  const named = answered.flatMap(({ photo, answer }) => judgeNames(photo, answer, foods));
  const reliability = reliabilityTable(named);
  const seconds = answers.map((answer) => answer.seconds);
  return {
    kind: "photos",
    rows,
    enlarged,
    recognition: recognition(rows.map(({ judged }) => judged)),
    energy: estimateErrors(pairs(rows, "kcal")),
    mass: estimateErrors(pairs(rows, "grams")),
    coverage: rangeCoverage(ranges(rows)),
    reliability,
    calibrationError: calibrationError(reliability),
    calibration: calibrationPoints(named),
    seconds: { median: quantile(seconds, 0.5), p95: quantile(seconds, 0.95) },
  };
}
