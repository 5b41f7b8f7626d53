import type { FoodChoice } from "../../nutrition/choose-food.ts";
import { currentSize, mealTotals } from "../meal-totals.ts";
import { scaleToGrams } from "../../nutrition/nutrients.ts";
import { fail, ok, type Result } from "../../result.ts";
import { portionFactor } from "./portion.ts";
import type { Ingredient, NutritionRecord, RecordContent, Unit } from "../record.ts";
import { missingTranslations } from "../translations.ts";

/** The food that an ingredient becomes, with its name in the record's language as far as it is known. */
export type NewFood = FoodChoice & Pick<Ingredient, "nameTranslated">;

/** A correction of one ingredient: remove it, or change its size (in its own unit, as shown), its food, or both. */
export type IngredientEdit = { remove: true } | { remove?: never; servingSize?: number; food?: NewFood };

/** Why an ingredient cannot be corrected like that. */
export type EditRefusal = "unknown_ingredient" | "last_ingredient" | "not_a_weight";

/** Grams of a unit; the food table knows no others. */
const GRAMS: Partial<Record<Unit, number>> = { g: 1, mg: 1e-3, mcg: 1e-6 };

const PORTION_DIFFERS = "The ingredients do not add up to the serving size that the user set.";
/** Sizes that agree to a thousandth agree: sums of binary fractions are never exact. */
const AGREEMENT_SHARE = 1e-3;

/** The ingredient as another food, in the size that it has now. */
function withFood(ingredient: Ingredient, food: NewFood, gramsOfUnit: number): Ingredient {
  const { setServingSize, sizeRange, nameTranslated: _ofTheOldFood, ...rest } = ingredient;
  const servingSize = currentSize(ingredient);
  return {
    ...rest,
    name: food.name,
    ...(food.nameTranslated !== undefined && { nameTranslated: food.nameTranslated }),
    servingSize,
    nutrients: food.per100g === null ? null : scaleToGrams(food.per100g, servingSize * gramsOfUnit),
    confidence: null,
    foodSource: food.foodSource,
    traits: food.traits,
    alternatives: food.alternatives,
    ...(setServingSize === undefined && sizeRange !== undefined && { sizeRange }),
  };
}

/** Computes again what follows from the ingredients. What the user has typed or set of it stays. */
function withTotals(content: RecordContent, before: RecordContent, record: NutritionRecord): RecordContent {
  const totals = mealTotals(content.ingredients);
  const isSizeSet = record.servingSize !== null || content.typedNutrients !== undefined;
  const sum = content.ingredients[0]?.unit === content.unit ? totals.servingSize : null;
  const servingSize = isSizeSet ? content.servingSize : (sum ?? content.servingSize);
  const differs = sum !== null && Math.abs(sum - servingSize) > AGREEMENT_SHARE * servingSize;
  const { analysis } = content;
  const untranslated = (of: RecordContent): string[] => missingTranslations(of, record.options);
  const outdated = new Set([...mealTotals(before.ingredients).warnings, ...untranslated(before), PORTION_DIFFERS]);
  return {
    ...content,
    // Typed totals need not agree with the ingredients, so that no score follows from both.
    nutriScore: content.typedNutrients === undefined ? totals.nutriScore : null,
    servingSize,
    nutrients: { ...totals.nutrients, ...content.typedNutrients },
    analysis: analysis && {
      ...analysis,
      confidence: totals.confidence,
      energyKcalRange: totals.energyKcalRange,
      warnings: [
        ...analysis.warnings.filter((warning) => !outdated.has(warning)),
        ...totals.warnings,
        ...untranslated(content),
        ...(differs ? [PORTION_DIFFERS] : []),
      ],
    },
  };
}

/** A dish that is named after its one ingredient is renamed with it, unless the user has typed its name. */
function renamed(content: RecordContent, from: string, to: Ingredient): RecordContent {
  const { dishNameTranslated: _ofTheOldName, ...rest } = content;
  const isNamedAfter = content.dishName.toLowerCase() === from.toLowerCase();
  if (content.typedNutrients !== undefined || !isNamedAfter) return content;
  const { name, nameTranslated } = to;
  return { ...rest, dishName: name, ...(nameTranslated !== undefined && { dishNameTranslated: nameTranslated }) };
}

/**
 * Corrects the ingredient at `index` (from 0). A size is given as shown and kept relative to the content, whose own
 * values are never rescaled: however often portion and ingredients change, no error builds up.
 */
export function editIngredient(
  record: NutritionRecord,
  index: number,
  edit: IngredientEdit,
): Result<{ content: RecordContent }, EditRefusal> {
  const { content } = record;
  const ingredient = content?.ingredients[index];
  if (content === null || ingredient === undefined) return fail("unknown_ingredient");
  const finished = (edited: RecordContent) => ok({ content: withTotals(edited, content, record) });

  if (edit.remove === true) {
    if (content.ingredients.length === 1) return fail("last_ingredient");
    return finished({ ...content, ingredients: content.ingredients.toSpliced(index, 1) });
  }
  let edited = ingredient;
  if (edit.servingSize !== undefined) {
    const setServingSize = edit.servingSize / portionFactor(content, record.servingSize);
    edited = { ...edited, setServingSize };
  }
  if (edit.food !== undefined) {
    const gramsOfUnit = GRAMS[ingredient.unit];
    if (gramsOfUnit === undefined) return fail("not_a_weight");
    edited = withFood(edited, edit.food, gramsOfUnit);
  }
  const named = edit.food === undefined ? content : renamed(content, ingredient.name, edited);
  return finished({ ...named, ingredients: content.ingredients.with(index, edited) });
}
