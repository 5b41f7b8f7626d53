import type { FoodTable } from "../../nutrition/food-table.ts";
import type { NutrientField } from "../../nutrition/nutrient-table.ts";
import { resolveFoods, type ResolvedFood } from "../../nutrition/resolve-foods.ts";
import type { MealCase, Truth } from "./cases.ts";
import { estimateErrors, quantile, type EstimateErrors } from "./metrics.ts";
import { showProgress } from "./progress.ts";

/** What a truth is held against; grams are given, so they are no estimate. */
const COMPARED = {
  kcal: "energy_kcal",
  protein_g: "protein_g",
  fat_g: "fat_total_g",
  carbohydrate_g: "carbohydrate_g",
} as const satisfies Partial<Record<keyof Truth, NutrientField>>;

export type ComparedField = keyof typeof COMPARED;
export const COMPARED_FIELDS = Object.keys(COMPARED) as ComparedField[];

export interface MealRow {
  meal: MealCase;
  estimated: Record<ComparedField, number>;
  /** What each ingredient was taken for; null when no food fits its name. */
  foods: { name: string; grams: number; kcal: number | null; takenFor: string | null; match: number | null }[];
}

/** Everything that the evaluation of meals says; shares are 0–1. */
export interface MealsReport {
  kind: "meals";
  rows: MealRow[];
  errors: Record<ComparedField, EstimateErrors | null>;
  ingredients: number;
  /** Share of the ingredients, and of all grams, for which the table has a food. */
  matched: number;
  matchedGrams: number;
  /** Names that no food fits, the most frequent first. */
  unmatched: { name: string; count: number; grams: number }[];
  seconds: { median: number | null; p95: number | null };
}

const CERTAIN = 1;

const sumOf = (foods: readonly ResolvedFood[], field: NutrientField): number =>
  foods.reduce((sum, { nutrients }) => sum + (nutrients?.[field] ?? 0), 0);

function describeItem(name: string, grams: number, parts: readonly ResolvedFood[]): MealRow["foods"][number] {
  const sources = parts.flatMap(({ foodSource }) => foodSource ?? []);
  const [first] = sources;
  return {
    name,
    grams,
    kcal: first === undefined ? null : sumOf(parts, "energy_kcal"),
    takenFor: first === undefined ? null : sources.map(({ id }) => id).join("+"),
    match: first?.match ?? null,
  };
}

async function evaluateMeal(table: FoodTable, meal: MealCase): Promise<MealRow> {
  const foods = await resolveFoods(
    table,
    meal.items.map(({ name, grams }) => ({ name, grams, sizeRange: [grams, grams], confidence: CERTAIN })),
  );
  const estimated = Object.fromEntries(
    COMPARED_FIELDS.map((field) => [field, sumOf(foods, COMPARED[field])]),
  ) as MealRow["estimated"];
  return {
    meal,
    estimated,
    foods: meal.items.map(({ name, grams }, item) =>
      describeItem(
        name,
        grams,
        foods.filter((food) => food.item === item),
      ),
    ),
  };
}

function listUnmatched(rows: readonly MealRow[]): MealsReport["unmatched"] {
  const names = new Map<string, { name: string; count: number; grams: number }>();
  for (const { name, grams, takenFor } of rows.flatMap(({ foods }) => foods)) {
    if (takenFor !== null) continue;
    const known = names.get(name) ?? { name, count: 0, grams: 0 };
    names.set(name, { name, count: known.count + 1, grams: known.grams + grams });
  }
  return [...names.values()].toSorted((a, b) => b.grams - a.grams);
}

const errorsOf = (rows: readonly MealRow[], field: ComparedField): EstimateErrors | null =>
  estimateErrors(
    rows.flatMap(({ meal, estimated }) => {
      const truth = meal.truth[field];
      return truth === null ? [] : [{ estimated: estimated[field], truth }];
    }),
  );

/**
 * Computes every meal's nutrients from its true ingredients and grams by the functions that analyze photos: what is left
 * of the error when recognition and portions are perfect. What no food fits counts as nothing eaten.
 */
export async function evaluateMeals(meals: readonly MealCase[], table: FoodTable): Promise<MealsReport> {
  const tell = showProgress("meals", meals.length);
  const rows: MealRow[] = [];
  const seconds: number[] = [];
  for (const meal of meals) {
    const started = performance.now();
    rows.push(await evaluateMeal(table, meal));
    seconds.push((performance.now() - started) / 1000);
    tell(rows.length);
  }
  const foods = rows.flatMap((row) => row.foods);
  const matched = foods.filter(({ takenFor }) => takenFor !== null);
  const gramsOf = (some: readonly { grams: number }[]): number => some.reduce((sum, { grams }) => sum + grams, 0);
  return {
    kind: "meals",
    rows,
    errors: Object.fromEntries(COMPARED_FIELDS.map((field) => [field, errorsOf(rows, field)])) as MealsReport["errors"],
    ingredients: foods.length,
    matched: matched.length / foods.length,
    matchedGrams: gramsOf(matched) / gramsOf(foods),
    unmatched: listUnmatched(rows),
    seconds: { median: quantile(seconds, 0.5), p95: quantile(seconds, 0.95) },
  };
}
