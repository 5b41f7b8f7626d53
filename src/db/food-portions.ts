import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { targetKey, type FoodTarget } from "../nutrition/food-table.ts";
import type { FoodPortions, Portion } from "../nutrition/portions.ts";
import { inChunks, readAll } from "./batches.ts";
import type { Database } from "./database.ts";
import { dishComponents, dishes, foodPortions } from "./food-schema.ts";

/** A household measure of a food, or, without a description, the usual serving of a food or a recipe. */
interface Row {
  fdcId: number | null;
  slug: string | null;
  amount: number;
  description: string | null;
  grams: number;
}

const selectMeasures = (db: Database, ids: readonly number[]) =>
  db
    .select({
      fdcId: sql<number | null>`${foodPortions.fdcId}`.as("portion_of"),
      slug: sql<string | null>`NULL`.as("slug"),
      amount: foodPortions.amount,
      description: sql<string | null>`${foodPortions.description}`.as("portion"),
      grams: foodPortions.grams,
    })
    .from(foodPortions)
    .where(inArray(foodPortions.fdcId, [...ids]))
    .orderBy(asc(foodPortions.fdcId), asc(foodPortions.seq));

/** Servings of the dishes that are one food; the more usual dishes first. */
const selectServings = (db: Database, ids: readonly number[]) =>
  db
    .select({
      fdcId: sql<number | null>`${dishComponents.fdcId}`.as("serving_of"),
      slug: sql<string | null>`NULL`.as("slug"),
      amount: sql<number>`1`.as("amount"),
      description: sql<string | null>`NULL`.as("portion"),
      grams: dishes.servingG,
    })
    .from(dishComponents)
    .innerJoin(dishes, and(eq(dishes.slug, dishComponents.dishSlug), eq(dishes.kind, "food")))
    .where(inArray(dishComponents.fdcId, [...ids]))
    .orderBy(asc(dishes.tier), asc(dishes.slug));

const selectRecipeServings = (db: Database, slugs: readonly string[]) =>
  db
    .select({
      fdcId: sql<number | null>`NULL`.as("serving_of"),
      slug: sql<string | null>`${dishes.slug}`.as("slug"),
      amount: sql<number>`1`.as("amount"),
      description: sql<string | null>`NULL`.as("portion"),
      grams: dishes.servingG,
    })
    .from(dishes)
    .where(inArray(dishes.slug, [...slugs]));

/** The household measures and usual servings of these targets, in one round trip. */
export async function loadPortions(
  db: Database,
  targets: readonly FoodTarget[],
): Promise<ReadonlyMap<string, FoodPortions>> {
  const ids = [...new Set(targets.flatMap((target) => (target.kind === "food" ? [target.fdcId] : [])))];
  const slugs = [...new Set(targets.flatMap((target) => (target.kind === "recipe" ? [target.slug] : [])))];
  const rows = await readAll<Row>(db, [
    ...inChunks(ids).flatMap((chunk) => [selectMeasures(db, chunk), selectServings(db, chunk)]),
    ...inChunks(slugs).map((chunk) => selectRecipeServings(db, chunk)),
  ]);
  const found = new Map<string, { servingGrams: number | null; portions: Portion[] }>();
  for (const { fdcId, slug, amount, description, grams } of rows.flat()) {
    const key = targetKey(slug === null ? { kind: "food", fdcId: fdcId ?? 0 } : { kind: "recipe", slug });
    const known = found.get(key) ?? { servingGrams: null, portions: [] };
    if (description === null) known.servingGrams ??= grams;
    else known.portions.push({ amount, description, grams });
    found.set(key, known);
  }
  return found;
}
