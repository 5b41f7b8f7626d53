import { energyFromMacros, type Nutrients } from "./nutrients.ts";
import type { ResolvedFood } from "./resolve-foods.ts";

/**
 * How far energy may be from what carbohydrate, protein and fat explain. In USDA SR Legacy 96 % of the foods lie within
 * 20 % (specific instead of general Atwater factors explain most others); below 100 kcal rounding alone can be more.
 */
const ENERGY_TOLERANCE_SHARE = 0.2;
const ENERGY_TOLERANCE_KCAL = 20;

/**
 * Sentences about nutrients that contradict each other: energy that does not agree with 4 × carbohydrate (2 for its
 * fibre) + 4 × protein + 9 × fat. None when one of the four values is unknown.
 */
export function plausibilityWarnings(nutrients: Nutrients): string[] {
  const stated = nutrients.energy_kcal;
  const explained = energyFromMacros(nutrients);
  if (stated === undefined || explained === null) return [];
  const tolerance = Math.max(ENERGY_TOLERANCE_KCAL, ENERGY_TOLERANCE_SHARE * stated);
  if (Math.abs(stated - explained) <= tolerance) return [];
  const rest = stated > explained ? "; alcohol, which is not among the fields, may be the rest" : "";
  return [
    `Energy (${Math.round(stated)} kcal) does not agree with carbohydrate, protein and fat ` +
      `(${Math.round(explained)} kcal)${rest}.`,
  ];
}

/** No one eats more than this of one food, or of all together, at a meal; grams, and set by judgment. */
const MAX_FOOD_GRAMS = 1500;
const MAX_MEAL_GRAMS = 3000;
/** Weighed food hardly ever comes in round numbers; three such estimates in a row were not looked at closely. */
const ROUND_GRAMS = 50;
const MIN_ROUND_FOODS = 3;

/** Sentences about portions that no one eats, or that look like guesses. Grams are as they were seen or said. */
export function portionWarnings(foods: readonly { name: string; grams: number }[]): string[] {
  const total = foods.reduce((sum, { grams }) => sum + grams, 0);
  const huge = foods.filter(({ grams }) => grams > MAX_FOOD_GRAMS);
  const isRound = foods.length >= MIN_ROUND_FOODS && foods.every(({ grams }) => grams % ROUND_GRAMS === 0);
  return [
    ...huge.map(({ name, grams }) => `${Math.round(grams)} g of "${name}" is more than a person eats in one meal.`),
    ...(huge.length === 0 && total > MAX_MEAL_GRAMS
      ? [`${Math.round(total)} g in all is more than a person eats in one meal.`]
      : []),
    ...(isRound ? ["Every portion is a round number: they may be guesses rather than estimates."] : []),
  ];
}

type MeasuredFood = Pick<ResolvedFood, "item" | "sizeRange" | "nutrients"> & { grams: number };

interface EnergySpread {
  point: number;
  below: number;
  above: number;
}

function spreadOf({ grams, sizeRange: [low, high], nutrients }: MeasuredFood): EnergySpread {
  const point = nutrients?.energy_kcal ?? 0;
  if (grams <= 0) return { point, below: 0, above: 0 };
  return { point, below: point * Math.max(0, 1 - low / grams), above: point * Math.max(0, high / grams - 1) };
}

/**
 * The 10th and 90th percentile of a meal's energy, from the percentiles of its grams. Ingredients of one item rise and
 * fall together (one portion was judged), so their distances to the point value add up; items err independently, so
 * theirs add in quadrature. An error common to all items, such as a wrong scale for the whole photo, is not in it.
 * Ingredients without energy are omitted; null when none has any.
 */
export function energyRange(foods: readonly MeasuredFood[]): [number, number] | null {
  const items = new Map<number, EnergySpread>();
  for (const food of foods) {
    if (food.nutrients?.energy_kcal === undefined) continue;
    const spread = spreadOf(food);
    const sum = items.get(food.item) ?? { point: 0, below: 0, above: 0 };
    items.set(food.item, {
      point: sum.point + spread.point,
      below: sum.below + spread.below,
      above: sum.above + spread.above,
    });
  }
  if (items.size === 0) return null;
  const spreads = [...items.values()];
  const point = spreads.reduce((sum, spread) => sum + spread.point, 0);
  const below = Math.hypot(...spreads.map((spread) => spread.below));
  const above = Math.hypot(...spreads.map((spread) => spread.above));
  return [Math.max(0, point - below), point + above];
}
