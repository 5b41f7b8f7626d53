import type { Nutrients } from "../nutrition/nutrients.ts";
import type { ScoreTraits } from "../nutrition/score-traits.ts";
import type { UploadOptions } from "./upload-options.ts";

export const STATUSES = ["pending", "processing", "completed", "failed", "updated", "canceled"] as const;
export type Status = (typeof STATUSES)[number];

/** What a record was made of: `manual` ones were typed by hand and have never been analyzed. */
export const INPUT_TYPES = ["image", "label", "text", "manual"] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** The progress of a running analysis. */
export const STAGES = ["queued", "reading", "recognising", "computing", "done"] as const;
export type Stage = (typeof STAGES)[number];

/** One moment of a record's life, as live listeners are notified of it. `n` counts from 1, without a gap. */
export interface LifeEvent {
  n: number;
  status: Status;
  /** The record's version at that moment. */
  version: number;
  stage: Stage;
  /** 0–100. */
  percent: number;
  /** Unix milliseconds. */
  at: number;
  /** Absent: it did not wait for another try. */
  retry?: Retry;
}

/** Why an analysis waits: `service_unavailable` is the service's own storage or its platform, all else the models'. */
export const RETRY_REASONS = [
  "models_unavailable",
  "quota_exhausted",
  "model_misconfigured",
  "service_unavailable",
] as const;
export type RetryReason = (typeof RETRY_REASONS)[number];

/** That an analysis could not be done and is retried, from `at` (Unix milliseconds) on. */
export interface Retry {
  at: number;
  reason: RetryReason;
}

export const FAILURE_CODES = [
  "no_food_found",
  "image_unreadable",
  "label_not_found",
  "analysis_unavailable",
  "timed_out",
  "canceled",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** Why a record failed: a code for programs and a sentence for people. */
export interface Failure {
  code: FailureCode;
  reason: string;
}

/** What intake learned of the stored photo from its own header. `orientation` is the EXIF value 1–8. */
export interface StoredPhoto {
  format: "jpeg" | "png" | "webp";
  bytes: number;
  width: number;
  height: number;
  orientation: number;
}

/** Where an ingredient's nutrients come from; `match` 0–1 says how well the name fits the table's food. */
export interface FoodSource {
  table: string;
  id: string;
  match: number;
}

/** The unit of amounts. Models and foods know grams only; the others come from labels and from users. */
export const UNITS = ["g", "mg", "mcg", "ml", "kcal"] as const;
export type Unit = (typeof UNITS)[number];

/** One food of a record. Nutrients are for `servingSize` of `unit`, unrounded; null when no food matched the name. */
export interface Ingredient {
  name: string;
  /** The name in the language that the upload asks for; absent: none is known, or none was asked for. */
  nameTranslated?: string;
  servingSize: number;
  unit: Unit;
  nutrients: Nutrients | null;
  /** 0–1; null for what a user typed. */
  confidence: number | null;
  foodSource: FoodSource | null;
  /** How it counts in a Nutri-Score; null when no food matched, or a user typed it. */
  traits: ScoreTraits | null;
  alternatives: (FoodSource & { name: string })[];
  /** 10th and 90th percentile of `servingSize`; absent where it is exact, because a user or a label gave it. */
  sizeRange?: [number, number];
  /** Ingredients of one recognized item share this number and their error in size; absent: an item of its own. */
  item?: number;
  /** The size that a user has set instead of `servingSize`, which stays what the nutrients are for. */
  setServingSize?: number;
}

/** Where a model saw one piece of a food: fractions 0–1 of the upright photo, from its left and its top. */
export interface LocatedFood {
  /** The food as the model named it. */
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How an analysis arrived at its numbers. Times in milliseconds, energies in kilocalories. */
export interface AnalysisReport {
  mode: "precise" | "fast";
  models: string[];
  /** Which version of our prompt the model answered; null for a model that takes none. */
  promptVersion: string | null;
  confidence: number;
  energyKcalRange: [number, number] | null;
  warnings: string[];
  cached: boolean;
  timingsMs: Record<string, number>;
  /** Absent if no model reported any. */
  boxes?: LocatedFood[];
}

export const CALL_OUTCOMES = ["answered", "failed", "timed_out"] as const;

/**
 * What kept a call from its answer:
 * - `busy`: capacity, time, network: the same call may succeed soon;
 * - `quota`: what the account may ask for is spent, until it is counted again;
 * - `misconfigured`: a person must change a setting, a plan or a key;
 * - `request_refused`: our request is wrong, and a new version of the program must fix it;
 * - `photo_rejected`: the image cannot be read.
 */
export const CALL_REASONS = ["busy", "quota", "misconfigured", "request_refused", "photo_rejected"] as const;
export type CallReason = (typeof CALL_REASONS)[number];

/** One request to a model, without what was asked or said. */
export interface ModelCall {
  model: string;
  /** Unix milliseconds. */
  startedAt: number;
  /** Null if the caller had stopped waiting for the response. */
  durationMs: number | null;
  outcome: (typeof CALL_OUTCOMES)[number];
  /** Absent for a successful call, and if unknown. */
  reason?: CallReason;
  /** As reported by the model; null if it does not report it. */
  inputTokens: number | null;
  outputTokens: number | null;
}

/** What an analysis found, or a user typed. Nutrients are for the whole `servingSize`, unrounded. */
export interface RecordContent {
  dishName: string;
  /** In the language that the upload asks for, like the description and the ingredients' names; absent as there. */
  dishNameTranslated?: string;
  dishDescription: string | null;
  dishDescriptionTranslated?: string;
  nutriScore: string | null;
  servingSize: number;
  unit: Unit;
  nutrients: Nutrients;
  ingredients: Ingredient[];
  /**
   * The totals that a user typed: they stay when ingredients change, as `servingSize` then does. Absent: nothing typed.
   */
  typedNutrients?: Nutrients;
  /** What the record was made of before a user typed over it; a re-analysis goes by that. */
  typedOver?: InputType;
  /** Null for what a user typed. */
  analysis: AnalysisReport | null;
}

/** One meal and the outcome of it. All times are Unix milliseconds. */
export interface NutritionRecord {
  id: string;
  applicationId: number;
  userId: string;
  status: Status;
  /** Grows by one with every transition; the ETag is made of it. */
  version: number;
  inputType: InputType;
  options: UploadOptions;
  metadata: Record<string, string> | null;
  /** Null for a record that was made without one. */
  photo: StoredPhoto | null;
  /** The sentence of a `text` record. */
  inputText: string | null;
  /** What the analysis found. It stays as it is: a changed portion is applied to it when it is shown. */
  content: RecordContent | null;
  /** The portion that the user has set, in the content's unit; null = the content's own. */
  servingSize: number | null;
  failure: Failure | null;
  /** Null unless its analysis waits for another try. */
  retry: Retry | null;
  /** The latest events of its life, oldest first; see `history.ts`. */
  history: readonly LifeEvent[];
  /** The latest requests to models that were made for it, oldest first. */
  modelCalls: readonly ModelCall[];
  uploadedAt: number;
  modifiedAt: number;
  /** Null for a planned meal, until it is eaten. */
  consumedAt: number | null;
}

/** How an analysis ended: with content, or with the reason why there is none; and which models it asked, if any. */
export type AnalysisOutcome = { calls?: readonly ModelCall[] } & (
  | { status: "completed"; content: RecordContent }
  | { status: "failed"; failure: Failure }
);

/** The owner of a record; every look-up for a client is bound to it, so that a foreign id is an unknown one. */
export type Owner = Pick<NutritionRecord, "applicationId" | "userId">;

/** A stalled record. */
export type StalledRecord = Pick<NutritionRecord, "id" | "status">;
