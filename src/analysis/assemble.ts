import { mealTotals } from "../records/meal-totals.ts";
import type { ResolvedFood } from "../nutrition/resolve-foods.ts";
import type { AnalysisReport, Ingredient, LocatedFood, RecordContent } from "../records/record.ts";
import type { Box } from "./recognizers/recognizer.ts";

/** "apple", "apple and banana", "apple, banana and cake". */
function listNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const last = unique.at(-1) ?? "food";
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(", ")} and ${last}`;
}

const locate = (foods: Named["foods"]): LocatedFood[] =>
  foods.flatMap(({ name, boxes = [] }) => boxes.map((box) => ({ name, ...box })));

/** What was named, before the food table was asked. */
export interface Named {
  dishName: string | null;
  description: string | null;
  /** The foods as they were seen or said, those of a photo with where they are. */
  foods: readonly { name: string; boxes?: readonly Box[] }[];
  warnings: readonly string[];
}

/** Puts an analysis together. `foods` has at least one entry; nutrients stay unrounded. */
export function assembleContent(
  named: Named,
  foods: readonly ResolvedFood[],
  run: Pick<AnalysisReport, "mode" | "models" | "promptVersion" | "timingsMs">,
): RecordContent & { analysis: AnalysisReport } {
  const ingredients: Ingredient[] = [...foods];
  const { nutrients, nutriScore, confidence, energyKcalRange, warnings } = mealTotals(ingredients);
  const boxes = locate(named.foods);
  return {
    dishName: named.dishName ?? listNames(named.foods.map(({ name }) => name)),
    dishDescription: named.description,
    nutriScore,
    servingSize: foods.reduce((sum, food) => sum + food.servingSize, 0),
    unit: "g",
    nutrients,
    ingredients,
    analysis: {
      ...run,
      confidence,
      energyKcalRange,
      warnings: [...named.warnings, ...warnings],
      cached: false,
      ...(boxes.length > 0 && { boxes }),
    },
  };
}
