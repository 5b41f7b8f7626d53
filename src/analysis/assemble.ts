import { sumNutrients } from "../nutrition/nutrients.ts";
import { scorePlate } from "../nutrition/plate-score.ts";
import { energyRange, plausibilityWarnings, portionWarnings } from "../nutrition/plausibility.ts";
import type { ResolvedFood } from "../nutrition/resolve-foods.ts";
import type { AnalysisReport, Ingredient, RecordContent } from "../records/record.ts";

const toIngredient = (food: ResolvedFood): Ingredient => ({
  name: food.name,
  servingSize: food.grams,
  unit: "g",
  nutrients: food.nutrients,
  confidence: food.confidence,
  foodSource: food.foodSource,
  traits: food.traits,
  alternatives: food.alternatives,
});

/** "apple", "apple and banana", "apple, banana and cake". */
function listNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const last = unique.at(-1) ?? "food";
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(", ")} and ${last}`;
}

/** The mean of the foods' confidences, weighted by their grams: what fills the plate decides. */
function overallConfidence(foods: readonly ResolvedFood[], totalGrams: number): number {
  return foods.reduce((sum, food) => sum + food.confidence * food.grams, 0) / totalGrams;
}

/** What was named, before the food table was asked. */
export interface Named {
  dishName: string | null;
  description: string | null;
  /** The foods as they were seen or said, with all their grams. */
  foods: readonly { name: string; grams: number }[];
  warnings: readonly string[];
}

/** Puts an analysis together. `foods` has at least one entry; nutrients stay unrounded. */
export function assembleContent(
  named: Named,
  foods: readonly ResolvedFood[],
  run: Pick<AnalysisReport, "mode" | "models" | "promptVersion" | "timingsMs">,
): RecordContent & { analysis: AnalysisReport } {
  const totalGrams = foods.reduce((sum, food) => sum + food.grams, 0);
  const nutrients = sumNutrients(foods.map((food) => food.nutrients));
  const unmatched = foods.filter((food) => food.nutrients === null);
  return {
    dishName: named.dishName ?? listNames(named.foods.map(({ name }) => name)),
    dishDescription: named.description,
    nutriScore: scorePlate(foods)?.grade ?? null,
    servingSize: totalGrams,
    unit: "g",
    nutrients,
    ingredients: foods.map(toIngredient),
    analysis: {
      ...run,
      confidence: overallConfidence(foods, totalGrams),
      energyKcalRange: energyRange(foods),
      warnings: [
        ...named.warnings,
        ...unmatched.map((food) => `"${food.name}" is not in the food table; the totals are without it.`),
        ...portionWarnings(named.foods),
        ...plausibilityWarnings(nutrients),
      ],
      cached: false,
    },
  };
}
