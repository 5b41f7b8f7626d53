import type { Ingredient, NutrientField, NutritionRecord, Status, Unit, UploadImageQuery } from "./types.ts";

/** The options of a photo. */
export interface UploadOptions extends UploadImageQuery {
  /** Whether the answer is the finished record, when it is ready in time. */
  wait_on_process?: boolean;
  /** The bound of that wait, 1 to 60; 30 when left out. */
  max_duration_seconds?: number;
  /** Whether an earlier analysis of the same photo is left aside. */
  ignore_cache?: boolean;
}

/** Amounts as a user types them; salt becomes `sodium_mg`. */
export type TypedNutrients = Partial<Record<NutrientField | "salt_g" | "salt_mg" | "sodium_g", number>>;

/** A meal as a user types it. */
export interface TypedMeal {
  dish_name: string;
  /** At least 0.01. */
  serving_size: number;
  unit: Unit;
  /** For the whole `serving_size`. */
  nutritional_fields?: TypedNutrients;
  ingredients?: { name: string; serving_size: number; unit: Unit; nutritional_fields?: TypedNutrients }[];
  consumed_at?: string;
  metadata?: Record<string, string>;
}

/** Either `remove`, or at least one of the others. */
export interface IngredientChange {
  serving_size?: number;
  /** What it is instead: looked up in the food table. */
  name?: string;
  /** One of the ingredient's `alternatives`. */
  food_source?: { table: string; id: string };
  remove?: boolean;
}

/** What a nutrition-facts label says. */
export interface LabelAnswer extends Pick<Ingredient, "serving_size" | "unit" | "nutritional_fields"> {
  name: string;
  status: Status;
  failure_reason: string | null;
}

/** A day of the user's clock. */
export interface SummaryQuery {
  /** Such as `2026-11-23`. */
  day: string;
  user_time_offset_minutes?: number;
}

/** A day's totals. */
export interface DaySummary {
  nutritional_fields: NutritionRecord["nutritional_fields"];
  [field: string]: unknown;
}
