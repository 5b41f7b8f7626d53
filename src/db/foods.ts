import { asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import {
  targetKey,
  type DishComponent,
  type Food,
  type FoodTable,
  type FoodTarget,
  type NameCandidate,
  type NameQuery,
} from "../nutrition/food-table.ts";
import { NUTRIENT_FIELDS } from "../nutrition/nutrient-table.ts";
import type { Nutrients } from "../nutrition/nutrients.ts";
import type { KnownWord } from "../nutrition/spelling.ts";
import { scoreTraits } from "../nutrition/score-traits.ts";
import { loadPortions } from "./food-portions.ts";
import { inChunks, readAll } from "./batches.ts";
import type { Database } from "./database.ts";
import { dishComponents, dishes, foodNames, foods, foodWords } from "./food-schema.ts";

/** Full-text hits that are scored for one name; a food's better names are shorter and so come first. */
const FULL_TEXT_HITS = 24;
/** A component of a single food: its nutrients are per 100 g. */
const BASIS_GRAMS = 100;

type FoodRow = typeof foods.$inferSelect;

function toFood(row: FoodRow): Food {
  const nutrients: Nutrients = {};
  for (const field of NUTRIENT_FIELDS) {
    const value = row[field];
    if (value !== null) nutrients[field] = value;
  }
  return {
    fdcId: row.fdcId,
    table: row.source,
    id: row.ndbNo ?? String(row.fdcId),
    name: row.commonName ?? row.description,
    nutrients,
    traits: scoreTraits(row.foodGroup, row.description, row.fvlWeight),
  };
}

const selectNames = (db: Database, where: SQL) =>
  db
    .select({
      nameId: foodNames.id,
      name: foodNames.name,
      nameKey: foodNames.nameKey,
      dishSlug: foodNames.dishSlug,
      // A batch loses the second of two columns with one name (drizzle reads its rows as objects).
      dishName: sql<string | null>`${dishes.name}`.as("dish_name"),
      food: {
        fdcId: foods.fdcId,
        ndbNo: foods.ndbNo,
        description: foods.description,
        commonName: foods.commonName,
        foodGroup: foods.foodGroup,
        source: foods.source,
      },
    })
    .from(foodNames)
    .leftJoin(dishes, eq(dishes.slug, foodNames.dishSlug))
    .leftJoin(foods, eq(foods.fdcId, foodNames.fdcId))
    .where(where);

type NameRow = Awaited<ReturnType<typeof selectNames>>[number];

function toCandidates({ nameId, name, nameKey, dishSlug, dishName, food }: NameRow): NameCandidate[] {
  const common = { nameId, name, nameKey, isDish: dishSlug !== null };
  if (food !== null) {
    return [
      {
        ...common,
        target: { kind: "food", fdcId: food.fdcId },
        table: food.source,
        id: food.ndbNo ?? String(food.fdcId),
        displayName: dishName ?? food.commonName ?? food.description,
        description: food.description,
        foodGroup: food.foodGroup,
      },
    ];
  }
  if (dishSlug === null) return [];
  return [
    {
      ...common,
      target: { kind: "recipe", slug: dishSlug },
      table: "morsel_dishes",
      id: dishSlug,
      displayName: dishName ?? name,
      description: null,
      foodGroup: null,
    },
  ];
}

/** Names whose key is one of these; `name_key` is indexed. */
const namesWithKeys = (db: Database, keys: readonly string[]) => selectNames(db, inArray(foodNames.nameKey, [...keys]));

/** The names that share most of these words, by bm25: rare words and short names first. */
function namesWithWords(db: Database, words: readonly string[]) {
  const match = words.map((word) => `"${word}"`).join(" OR ");
  const hits = sql`SELECT rowid FROM food_name_index WHERE food_name_index MATCH ${match} ORDER BY rank LIMIT ${FULL_TEXT_HITS}`;
  return selectNames(db, sql`${foodNames.id} IN (${hits})`);
}

async function findNames(db: Database, queries: readonly NameQuery[]): Promise<NameCandidate[][]> {
  const keys = [...new Set(queries.map(({ key }) => key).filter((key) => key !== ""))];
  const exact = inChunks(keys).map((chunk) => namesWithKeys(db, chunk));
  const searched = queries.map(({ words }) => (words.length === 0 ? null : namesWithWords(db, words)));
  const rows = await readAll<NameRow>(db, [...exact, ...searched.filter((statement) => statement !== null)]);
  const equal = rows.splice(0, exact.length).flat();
  return queries.map(({ key }, index) => {
    const hits = searched[index] === null ? [] : (rows.shift() ?? []);
    return [...equal.filter(({ nameKey }) => nameKey === key), ...hits].flatMap(toCandidates);
  });
}

/** The words from one first letter on that are about as long; the index is read in the order of its words. */
const wordsLike = (db: Database, word: string) => {
  const [letter = ""] = word;
  const { word: term } = foodWords;
  const isNear = sql`${term} >= ${letter} AND ${term} < ${`${letter}\u{10FFFF}`}`;
  return db
    .select()
    .from(foodWords)
    .where(sql`${isNear} AND length(${term}) BETWEEN ${word.length - 1} AND ${word.length + 1}`);
};

const findWordsLike = async (db: Database, words: readonly string[]): Promise<KnownWord[]> =>
  (
    await readAll(
      db,
      words.map((word) => wordsLike(db, word)),
    )
  ).flat();

const selectFoods = (db: Database, ids: readonly number[]) =>
  db
    .select({
      dishSlug: sql<string | null>`NULL`.as("dish_slug"),
      grams: sql<number>`${BASIS_GRAMS}`.as("grams"),
      food: foods,
    })
    .from(foods)
    .where(inArray(foods.fdcId, [...ids]));

const selectComponents = (db: Database, slugs: readonly string[]) =>
  db
    .select({
      dishSlug: sql<string | null>`${dishComponents.dishSlug}`.as("dish_slug"),
      grams: dishComponents.grams,
      food: foods,
    })
    .from(dishComponents)
    .innerJoin(foods, eq(foods.fdcId, dishComponents.fdcId))
    .where(inArray(dishComponents.dishSlug, [...slugs]))
    .orderBy(asc(dishComponents.dishSlug), asc(dishComponents.position));

async function loadComponents(
  db: Database,
  targets: readonly FoodTarget[],
): Promise<ReadonlyMap<string, DishComponent[]>> {
  const ids = new Set(targets.flatMap((target) => (target.kind === "food" ? [target.fdcId] : [])));
  const slugs = new Set(targets.flatMap((target) => (target.kind === "recipe" ? [target.slug] : [])));
  const rows = await readAll(db, [
    ...inChunks([...ids]).map((chunk) => selectFoods(db, chunk)),
    ...inChunks([...slugs]).map((chunk) => selectComponents(db, chunk)),
  ]);
  const found = new Map<string, DishComponent[]>();
  for (const { dishSlug, grams, food } of rows.flat()) {
    const key = targetKey(dishSlug === null ? { kind: "food", fdcId: food.fdcId } : { kind: "recipe", slug: dishSlug });
    const components = found.get(key) ?? [];
    components.push({ food: toFood(food), grams });
    found.set(key, components);
  }
  return found;
}

/** The food table in D1. */
export const createFoodTable = (db: Database): FoodTable => ({
  findNames: (queries) => findNames(db, queries),
  findWordsLike: (words) => findWordsLike(db, words),
  loadComponents: (targets) => loadComponents(db, targets),
  loadPortions: (targets) => loadPortions(db, targets),
});
