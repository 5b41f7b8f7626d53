import type { NutrientField } from "../nutrition/nutrient-table.ts";
import { BASIC_FIELDS, roundNutrients, type Nutrients } from "../nutrition/nutrients.ts";
import { UNNAMED_PRODUCT } from "../nutrition/labels/product-name.ts";
import { atPortion } from "./changes/portion.ts";
import type {
  AnalysisResponse,
  ContentResponse,
  IngredientResponse,
  LabelReading,
  RecordResponse,
  StatusBody,
  UploadResponse,
} from "./responses.ts";
import { progressOf, type Progress } from "./history.ts";
import type { AnalysisReport, Ingredient, LifeEvent, LocatedFood, NutritionRecord, RecordContent } from "./record.ts";
import { translationLanguage } from "./translations.ts";
import type { UploadOptions } from "./upload-options.ts";

/** RFC 3339 UTC with milliseconds. */
const asTime = (ms: number): string => new Date(ms).toISOString();
/** A size with one decimal, or with two where one would make nothing of it. */
const asSize = (value: number): number => (value < 1 ? Math.round(value * 100) / 100 : Math.round(value * 10) / 10);
const asShare = (value: number): number => Math.round(value * 100) / 100;

function presentNutrients(nutrients: Nutrients, requested: readonly NutrientField[]): Nutrients {
  return roundNutrients(nutrients, requested.length === 0 ? BASIC_FIELDS : requested);
}

/** Whether a translation is shown: one that the upload asked for, found or not, or one that a user has entered. */
const isTranslated = (translation: string | undefined, options: UploadOptions): boolean =>
  translation !== undefined || translationLanguage(options) !== null;

const presentIngredient = (ingredient: Ingredient, options: UploadOptions): IngredientResponse => ({
  name: ingredient.name,
  ...(isTranslated(ingredient.nameTranslated, options) && { name_translated: ingredient.nameTranslated ?? null }),
  serving_size: asSize(ingredient.servingSize),
  unit: ingredient.unit,
  nutritional_fields:
    ingredient.nutrients === null ? {} : presentNutrients(ingredient.nutrients, options.include_nutrition_fields),
});

/** Thousandths: finer than a pixel on most screens. */
const asPlace = (value: number): number => Math.round(value * 1000) / 1000;

const presentBox = ({ name, x, y, width, height }: LocatedFood) => ({
  name,
  x: asPlace(x),
  y: asPlace(y),
  width: asPlace(width),
  height: asPlace(height),
});

const presentAnalysis = (report: AnalysisReport, ingredients: readonly Ingredient[]): AnalysisResponse => ({
  mode: report.mode,
  models: report.models,
  prompt_version: report.promptVersion,
  confidence: asShare(report.confidence),
  energy_kcal_range: report.energyKcalRange?.map(Math.round) ?? null,
  warnings: report.warnings,
  cached: report.cached,
  ...(report.boxes !== undefined && { boxes: report.boxes.map(presentBox) }),
  timings_ms: report.timingsMs,
  ingredients: ingredients.map((ingredient) => ({
    name: ingredient.name,
    confidence: ingredient.confidence === null ? null : asShare(ingredient.confidence),
    food_source:
      ingredient.foodSource === null ? null : { ...ingredient.foodSource, match: asShare(ingredient.foodSource.match) },
    alternatives: ingredient.alternatives.map((food) => ({ ...food, match: asShare(food.match) })),
  })),
});

/** Whether the dish is described: the upload asked for that, or a user has entered a description. */
const isDescribed = ({ dishDescription, analysis }: RecordContent, options: UploadOptions): boolean =>
  options.include_dish_description || (analysis === null && dishDescription !== null);

const presentTranslations = (content: RecordContent, options: UploadOptions): Partial<ContentResponse> => ({
  ...(isTranslated(content.dishNameTranslated, options) && {
    dish_name_translated: content.dishNameTranslated ?? null,
  }),
  ...(isTranslated(content.dishDescriptionTranslated, options) &&
    isDescribed(content, options) && {
      dish_description_translated: content.dishDescriptionTranslated ?? null,
    }),
});

const presentContent = (content: RecordContent, { options }: NutritionRecord): ContentResponse => ({
  dish_name: content.dishName,
  ...(isDescribed(content, options) && { dish_description: content.dishDescription }),
  ...presentTranslations(content, options),
  ...(options.include_nutri_score && { nutri_score: content.nutriScore }),
  serving_size: asSize(content.servingSize),
  unit: content.unit,
  nutritional_fields: presentNutrients(content.nutrients, options.include_nutrition_fields),
  ...(options.include_ingredients && {
    ingredients: content.ingredients.map((ingredient) => presentIngredient(ingredient, options)),
  }),
  ...(content.analysis !== null && { analysis: presentAnalysis(content.analysis, content.ingredients) }),
});

/** Until when an analysis waits, and for what; nothing unless it does. */
const presentRetry = ({ retry }: Pick<NutritionRecord, "retry">) =>
  retry === null ? {} : { retry_at: asTime(retry.at), retry_reason: retry.reason };

/** The record as `GET /nutrition_records/{id}` and the webhook show it, with the options of its upload. */
export const presentRecord = (record: NutritionRecord): RecordResponse => ({
  record_id: record.id,
  status: record.status,
  input_type: record.inputType,
  application_user_id: record.userId,
  ...(record.content !== null && presentContent(atPortion(record.content, record.servingSize), record)),
  failure_reason: record.failure?.reason ?? null,
  failure_code: record.failure?.code ?? null,
  ...presentRetry(record),
  metadata: record.metadata,
  uploaded_at: asTime(record.uploadedAt),
  modified_at: asTime(record.modifiedAt),
  consumed_at: record.consumedAt === null ? null : asTime(record.consumedAt),
  ...(record.options.user_time_offset_minutes !== undefined && {
    user_time_offset_minutes: record.options.user_time_offset_minutes,
  }),
});

/** What was read of a label that is a record. */
export const presentLabel = (record: NutritionRecord): LabelReading => ({
  record_id: record.id,
  ...presentLabelFacts(record),
});

/** What was read of a label; without values while it is not read, or when it could not be. */
export function presentLabelFacts(record: NutritionRecord): LabelReading {
  const { dish_name: name = null, serving_size = null, unit = null, ...shown } = presentRecord(record);
  return {
    name: name === UNNAMED_PRODUCT ? null : name,
    serving_size,
    unit,
    nutritional_fields: shown.nutritional_fields ?? {},
    status: shown.status,
    failure_reason: shown.failure_reason,
    failure_code: shown.failure_code,
    warnings: shown.analysis?.warnings ?? [],
  };
}

/** What a poller needs of a record. */
export type RecordStatus = Pick<NutritionRecord, "id" | "status" | "version" | "failure" | "retry" | "modifiedAt">;

/** A small response for polling. D1 does not see the stages: without them, progress is inferred from the status. */
export const presentStatus = (
  record: RecordStatus,
  { stage, percent }: Progress = progressOf(record.status),
): StatusBody => ({
  record_id: record.id,
  status: record.status,
  progress: { stage, percent },
  modified_at: asTime(record.modifiedAt),
  ...(record.failure !== null && { failure_reason: record.failure.reason, failure_code: record.failure.code }),
  ...presentRetry(record),
});

/** The same answer as it was at one moment of the record's life. */
export function presentEvent(record: NutritionRecord, event: LifeEvent): StatusBody {
  const { status, version } = event;
  // A stage changes nothing: the record was modified when this version of it began.
  const began = record.history.find((other) => other.version === version) ?? event;
  const failure = status === record.status ? record.failure : null;
  const { retry = null } = event;
  return presentStatus({ id: record.id, status, version, failure, retry, modifiedAt: began.at }, event);
}

/** The strong entity tag of a record in this version. */
export const entityTag = (record: Pick<NutritionRecord, "id" | "version">): string =>
  `"${record.id}.${record.version}"`;

/** The answer to an accepted upload. */
export const presentUpload = (record: Pick<NutritionRecord, "id" | "uploadedAt">): UploadResponse => ({
  record_id: record.id,
  status: "pending",
  uploaded_at: asTime(record.uploadedAt),
});
