import type { NutrientField } from "./nutrients.ts";

/**
 * How much of a nutrient an adult's day is reckoned with, in the field's own unit: the Daily Values of the FDA for a
 * diet of 2,000 kcal (21 CFR 101.9(c)(8)(iv) and (c)(9), of 2016), whose units are those of the food table: retinol
 * activity, alpha-tocopherol and folate equivalents. They name none for all sugars: that one is the European reference
 * intake (Regulation (EU) 1169/2011, annex XIII, part B). None is defined for the missing fields.
 */
export const DAILY_VALUES: Readonly<Partial<Record<NutrientField, number>>> = {
  energy_kcal: 2000,
  carbohydrate_g: 275,
  protein_g: 50,
  fat_total_g: 78,
  fat_saturated_g: 20,
  sugars_total_g: 90,
  fiber_total_dietary_g: 28,
  cholesterol_mg: 300,
  sodium_mg: 2300,
  potassium_mg: 4700,
  calcium_mg: 1300,
  iron_mg: 18,
  magnesium_mg: 420,
  phosphorus_mg: 1250,
  zinc_mg: 11,
  vitamin_a_rae_mcg: 900,
  vitamin_c_mg: 90,
  vitamin_d_mcg: 20,
  vitamin_e_mg: 15,
  vitamin_k_mcg: 120,
  thiamin_mg: 1.2,
  riboflavin_mg: 1.3,
  niacin_mg: 16,
  vitamin_b6_mg: 1.7,
  folate_mcg: 400,
  vitamin_b12_mcg: 2.4,
};
