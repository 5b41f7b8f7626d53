import { nutriScore, type NutriScore, type NutriScoreCategory } from "./nutri-score.ts";
import { sumNutrients, type Nutrients } from "./nutrients.ts";
import type { ScoreTraits } from "./score-traits.ts";

/** One food on a plate: its nutrients are those of its grams. */
export interface ScoredFood {
  grams: number;
  nutrients: Nutrients | null;
  traits: ScoreTraits | null;
}

const KJ_PER_KCAL = 4.184;
/** EU 1169/2011, annex I: salt = sodium × 2.5. */
const SALT_G_PER_SODIUM_MG = 2.5 / 1000;
/** A pinch of something does not make a plate a dish of two categories. */
const MIN_SHARE = 0.05;

/** The category that all of a plate belongs to: a mixture is general; null when it has no score. */
function categoryOf(
  foods: readonly { grams: number; traits: ScoreTraits }[],
  totalGrams: number,
): NutriScoreCategory | null {
  const present = foods.filter(({ grams }) => grams >= MIN_SHARE * totalGrams);
  const kinds = new Set(present.map(({ traits }) => traits.as));
  if (kinds.has("unscored")) return null;
  const [only] = kinds;
  if (kinds.size === 1 && only !== undefined) return only === "infusion" || only === "unscored" ? null : only;
  const isDrink = [...kinds].every((kind) => kind === "beverage" || kind === "water" || kind === "infusion");
  if (!isDrink) return "general";
  return kinds.has("beverage") ? "beverage" : null;
}

/** Fruit, vegetables and pulses in percent of a plate; dried and concentrated ones count double, in both places. */
function fruitVegetablesPulses(foods: readonly (ScoredFood & { traits: ScoreTraits })[]): number {
  let counted = 0;
  let all = 0;
  for (const { grams, traits } of foods) {
    counted += grams * traits.fruitVegetableWeight;
    all += grams * Math.max(1, traits.fruitVegetableWeight);
  }
  return (100 * counted) / all;
}

/** How a dish of several foods counts as one: by the category of the whole, and by its share of fruit and vegetables. */
export function wholeTraits(foods: readonly { grams: number; traits: ScoreTraits }[]): ScoreTraits {
  const [only, ...others] = foods;
  if (only !== undefined && others.length === 0) return only.traits;
  const grams = foods.reduce((sum, food) => sum + food.grams, 0);
  const counted = foods.reduce((sum, food) => sum + food.grams * food.traits.fruitVegetableWeight, 0);
  return {
    as: categoryOf(foods, grams) ?? "unscored",
    fruitVegetableWeight: grams === 0 ? 0 : counted / grams,
  };
}

/**
 * The Nutri-Score of a plate, computed from its foods as if it were a product: the letter is made for products, so it is
 * an estimate. Null when a food is unknown to the table, a needed nutrient was never measured, or the category has none.
 * Sweeteners cannot be seen, nor are they in the table: beverages are scored without.
 */
export function scorePlate(foods: readonly ScoredFood[]): NutriScore | null {
  const known = foods.filter((food): food is ScoredFood & { traits: ScoreTraits } => food.traits !== null);
  const totalGrams = foods.reduce((sum, { grams }) => sum + grams, 0);
  if (known.length < foods.length || totalGrams <= 0) return null;
  const category = categoryOf(known, totalGrams);
  const {
    energy_kcal: energy,
    sugars_total_g: sugars,
    fat_saturated_g: saturates,
    ...rest
  } = sumNutrients(foods.map(({ nutrients }) => nutrients));
  const { fat_total_g: fat, sodium_mg: sodium, protein_g: protein, fiber_total_dietary_g: fiber } = rest;
  if (category === null || energy === undefined || sugars === undefined || saturates === undefined) return null;
  if (fat === undefined || sodium === undefined || protein === undefined || fiber === undefined) return null;
  const per100g = (amount: number): number => (100 * amount) / totalGrams;
  return nutriScore(category, {
    energyKj: per100g(energy) * KJ_PER_KCAL,
    sugarsG: per100g(sugars),
    saturatesG: per100g(saturates),
    fatG: per100g(fat),
    saltG: per100g(sodium) * SALT_G_PER_SODIUM_MG,
    proteinG: per100g(protein),
    fiberG: per100g(fiber),
    fruitVegetablesPulses: fruitVegetablesPulses(known),
    sweetened: false,
  });
}
