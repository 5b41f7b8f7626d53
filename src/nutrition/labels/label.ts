import type { NutrientField } from "../nutrient-table.ts";
import type { Nutrients } from "../nutrients.ts";

/** A piece of text and where it stands across its row, in any unit that grows to the right. */
export interface LabelCell {
  text: string;
  x: number;
}

/** The text on a photographed label: rows from top to bottom, cells from left to right, nothing interpreted. */
export interface LabelText {
  /** The name of the product if the reader could tell it from the table; null otherwise. */
  productName: string | null;
  rows: readonly (readonly LabelCell[])[];
  /**
   * 0–1: how sure a reader of single characters was of its words; three of four reach it. Null for a model that
   * transcribes: it loses no points and takes no letters for digits, so that nothing of it is repaired.
   */
  legibility: number | null;
}

/**
 * The nutrients of `servingSize` of `unit`; unrounded, carbohydrate by difference (with its fibre) as in the food
 * table.
 */
export interface LabelContent {
  name: string | null;
  /** The printed serving; 100 if the label states none. */
  servingSize: number;
  unit: "g" | "ml";
  nutrients: Nutrients;
  /** The same per 100 of `unit`; computed from the serving where the label has no such column. */
  per100: Nutrients;
  /** The column that was read and checked against the energy. */
  readFrom: "serving" | "per_100";
  /** Fields that the label only bounds ("<1 g", "traces"): half of the bound stands in for the amount. */
  belowLimit: NutrientField[];
  /** Sentences about what was repaired, assumed or omitted. */
  warnings: string[];
}

/** Why there is no content; `detail` is a sentence for people. */
export interface LabelRefusal {
  reason: "no_label" | "label_incomplete" | "serving_unknown" | "energy_mismatch";
  detail: string;
}
