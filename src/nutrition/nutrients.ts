import { NUTRIENT_FIELDS, type NutrientField } from "./nutrient-table.ts";

/** Amounts by field. A field that is absent is unknown, never 0. */
export type Nutrients = Partial<Record<NutrientField, number>>;

/** What a record shows when the request names no fields. */
export const BASIC_FIELDS = [
  "energy_kcal",
  "protein_g",
  "fat_total_g",
  "carbohydrate_g",
] as const satisfies readonly NutrientField[];

/** Atwater's general factors; half of the energy of fibre reaches the body (EU 1169/2011, annex XIV). Kcal per gram. */
const KCAL_PER_G = { carbohydrate: 4, fiber: 2, protein: 4, fat: 9 } as const;

function mapNutrients(nutrients: Nutrients, change: (value: number, field: NutrientField) => number): Nutrients {
  const changed: Nutrients = {};
  for (const field of NUTRIENT_FIELDS) {
    const value = nutrients[field];
    if (value !== undefined) changed[field] = change(value, field);
  }
  return changed;
}

/** Nutrients of `grams` of a food whose nutrients per 100 g are given. Unrounded. */
export const scaleToGrams = (per100g: Nutrients, grams: number): Nutrients =>
  mapNutrients(per100g, (value) => (value * grams) / 100);

/** The nutrients of a portion that is `factor` times as large. */
export const scaleNutrients = (nutrients: Nutrients, factor: number): Nutrients =>
  mapNutrients(nutrients, (value) => value * factor);

/**
 * The sum over ingredients. Ingredients without nutrients (null: no food matched) are omitted of the sum; the total
 * has a field only if every other ingredient has it, because a sum over a missing value is unknown, never smaller.
 */
export function sumNutrients(ingredients: readonly (Nutrients | null)[]): Nutrients {
  const [first, ...others] = ingredients.filter((nutrients) => nutrients !== null);
  if (first === undefined) return {};
  const total: Nutrients = {};
  for (const field of NUTRIENT_FIELDS) {
    let sum = first[field];
    for (const { [field]: value } of others) sum = sum === undefined || value === undefined ? undefined : sum + value;
    if (sum !== undefined) total[field] = sum;
  }
  return total;
}

/** The requested fields as the wire shows them: one decimal, whole kilocalories. The only place that rounds. */
export function roundNutrients(nutrients: Nutrients, fields: readonly NutrientField[]): Nutrients {
  const requested = new Set(fields);
  const rounded = mapNutrients(nutrients, (value, field) =>
    field === "energy_kcal" ? Math.round(value) : Math.round(value * 10) / 10,
  );
  return Object.fromEntries(Object.entries(rounded).filter(([field]) => requested.has(field as NutrientField)));
}

/**
 * Kilocalories that the macronutrients explain: 4 a gram of carbohydrate and protein, 9 of fat, and 2 of the fibre that
 * carbohydrate "by difference" contains. Null when one of the three is unknown. Alcohol (7 a gram) is not among the
 * fields and therefore not counted.
 */
export function energyFromMacros(nutrients: Nutrients): number | null {
  const { carbohydrate_g: carbohydrate, protein_g: protein, fat_total_g: fat } = nutrients;
  if (carbohydrate === undefined || protein === undefined || fat === undefined) return null;
  const fiber = Math.min(nutrients.fiber_total_dietary_g ?? 0, carbohydrate);
  return (
    KCAL_PER_G.carbohydrate * (carbohydrate - fiber) +
    KCAL_PER_G.fiber * fiber +
    KCAL_PER_G.protein * protein +
    KCAL_PER_G.fat * fat
  );
}
