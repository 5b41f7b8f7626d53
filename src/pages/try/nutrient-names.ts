import type { NutrientField } from "../../nutrition/nutrients.ts";

/** One nutrient's row; a part belongs to the row above it that is none. Soft hyphens say where a name may be broken. */
type NutrientRow = readonly [field: NutrientField, name: string, isPart?: "part"];

/** The nutrients in groups, as a label has them. */
export const NUTRIENT_GROUPS: readonly [group: string, rows: readonly NutrientRow[]][] = [
  [
    "Energy and macronutrients",
    [
      ["energy_kcal", "Energy"],
      ["fat_total_g", "Fat"],
      ["fat_saturated_g", "saturated", "part"],
      ["fat_monounsaturated_g", "mono\u00adunsaturated", "part"],
      ["fat_polyunsaturated_g", "poly\u00adunsaturated", "part"],
      ["fat_trans_g", "trans", "part"],
      ["cholesterol_mg", "Cholesterol"],
      ["carbohydrate_g", "Carbohydrate"],
      ["sugars_total_g", "sugars", "part"],
      ["fiber_total_dietary_g", "fiber", "part"],
      ["protein_g", "Protein"],
    ],
  ],
  [
    "Minerals",
    [
      ["sodium_mg", "Sodium"],
      ["potassium_mg", "Potassium"],
      ["calcium_mg", "Calcium"],
      ["iron_mg", "Iron"],
      ["magnesium_mg", "Magnesium"],
      ["phosphorus_mg", "Phosphorus"],
      ["zinc_mg", "Zinc"],
    ],
  ],
  [
    "Vitamins",
    [
      ["vitamin_a_rae_mcg", "Vitamin A (RAE)"],
      ["vitamin_c_mg", "Vitamin C"],
      ["vitamin_d_mcg", "Vitamin D"],
      ["vitamin_e_mg", "Vitamin E"],
      ["vitamin_k_mcg", "Vitamin K"],
      ["thiamin_mg", "Thiamin (B1)"],
      ["riboflavin_mg", "Riboflavin (B2)"],
      ["niacin_mg", "Niacin (B3)"],
      ["vitamin_b6_mg", "Vitamin B6"],
      ["folate_mcg", "Folate"],
      ["vitamin_b12_mcg", "Vitamin B12"],
    ],
  ],
];

const UNITS: Readonly<Record<string, string>> = { kcal: "kcal", g: "g", mg: "mg", mcg: "µg" };

/** The unit of a field, which is the last part of its name, as people write it. */
export const unitOf = (field: NutrientField): string => UNITS[field.slice(field.lastIndexOf("_") + 1)] ?? "";

/** From here on a decimal says more than anyone knows. */
const WHOLE_FROM = 100;

/** A number as the page shows it: with one decimal where it is small, thousands apart. */
export const shownNumber = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: value < WHOLE_FROM ? 1 : 0 });
