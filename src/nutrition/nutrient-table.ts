/** Units as people write them, by the last part of a field's name. */
export const UNIT_SYMBOLS = { kcal: "kcal", g: "g", mg: "mg", mcg: "µg" } as const;

/** All that is known of a nutrient. */
interface Nutrient {
  /** Its name in a nutrition table. Soft hyphens say where it may be broken. */
  name: string;
  unit: keyof typeof UNIT_SYMBOLS;
  /** Its section in a nutrition table. */
  group: "macronutrients" | "minerals" | "vitamins";
  /** Its place in a nutrition table. */
  place: number;
  /** Whether it is a subcomponent of the row above: saturated fat of fat. */
  isPart?: true;
  /** Its number in USDA's nutrient.csv. */
  usda: number;
  /**
   * The reference intake of an adult per day, in `unit`: the Daily Values of the FDA for a diet of 2,000 kcal (21 CFR
   * 101.9(c)(8)(iv) and (c)(9), of 2016), whose units are those of the food table: retinol activity, alpha-tocopherol
   * and folate equivalents. They name none for all sugars: that one is the European reference intake (Regulation (EU)
   * 1169/2011, annex XIII, part B). Null if there is no reference value.
   */
  dailyValue: number | null;
}

/** The nutrients of the contract, in its order. A nutrient that is added here is in every record, page and import. */
export const NUTRIENT_TABLE = {
  energy_kcal: { name: "Energy", unit: "kcal", group: "macronutrients", place: 1, usda: 208, dailyValue: 2000 },
  carbohydrate_g: { name: "Carbohydrate", unit: "g", group: "macronutrients", place: 8, usda: 205, dailyValue: 275 },
  protein_g: { name: "Protein", unit: "g", group: "macronutrients", place: 11, usda: 203, dailyValue: 50 },
  fat_total_g: { name: "Fat", unit: "g", group: "macronutrients", place: 2, usda: 204, dailyValue: 78 },
  fat_saturated_g: {
    name: "saturated",
    unit: "g",
    group: "macronutrients",
    place: 3,
    isPart: true,
    usda: 606,
    dailyValue: 20,
  },
  fat_polyunsaturated_g: {
    name: "poly\u00adunsaturated",
    unit: "g",
    group: "macronutrients",
    place: 5,
    isPart: true,
    usda: 646,
    dailyValue: null,
  },
  fat_monounsaturated_g: {
    name: "mono\u00adunsaturated",
    unit: "g",
    group: "macronutrients",
    place: 4,
    isPart: true,
    usda: 645,
    dailyValue: null,
  },
  fat_trans_g: {
    name: "trans",
    unit: "g",
    group: "macronutrients",
    place: 6,
    isPart: true,
    usda: 605,
    dailyValue: null,
  },
  sugars_total_g: {
    name: "sugars",
    unit: "g",
    group: "macronutrients",
    place: 9,
    isPart: true,
    usda: 269,
    dailyValue: 90,
  },
  fiber_total_dietary_g: {
    name: "fiber",
    unit: "g",
    group: "macronutrients",
    place: 10,
    isPart: true,
    usda: 291,
    dailyValue: 28,
  },
  cholesterol_mg: { name: "Cholesterol", unit: "mg", group: "macronutrients", place: 7, usda: 601, dailyValue: 300 },
  sodium_mg: { name: "Sodium", unit: "mg", group: "minerals", place: 12, usda: 307, dailyValue: 2300 },
  potassium_mg: { name: "Potassium", unit: "mg", group: "minerals", place: 13, usda: 306, dailyValue: 4700 },
  calcium_mg: { name: "Calcium", unit: "mg", group: "minerals", place: 14, usda: 301, dailyValue: 1300 },
  iron_mg: { name: "Iron", unit: "mg", group: "minerals", place: 15, usda: 303, dailyValue: 18 },
  magnesium_mg: { name: "Magnesium", unit: "mg", group: "minerals", place: 16, usda: 304, dailyValue: 420 },
  phosphorus_mg: { name: "Phosphorus", unit: "mg", group: "minerals", place: 17, usda: 305, dailyValue: 1250 },
  zinc_mg: { name: "Zinc", unit: "mg", group: "minerals", place: 18, usda: 309, dailyValue: 11 },
  vitamin_a_rae_mcg: { name: "Vitamin A (RAE)", unit: "mcg", group: "vitamins", place: 19, usda: 320, dailyValue: 900 },
  vitamin_c_mg: { name: "Vitamin C", unit: "mg", group: "vitamins", place: 20, usda: 401, dailyValue: 90 },
  vitamin_d_mcg: { name: "Vitamin D", unit: "mcg", group: "vitamins", place: 21, usda: 328, dailyValue: 20 },
  vitamin_e_mg: { name: "Vitamin E", unit: "mg", group: "vitamins", place: 22, usda: 323, dailyValue: 15 },
  vitamin_k_mcg: { name: "Vitamin K", unit: "mcg", group: "vitamins", place: 23, usda: 430, dailyValue: 120 },
  thiamin_mg: { name: "Thiamin (B1)", unit: "mg", group: "vitamins", place: 24, usda: 404, dailyValue: 1.2 },
  riboflavin_mg: { name: "Riboflavin (B2)", unit: "mg", group: "vitamins", place: 25, usda: 405, dailyValue: 1.3 },
  niacin_mg: { name: "Niacin (B3)", unit: "mg", group: "vitamins", place: 26, usda: 406, dailyValue: 16 },
  vitamin_b6_mg: { name: "Vitamin B6", unit: "mg", group: "vitamins", place: 27, usda: 415, dailyValue: 1.7 },
  folate_mcg: { name: "Folate", unit: "mcg", group: "vitamins", place: 28, usda: 417, dailyValue: 400 },
  vitamin_b12_mcg: { name: "Vitamin B12", unit: "mcg", group: "vitamins", place: 29, usda: 418, dailyValue: 2.4 },
} as const satisfies Record<string, Nutrient>;

export type NutrientField = keyof typeof NUTRIENT_TABLE;

/** What the table says of a field. */
export const nutrientOf = (field: NutrientField): Nutrient => NUTRIENT_TABLE[field];

/** The fields of the table, in the contract's order. */
export const NUTRIENT_FIELDS = Object.keys(NUTRIENT_TABLE) as [NutrientField, ...NutrientField[]];
