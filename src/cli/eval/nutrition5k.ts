import { fail, ok, type Result } from "../../result.ts";
import { UNKNOWN_TRUTH, type Cases, type MealCase, type PhotoCase, type Truth } from "./cases.ts";
import { readRows, type NumberedRow } from "./table-file.ts";

/** dish_id, total_calories, total_mass, total_fat, total_carb, total_protein. */
const DISH_CELLS = 6;
/** ingr_id, ingr_name, grams, calories, fat, carb, protein. */
const INGREDIENT_CELLS = 7;
/** What weighs less than this share of a dish (salt, oil, pepper) is not to be seen on its photo. */
const VISIBLE_SHARE = 0.05;
/** Entries of the list that are no food. */
const NOT_FOOD = /^(?:deprecated|plate only)$/iu;

export interface WeighedDish {
  id: string;
  truth: Truth;
  ingredients: { name: string; grams: number }[];
}

/** The column `num_ingrs`, which some copies of the metadata have before the ingredients. */
const ingredientsStart = (cells: readonly string[]): number =>
  (cells.length - DISH_CELLS) % INGREDIENT_CELLS === 1 ? DISH_CELLS + 1 : DISH_CELLS;

function readDish({ line, cells }: NumberedRow): Result<WeighedDish, string> {
  const [id = ""] = cells;
  const amounts = cells.slice(1, DISH_CELLS).map(Number);
  const [kcal = Number.NaN, grams = Number.NaN, fat = Number.NaN, carbohydrate = Number.NaN, protein = Number.NaN] =
    amounts;
  if (
    id === "" ||
    amounts.length < DISH_CELLS - 1 ||
    amounts.some((amount) => !Number.isFinite(amount) || amount < 0)
  ) {
    return fail(
      `line ${line}: expected dish_id, total_calories, total_mass, total_fat, total_carb, total_protein and then groups of ${INGREDIENT_CELLS}.`,
    );
  }
  const start = ingredientsStart(cells);
  if ((cells.length - start) % INGREDIENT_CELLS !== 0) {
    return fail(`line ${line}: the ingredients of "${id}" are not in groups of ${INGREDIENT_CELLS} cells.`);
  }
  const ingredients: WeighedDish["ingredients"] = [];
  for (let at = start; at < cells.length; at += INGREDIENT_CELLS) {
    const name = cells[at + 1] ?? "";
    const weight = Number(cells[at + 2]);
    if (name === "" || !Number.isFinite(weight)) {
      return fail(`line ${line}: an ingredient of "${id}" has no name, or its grams are not a number.`);
    }
    if (weight > 0 && !NOT_FOOD.test(name)) ingredients.push({ name, grams: weight });
  }
  const truth = { ...UNKNOWN_TRUTH, kcal, grams, fat_g: fat, carbohydrate_g: carbohydrate, protein_g: protein };
  return ok({ id, truth, ingredients });
}

/** Reads Nutrition5k's dish metadata (dish_metadata_cafe1.csv), which has no head line. Failures name the line. */
export function readNutrition5k(text: string): Result<WeighedDish[], string> {
  const dishes: WeighedDish[] = [];
  for (const row of readRows(text)) {
    // A copy with the columns' names.
    if (row.line === 1 && row.cells[0] === "dish_id") continue;
    const dish = readDish(row);
    if (!dish.ok) return dish;
    dishes.push(dish.value);
  }
  return dishes.length === 0 ? fail("line 1: there are no dishes.") : ok(dishes);
}

const isWeighed = ({ ingredients, truth }: WeighedDish): boolean => ingredients.length > 0 && (truth.grams ?? 0) > 0;

const leftOut = (count: number, why: string): string[] => (count === 0 ? [] : [`${count} dishes are skipped: ${why}.`]);

/** The dishes as meals of true ingredients. */
export function toMeals(dishes: readonly WeighedDish[]): Cases<MealCase> {
  const weighed = dishes.filter(isWeighed);
  return {
    cases: weighed.map(({ id, ingredients, truth }) => ({ name: id, items: ingredients, truth })),
    notes: leftOut(dishes.length - weighed.length, "they have no weighed ingredient"),
  };
}

/** The dishes as photos; `locate` gives the path of a dish's photo, null when there is none. */
export function toPhotos(dishes: readonly WeighedDish[], locate: (dishId: string) => string | null): Cases<PhotoCase> {
  const weighed = dishes.filter(isWeighed);
  const cases = weighed.flatMap(({ id, ingredients, truth }): PhotoCase[] => {
    const file = locate(id);
    if (file === null) return [];
    const isVisible = ({ grams }: { grams: number }): boolean => grams >= VISIBLE_SHARE * (truth.grams ?? 0);
    return [
      {
        name: id,
        file,
        labels: ingredients.filter(isVisible).map(({ name }) => name),
        traces: ingredients.filter((one) => !isVisible(one)).map(({ name }) => name),
        truth,
      },
    ];
  });
  return {
    cases,
    notes: [
      ...leftOut(dishes.length - weighed.length, "they have no weighed ingredient"),
      ...leftOut(weighed.length - cases.length, "they have no overhead photo"),
    ],
  };
}
