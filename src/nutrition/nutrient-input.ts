import { z } from "zod";
import { MAX_SERVING } from "../bounds.ts";
import { NUTRIENT_FIELDS, NUTRIENT_TABLE, type UNIT_SYMBOLS, type NutrientField } from "./nutrient-table.ts";
import type { Nutrients } from "./nutrients.ts";

/** Salt that a weight of sodium counts as on labels: salt = sodium × 2.5 (EU 1169/2011, annex I, point 11). */
const SALT_PER_SODIUM = 2.5;
const MG_PER_G = 1000;
/** Kilojoules in a kilocalorie, the thermochemical one of food tables (FAO, Food and Nutrition Paper 77). */
const KJ_PER_KCAL = 4.184;
const amountIn = (unit: keyof typeof UNIT_SYMBOLS) => z.number().min(0).max(MAX_SERVING[unit]).optional();
type Amount = ReturnType<typeof amountIn>;

const fields = Object.fromEntries(
  NUTRIENT_FIELDS.map((field) => [field, amountIn(NUTRIENT_TABLE[field].unit)]),
) as Record<NutrientField, Amount>;

/** Nutrients as a client sends them: the fields of the table, and salt and sodium as labels print them. */
export const nutrientInputSchema = z
  .object({
    ...fields,
    energy_kj: z
      .number()
      .min(0)
      .max(MAX_SERVING.kcal * KJ_PER_KCAL)
      .optional(),
    sodium_g: amountIn("g"),
    salt_g: amountIn("g"),
    salt_mg: amountIn("mg"),
  })
  .meta({
    id: "TypedNutrients",
    description:
      "Omitted nutrients are unknown. Salt is converted to `sodium_mg`, and `energy_kj` to `energy_kcal` unless that is given.",
  });
export type NutrientInput = z.infer<typeof nutrientInputSchema>;

/** Milligrams of sodium. Of several statements the one that needs the least conversion counts. */
function sodiumMg({ sodium_mg, sodium_g, salt_mg, salt_g }: NutrientInput): number | undefined {
  if (sodium_mg !== undefined) return sodium_mg;
  if (sodium_g !== undefined) return sodium_g * MG_PER_G;
  if (salt_mg !== undefined) return salt_mg / SALT_PER_SODIUM;
  return salt_g === undefined ? undefined : (salt_g * MG_PER_G) / SALT_PER_SODIUM;
}

/** Kilocalories. */
const energyKcal = ({ energy_kcal, energy_kj }: NutrientInput): number | undefined =>
  energy_kcal ?? (energy_kj === undefined ? undefined : energy_kj / KJ_PER_KCAL);

const valueOf = (field: NutrientField, input: NutrientInput): number | undefined => {
  if (field === "sodium_mg") return sodiumMg(input);
  return field === "energy_kcal" ? energyKcal(input) : input[field];
};

/**
 * The nutrients of an input: what it leaves out stays unknown, salt becomes `sodium_mg`, kilojoules kilocalories.
 * Unrounded.
 */
export function toNutrients(input: NutrientInput): Nutrients {
  const nutrients: Nutrients = {};
  for (const field of NUTRIENT_FIELDS) {
    const value = valueOf(field, input);
    if (value !== undefined) nutrients[field] = value;
  }
  return nutrients;
}
