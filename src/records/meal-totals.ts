import type { Ingredient } from "./record.ts";
import { scaleNutrients, sumNutrients, type Nutrients } from "../nutrition/nutrients.ts";
import { scorePlate } from "../nutrition/plate-score.ts";
import { energyRange, plausibilityWarnings, portionWarnings } from "../nutrition/plausibility.ts";

/** The ingredient's size in its current state: what a user has set, or what it was found with. */
export const currentSize = (ingredient: Ingredient): number => ingredient.setServingSize ?? ingredient.servingSize;

/** The nutrients of the size in its current state, always scaled from the ingredient's own values. */
export function currentNutrients({ nutrients, servingSize, setServingSize }: Ingredient): Nutrients | null {
  if (nutrients === null || setServingSize === undefined) return nutrients;
  return scaleNutrients(nutrients, setServingSize / servingSize);
}

/** What follows from the ingredients of a meal. */
export interface MealTotals {
  /** The sum of the sizes, in the ingredients' unit; null when they do not share one. */
  servingSize: number | null;
  /** Unrounded, for all ingredients together. */
  nutrients: Nutrients;
  /** `A`–`E`; null when it cannot be computed from what is known. */
  nutriScore: string | null;
  /**
   * 0–1: the mean over the ingredients, weighted by size, because what fills the plate decides. What a user says is
   * certain.
   */
  confidence: number;
  /** 10th and 90th percentile, kilocalories. */
  energyKcalRange: [number, number] | null;
  warnings: string[];
}

/** A size that was set or typed is exact; one that was recognized has the error of its item. */
function measured(ingredient: Ingredient, position: number) {
  const size = currentSize(ingredient);
  const range = ingredient.setServingSize === undefined ? ingredient.sizeRange : undefined;
  return {
    // Negative, so that it is unique.
    item: ingredient.item ?? -1 - position,
    grams: size,
    traits: ingredient.traits,
    sizeRange: range ?? ([size, size] satisfies [number, number]),
    nutrients: currentNutrients(ingredient),
  };
}

/** Grams are compared with round numbers: sums of a recipe's shares are off by the last digits. */
const MICROGRAMS = 1e6;

/** The recognized items whose sizes are still estimates; what a user has set needs no warning. */
function estimatedItems(ingredients: readonly Ingredient[]): { name: string; grams: number }[] {
  const items = new Map<number, { name: string; grams: number }>();
  for (const [position, ingredient] of ingredients.entries()) {
    if (ingredient.sizeRange === undefined || ingredient.setServingSize !== undefined) continue;
    const { item, grams } = measured(ingredient, position);
    const known = items.get(item);
    items.set(item, {
      name: known === undefined ? ingredient.name : `${known.name}, ${ingredient.name}`,
      grams: Math.round(((known?.grams ?? 0) + grams) * MICROGRAMS) / MICROGRAMS,
    });
  }
  return [...items.values()];
}

/** Computes what follows from the ingredients as they stand. There is at least one. */
export function mealTotals(ingredients: readonly Ingredient[]): MealTotals {
  const size = ingredients.reduce((sum, ingredient) => sum + currentSize(ingredient), 0);
  const nutrients = sumNutrients(ingredients.map(currentNutrients));
  const foods = ingredients.map(measured);
  const unmatched = ingredients.filter((ingredient) => ingredient.nutrients === null);
  return {
    servingSize: new Set(ingredients.map(({ unit }) => unit)).size === 1 ? size : null,
    nutrients,
    nutriScore: ingredients.every(({ unit }) => unit === "g") ? (scorePlate(foods)?.grade ?? null) : null,
    confidence:
      ingredients.reduce((sum, ingredient) => sum + (ingredient.confidence ?? 1) * currentSize(ingredient), 0) / size,
    energyKcalRange: energyRange(foods),
    warnings: [
      ...unmatched.map(({ name }) => `"${name}" is not in the food table and is not included in the totals.`),
      ...portionWarnings(estimatedItems(ingredients)),
      ...plausibilityWarnings(nutrients),
    ],
  };
}
