import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { foodStatements } from "../../src/cli/foods/food-statements.ts";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { searchWords } from "../../src/nutrition/name-words.ts";
import { nameKey } from "../../src/nutrition/normalize-name.ts";

/** As many foods as USDA SR Legacy has. */
const FULL_SIZE = 7793;
const MOST_ROWS_PER_CANDIDATE = 20;
/** Ids that no food of the migrations has. */
const FIRST_ID = 900_000;

/** The words that SR Legacy's descriptions are made of, the commonest among them, so that each search hits hundreds. */
const PARTS = [
  ["Beef", "Pork", "Chicken", "Lamb", "Fish", "Rice", "Broccoli", "Potatoes", "Cheese", "Bread", "Salad", "Beans"],
  ["breast", "round", "shoulder", "white", "brown", "cheddar", "green", "whole wheat", "loin", "caesar"],
  ["meat only", "lean and fat", "with skin", "all grades", "long-grain", "sliced", "frozen", "canned"],
  ["raw", "cooked", "grilled", "roasted", "steamed", "fried", "boiled", "baked"],
];

const description = (index: number): string =>
  PARTS.reduce<[string[], number]>(
    ([words, rest], part) => [[...words, part[rest % part.length] ?? ""], Math.floor(rest / part.length)],
    [[], index],
  )[0].join(", ");

const NAMES = [
  "grilled chicken breast",
  "white rice",
  "steamed broccoli",
  "caesar salad",
  "cheddar cheese",
  "whole wheat bread",
  "roasted lamb shoulder with skin",
  "fish",
];
const QUERIES = NAMES.map((name) => ({ key: nameKey(name), words: searchWords(name) }));

/** The statements that a look-up prepares, and the rows that D1 says they read. */
function watchedDatabase() {
  const seen = { statements: [] as string[], batches: 0, rowsRead: 0 };
  const database = new Proxy(env.DB, {
    get(target, property) {
      if (property === "prepare") {
        return (query: string) => {
          seen.statements.push(query);
          return target.prepare(query);
        };
      }
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements);
        seen.batches += 1;
        seen.rowsRead += results.reduce((sum, { meta }) => sum + meta.rows_read, 0);
        return results;
      };
    },
  });
  return { seen, table: createFoodTable(createDatabase(database)) };
}

beforeAll(async () => {
  const [{ foods } = { foods: 0 }] = (
    await env.DB.prepare("SELECT count(*) AS foods FROM foods").all<{ foods: number }>()
  ).results;
  const synthetic = Array.from({ length: FULL_SIZE - foods }, (_, index) => ({
    fdcId: FIRST_ID + index,
    ndbNo: String(FIRST_ID + index),
    description: description(index),
    foodGroup: "Synthetic",
    nutrients: { energy_kcal: index % 900 },
    portions: [],
  }));
  for (const statement of foodStatements(synthetic)) await env.DB.prepare(statement).run();
}, 60_000);

it("reads fewer than 20 rows for each candidate, however many foods a name's words hit", async () => {
  for (const query of QUERIES) {
    const { seen, table } = watchedDatabase();
    const [candidates = []] = await table.findNames([query]);
    expect(candidates.length, query.key).toBeGreaterThan(10);
    expect(seen.rowsRead / candidates.length, query.key).toBeLessThan(MOST_ROWS_PER_CANDIDATE);
  }
});

it("looks all names of a meal up in one batch, one query a name and one for all keys", async () => {
  const { seen, table } = watchedDatabase();
  await table.findNames(QUERIES);
  expect(seen.batches).toBe(1);
  expect(seen.statements).toHaveLength(QUERIES.length + 1);
});

it("scans no table: keys, ids and words all have an index", async () => {
  const { seen, table } = watchedDatabase();
  await table.findNames(QUERIES.slice(0, 1));
  for (const statement of seen.statements) {
    const parameters = Array.from(statement.matchAll(/\?/g), () => (statement.includes("MATCH") ? "rice" : 24));
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`)
      .bind(...parameters)
      .all<{ detail: string }>();
    const scans = results.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN"));
    // The full-text index is a virtual table: SQLite calls every use of it a scan, and `M` is its MATCH.
    expect(scans.filter((detail) => !/^SCAN food_name_index VIRTUAL TABLE INDEX \d+:M/.test(detail))).toEqual([]);
  }
});
