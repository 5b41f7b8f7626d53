import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { rankCandidates } from "../../src/nutrition/matching.ts";
import { searchWords } from "../../src/nutrition/name-words.ts";
import { nameKey } from "../../src/nutrition/normalise-name.ts";
import { NUTRIENT_FIELDS } from "../../src/nutrition/nutrients.ts";
import { resolveFoods } from "../../src/nutrition/resolve-foods.ts";

/** What the database was asked, by a proxy that counts batches and the rows that D1 says it read. */
const asked = { batches: 0, rowsRead: 0 };

const counted = new Proxy(env.DB, {
  get(database, property) {
    if (property !== "batch") {
      const value: unknown = Reflect.get(database, property);
      return typeof value === "function" ? value.bind(database) : value;
    }
    return async (statements: D1PreparedStatement[]) => {
      const results = await database.batch(statements);
      asked.batches += 1;
      asked.rowsRead += results.reduce((sum, { meta }) => sum + meta.rows_read, 0);
      return results;
    };
  },
});

const db = createDatabase(counted);
const table = createFoodTable(db);

const rows = async <Row>(query: string): Promise<Row[]> => (await env.DB.prepare(query).all<Row>()).results;
const seen = (name: string) => ({ name, grams: 100, gramsRange: [80, 120] as [number, number], confidence: 0.9 });

async function bestMatches(names: readonly string[], search: boolean) {
  const found = await table.findNames(
    names.map((name) => ({ key: nameKey(name), words: search ? searchWords(name) : [] })),
  );
  return names.map((name, index) => rankCandidates(name, found[index] ?? [])[0]);
}

interface StoredName {
  name: string;
  name_key: string;
  dish_slug: string | null;
  fdc_id: number | null;
}

describe("the food table as installed", () => {
  test("has 514 foods, 553 dishes and their household measures", async () => {
    expect(
      await rows(
        "SELECT (SELECT count(*) FROM foods) AS foods, (SELECT count(*) FROM dishes) AS dishes, (SELECT count(*) FROM food_portions) AS portions",
      ),
    ).toEqual([{ foods: 514, dishes: 553, portions: 1301 }]);
  });

  test("has components that exist and add up to the serving for every dish", async () => {
    const wrong = await rows(
      `SELECT d.slug, d.serving_g, sum(c.grams) AS total, count(f.fdc_id) AS foods, count(*) AS components
       FROM dishes AS d LEFT JOIN dish_components AS c ON c.dish_slug = d.slug LEFT JOIN foods AS f ON f.fdc_id = c.fdc_id
       GROUP BY d.slug HAVING foods <> components OR abs(total - serving_g) > 0.01`,
    );
    expect(wrong).toEqual([]);
  });

  test("keeps unmeasured nutrients apart from zero", async () => {
    const [unmeasured] = await rows<{ n: number }>("SELECT count(*) AS n FROM foods WHERE fat_trans_g IS NULL");
    const [zero] = await rows<{ n: number }>("SELECT count(*) AS n FROM foods WHERE fat_trans_g = 0");
    expect(unmeasured?.n).toBeGreaterThan(100);
    expect(zero?.n).toBeGreaterThan(50);
  });

  test("has keys that today's code makes, and no key for two dishes", async () => {
    const names = await rows<StoredName>("SELECT name, name_key, dish_slug, fdc_id FROM food_names");
    expect(names.filter(({ name, name_key }) => nameKey(name) !== name_key)).toEqual([]);
    expect(
      await rows("SELECT name_key FROM food_names GROUP BY name_key HAVING count(DISTINCT dish_slug) > 1"),
    ).toEqual([]);
  });
});

describe("looking up names", () => {
  test("resolves every dish's name and synonyms to that dish", async () => {
    const names = await rows<StoredName>(
      "SELECT name, name_key, dish_slug, fdc_id FROM food_names WHERE dish_slug NOT NULL",
    );
    const listed = await rows<StoredName>("SELECT name, slug AS dish_slug, '' AS name_key, NULL AS fdc_id FROM dishes");
    const matches = await bestMatches(
      [...names, ...listed].map(({ name }) => name),
      false,
    );
    const ids = new Map(
      await rows<{ slug: string; fdc_id: number }>(
        "SELECT d.slug, c.fdc_id FROM dishes AS d JOIN dish_components AS c ON c.dish_slug = d.slug WHERE d.kind = 'food'",
      ).then((found) => found.map(({ slug, fdc_id }) => [slug, fdc_id])),
    );
    const wrong = [...names, ...listed].filter(({ dish_slug }, index) => {
      const match = matches[index];
      const target = match?.candidate.target;
      const right = target?.kind === "recipe" ? target.slug === dish_slug : target?.fdcId === ids.get(dish_slug ?? "");
      return match?.score !== 1 || !right;
    });
    expect(names.length).toBeGreaterThan(1300);
    expect(wrong).toEqual([]);
  });

  test.each([
    ["chicken breast, grilled", "Grilled chicken breast"],
    ["chicken breasts grilled with lemon", "Grilled chicken breast"],
    ["sautéed spinach", "Spinach (cooked)"],
    ["cherry tomatoes, halved", "Cherry tomatoes"],
    ["grilled chicken caesar salad", "Chicken Caesar salad"],
    ["a bowl of miso soup", "Miso soup"],
    ["grated parmesan cheese", "Parmesan"],
    ["shrimp fried rice", "Fried rice"],
  ])("finds %j as %j", async (name, food) => {
    const [match] = await bestMatches([name], true);
    expect(match?.candidate.displayName).toBe(food);
  });

  test.each(["laptop", "unobtainium ragout", "", '" OR name_key:*', "'; DROP TABLE foods; --", "ラーメン"])(
    "claims nothing for %j",
    async (name) => {
      const [item] = await resolveFoods(table, [seen(name)]);
      expect(item).toMatchObject({ name, nutrients: null, foodSource: null });
    },
  );
});

describe("resolving a meal", () => {
  const MEAL = ["grilled chicken breast", "white rice", "steamed broccoli", "caesar salad", "red wine", "banana"].map(
    seen,
  );

  beforeAll(() => resolveFoods(table, MEAL));

  test("takes two round trips and reads a bounded number of rows", async () => {
    asked.batches = 0;
    asked.rowsRead = 0;
    await resolveFoods(table, MEAL);
    expect(asked.batches).toBe(2);
    expect(asked.rowsRead).toBeLessThan(130 * MEAL.length);
  });

  test("gives USDA's values for the grams, and the table's id", async () => {
    const foods = await resolveFoods(table, MEAL);
    const chicken = foods.find(({ item }) => item === 0);
    expect(chicken?.foodSource).toEqual({ table: "usda_sr_legacy", id: "05064", match: 1 });
    expect(chicken?.nutrients).toMatchObject({ energy_kcal: 165, fat_total_g: 3.57 });
    expect(foods.filter(({ item }) => item === 3).reduce((sum, { grams }) => sum + grams, 0)).toBeCloseTo(100, 6);
  });

  test("knows only fields of the contract", async () => {
    const known = new Set<string>(NUTRIENT_FIELDS);
    for (const { nutrients } of await resolveFoods(table, MEAL)) {
      expect(Object.keys(nutrients ?? {}).filter((field) => !known.has(field))).toEqual([]);
    }
  });
});
