import { currentNutrients, currentSize } from "../meal-totals.ts";
import { scaleNutrients } from "../../nutrition/nutrients.ts";
import type { RecordContent } from "../record.ts";

/** How many times as large the record is shown as its content is kept. `servingSize` is the portion that the user has set. */
export const portionFactor = (content: Pick<RecordContent, "servingSize">, servingSize: number | null): number =>
  servingSize === null ? 1 : servingSize / content.servingSize;

/** The content as it is shown: everything is scaled from its own values to the sizes that the user has set. */
export function atPortion(content: RecordContent, servingSize: number | null): RecordContent {
  const factor = portionFactor(content, servingSize);
  const { analysis } = content;
  const range = analysis?.energyKcalRange ?? null;
  return {
    ...content,
    servingSize: servingSize ?? content.servingSize,
    nutrients: scaleNutrients(content.nutrients, factor),
    ingredients: content.ingredients.map((ingredient) => {
      const nutrients = currentNutrients(ingredient);
      return {
        ...ingredient,
        servingSize: currentSize(ingredient) * factor,
        nutrients: nutrients === null ? null : scaleNutrients(nutrients, factor),
      };
    }),
    analysis: analysis && {
      ...analysis,
      energyKcalRange: range === null ? null : [range[0] * factor, range[1] * factor],
    },
  };
}
