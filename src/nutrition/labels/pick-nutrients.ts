import { type NutrientField, NUTRIENT_FIELDS } from "../nutrient-table.ts";
import type { Nutrients } from "../nutrients.ts";
import type { ColumnReadings } from "./column-readings.ts";
import { type CheckedEnergy, fittingPart, PART_OF } from "./energy-check.ts";
import type { LabelStyle } from "./label-style.ts";
import type { Reading } from "./readings.ts";

/** As in `LabelContent`, for the column that was read. */
export interface PickedNutrients {
  nutrients: Nutrients;
  belowLimit: NutrientField[];
  warnings: string[];
}

const MACRONUTRIENTS = { fat_total_g: "fat", carbohydrate_g: "carbohydrate", protein_g: "protein" } as const;

/** What the fields that can be repaired are called; salt is reported as sodium. */
const REPAIRABLE: Partial<Record<NutrientField, string>> = {
  ...MACRONUTRIENTS,
  fiber_total_dietary_g: "fiber",
  fat_saturated_g: "saturated fat",
  fat_trans_g: "trans fat",
  fat_monounsaturated_g: "monounsaturated fat",
  fat_polyunsaturated_g: "polyunsaturated fat",
  sugars_total_g: "sugars",
  sodium_mg: "sodium",
};

const SIGNIFICANT_DECIMALS = 100;

function warningsOf(chosen: ReadonlyMap<NutrientField, Reading>): string[] {
  const repaired = [...chosen].flatMap(([field, { repaired: isRepaired, value }]) => {
    const name = REPAIRABLE[field];
    const rounded = Math.round(value * SIGNIFICANT_DECIMALS) / SIGNIFICANT_DECIMALS;
    return isRepaired && name !== undefined ? [`${name} ${rounded} ${field.endsWith("_mg") ? "mg" : "g"}`] : [];
  });
  const missing = Object.entries(MACRONUTRIENTS).filter(([field]) => !chosen.has(field as NutrientField));
  return [
    ...(repaired.length > 0 ? [`Hard to read; the best fit was used for: ${repaired.join(", ")}.`] : []),
    ...missing.map(([, name]) => `The ${name} could not be read.`),
  ];
}

const isPart = (field: NutrientField): field is keyof typeof PART_OF => field in PART_OF;

const pickReading = (field: NutrientField, readings: readonly Reading[], energy: CheckedEnergy): Reading | null =>
  isPart(field) ? fittingPart(field, readings, energy) : (readings[0] ?? null);

/** Carbohydrate by difference, as the food table counts it: with its fibre. */
function totalCarbohydrate({ carbohydrate, fiber, carbohydrateHasFiber }: CheckedEnergy): number | null {
  if (carbohydrate === null) return null;
  return carbohydrate.value + (carbohydrateHasFiber ? 0 : (fiber?.value ?? 0));
}

function sodiumReading(column: ColumnReadings, style: LabelStyle): Reading | null {
  const sodium = column.nutrients.get("sodium_mg")?.[0];
  const salt = column.nutrients.get("salt")?.[0];
  if (sodium !== undefined || salt === undefined) return sodium ?? null;
  return { ...salt, value: (salt.value * 1000) / style.saltPerSodium };
}

/** The amounts of a column whose energy agrees. Fields that were not read stay absent. */
export function pickNutrients(column: ColumnReadings, energy: CheckedEnergy, style: LabelStyle): PickedNutrients {
  const decided: Partial<Record<NutrientField, Reading | null>> = {
    fat_total_g: energy.fat,
    protein_g: energy.protein,
    fiber_total_dietary_g: energy.fiber,
    carbohydrate_g: energy.carbohydrate,
    sodium_mg: sodiumReading(column, style),
  };
  const chosen = new Map<NutrientField, Reading>();
  for (const field of NUTRIENT_FIELDS) {
    if (field === "energy_kcal") continue;
    const reading = field in decided ? decided[field] : pickReading(field, column.nutrients.get(field) ?? [], energy);
    if (reading !== null && reading !== undefined) chosen.set(field, reading);
  }
  const nutrients: Nutrients = { energy_kcal: energy.kcal };
  for (const [field, { value }] of chosen) nutrients[field] = value;
  const carbohydrate = totalCarbohydrate(energy);
  if (carbohydrate !== null) nutrients.carbohydrate_g = carbohydrate;
  const belowLimit = [...chosen].filter(([, { below }]) => below).map(([field]) => field);
  return { nutrients, belowLimit, warnings: warningsOf(chosen) };
}
