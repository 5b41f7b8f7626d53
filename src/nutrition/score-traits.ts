import type { NutriScoreCategory } from "./nutri-score.ts";

/**
 * How a food counts in a Nutri-Score: as its category; `infusion` is plain tea or coffee, which has no score of its own
 * but makes a beverage together with others; `unscored` has none at all.
 */
export interface ScoreTraits {
  as: NutriScoreCategory | "infusion" | "unscored";
  /** How the food counts as fruit, vegetables and pulses: 0, 1, or 2 where it is dried or concentrated. */
  fruitVegetableWeight: number;
}

type Rule = [group: string | null, description: RegExp, as: ScoreTraits["as"]];

/**
 * The first rule that fits decides. Groups and descriptions are USDA's. Categories after the Nutri-Score rules: milk and
 * plant drinks are beverages; peanuts are nuts; dressings and mayonnaise are sauces, not fats; alcohol, infant food, herbs
 * and spices have no score.
 */
const RULES: readonly Rule[] = [
  ["Baby Foods", /./u, "unscored"],
  ["Spices and Herbs", /./u, "unscored"],
  ["Beverages", /^Alcoholic/iu, "unscored"],
  ["Beverages", /\bwater, (?:tap|bottled|municipal)|^Water\b/iu, "water"],
  ["Beverages", /\b(?:coffee|tea)\b(?!.*(?:sweet|milk|sugar|whiten|cream|latte|mocha|powder|instant))/iu, "infusion"],
  ["Beverages", /./u, "beverage"],
  [null, /^[^,]*\bjuice\b/iu, "beverage"],
  [null, /^(?:soy ?milk|nuts, coconut water)/iu, "beverage"],
  ["Dairy and Egg Products", /^Milk, (?!dry|dried|canned|condensed|evaporated)/iu, "beverage"],
  ["Dairy and Egg Products", /^Cheese\b/iu, "cheese"],
  ["Fats and Oils", /dressing|mayonnaise/iu, "general"],
  ["Fats and Oils", /./u, "fats"],
  ["Nut and Seed Products", /./u, "fats"],
  [null, /^Peanuts?\b|^Peanut butter/iu, "fats"],
  ["Beef Products", /./u, "red_meat"],
  ["Pork Products", /./u, "red_meat"],
  ["Lamb, Veal, and Game Products", /./u, "red_meat"],
];

/** How a food of the table counts, by its group and description. */
export function scoreTraits(foodGroup: string, description: string, fruitVegetableWeight: number): ScoreTraits {
  const rule = RULES.find(([group, pattern]) => (group === null || group === foodGroup) && pattern.test(description));
  return { as: rule?.[2] ?? "general", fruitVegetableWeight };
}
