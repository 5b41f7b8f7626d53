import { mealTotals } from "../records/meal-totals.ts";
import { UNNAMED_PRODUCT } from "../nutrition/labels/product-name.ts";
import type { PhotoOwner } from "../photos/photo-store.ts";
import type { AnalysisOutcome, AnalysisReport, Ingredient, NutritionRecord, RecordContent } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { UNREADABLE_FAILURE } from "./model-failure.ts";
import { readLabel, type LabelPorts, type ReadLabel } from "./read-label.ts";
import type { TellStage } from "./stage-reports.ts";

/** Dependencies of the record of a label. */
export interface AnalyzeLabelPorts extends LabelPorts {
  readPhoto(owner: PhotoOwner): Promise<Uint8Array | null>;
}

/**
 * The share of right values in labels that the local reader read without and with warnings: 1,620 of 1,621 and 3,045 of
 * 3,174, in 523 rendered photos (test/samples/labels/measure.ts). Vision models were not measured.
 */
const CONFIDENCE = { withoutWarnings: 0.99, withWarnings: 0.96 };

const HINT_UNUSED = "Labels are read as printed; the hint was not used.";

/** The product is the record's one ingredient. Its size is printed, so that nothing about it is estimated. */
function toContent(
  label: ReadLabel,
  run: Pick<AnalysisReport, "mode" | "timingsMs">,
  warnings: readonly string[],
): RecordContent {
  const { servingSize, unit, nutrients } = label;
  const name = label.name ?? UNNAMED_PRODUCT;
  const product: Ingredient = {
    name,
    servingSize,
    unit,
    nutrients,
    confidence: label.warnings.length === 0 ? CONFIDENCE.withoutWarnings : CONFIDENCE.withWarnings,
    foodSource: null,
    traits: null,
    alternatives: [],
  };
  const { confidence, energyKcalRange } = mealTotals([product]);
  return {
    dishName: name,
    dishDescription: null,
    nutriScore: null,
    servingSize,
    unit,
    nutrients,
    ingredients: [product],
    analysis: {
      ...run,
      models: [label.model],
      promptVersion: label.promptVersion,
      confidence,
      energyKcalRange,
      warnings: [...warnings, ...label.warnings],
      cached: false,
    },
  };
}

/**
 * Analyzes the photo of a label. `hint` is the user's hint for a re-analysis, which does not help with reading.
 * Retryable failures are values; bugs and outages throw.
 */
export async function analyzeLabel(
  record: NutritionRecord,
  hint: string | null,
  ports: AnalyzeLabelPorts,
  tell: TellStage,
): Promise<Result<AnalysisOutcome, Postponement>> {
  const started = ports.now();
  const bytes = await ports.readPhoto({ applicationId: record.applicationId, recordId: record.id });
  if (record.photo === null || bytes === null) {
    return ok({ status: "failed", failure: UNREADABLE_FAILURE });
  }
  const prepared = ports.now();
  tell("recognising");
  const label = await readLabel({ stored: record.photo, bytes }, ports);
  if (!label.ok) return "code" in label.error ? ok({ status: "failed", failure: label.error }) : fail(label.error);
  const timingsMs = { photo: prepared - started, recognize: ports.now() - prepared };
  const run = { mode: record.options.analysis_mode, timingsMs };
  return ok({ status: "completed", content: toContent(label.value, run, hint === null ? [] : [HINT_UNUSED]) });
}
