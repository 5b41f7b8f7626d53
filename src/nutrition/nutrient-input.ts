import { z } from "zod";
import { NUTRIENT_FIELDS, type NutrientField } from "./nutrient-table.ts";
import type { Nutrients } from "./nutrients.ts";

/** Salt that a weight of sodium counts as on labels: salt = sodium × 2.5 (EU 1169/2011, annex I, point 11). */
const SALT_PER_SODIUM = 2.5;
const MG_PER_G = 1000;
/** A kilogram in micrograms: no one eats more of anything at once, so a larger number is a slip. */
const MAX_AMOUNT = 1_000_000_000;

const amount = z.number().min(0).max(MAX_AMOUNT).optional();

const fields = Object.fromEntries(NUTRIENT_FIELDS.map((field) => [field, amount])) as Record<
  NutrientField,
  typeof amount
>;

/** Nutrients as a client sends them: the fields of the table, and salt and sodium as labels print them. */
export const nutrientInputSchema = z
  .object({ ...fields, sodium_g: amount, salt_g: amount, salt_mg: amount })
  .meta({ id: "TypedNutrients", description: "Omitted nutrients are unknown. Salt is converted to `sodium_mg`." });
export type NutrientInput = z.infer<typeof nutrientInputSchema>;

/** Milligrams of sodium. Of several statements the one that needs the least conversion counts. */
function sodiumMg({ sodium_mg, sodium_g, salt_mg, salt_g }: NutrientInput): number | undefined {
  if (sodium_mg !== undefined) return sodium_mg;
  if (sodium_g !== undefined) return sodium_g * MG_PER_G;
  if (salt_mg !== undefined) return salt_mg / SALT_PER_SODIUM;
  return salt_g === undefined ? undefined : (salt_g * MG_PER_G) / SALT_PER_SODIUM;
}

/** The nutrients of an input: what it leaves out stays unknown, salt becomes `sodium_mg`. Unrounded. */
export function toNutrients(input: NutrientInput): Nutrients {
  const nutrients: Nutrients = {};
  for (const field of NUTRIENT_FIELDS) {
    const value = field === "sodium_mg" ? sodiumMg(input) : input[field];
    if (value !== undefined) nutrients[field] = value;
  }
  return nutrients;
}
