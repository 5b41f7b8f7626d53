import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { rankCandidates } from "../../src/nutrition/matching.ts";
import { searchWords } from "../../src/nutrition/name-words.ts";
import { nameKey } from "../../src/nutrition/normalize-name.ts";
import { NUTRIENT_FIELDS } from "../../src/nutrition/nutrient-table.ts";
import { COMMON_FORMS } from "../../src/nutrition/common-forms.ts";
import { matchNames } from "../../src/nutrition/match-names.ts";
import { REGIONAL_NAMES } from "../../src/nutrition/regional-names.ts";
import { resolveFoods } from "../../src/nutrition/resolve-foods.ts";
import { HARD_NAMES } from "../support/hard-names.ts";

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
const seen = (name: string) => ({ name, grams: 100, sizeRange: [80, 120] as [number, number], confidence: 0.9 });

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
  test("has 688 foods, 553 dishes and their household measures", async () => {
    expect(
      await rows(
        "SELECT (SELECT count(*) FROM foods) AS foods, (SELECT count(*) FROM dishes) AS dishes, (SELECT count(*) FROM food_portions) AS portions",
      ),
    ).toEqual([{ foods: 688, dishes: 553, portions: 1698 }]);
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

describe("names as people and models say them", () => {
  /** What is right for no table but the whole of SR Legacy: this one has no fried breast without a batter. */
  const MISSES = new Set(["fried chicken breast"]);

  test.each([...HARD_NAMES])("of the kind %s lead to the right food", async (_kind, names) => {
    const dishes = await rows<{ slug: string; kind: string; fdc_id: number }>(
      "SELECT d.slug, d.kind, c.fdc_id FROM dishes AS d JOIN dish_components AS c ON c.dish_slug = d.slug",
    );
    const matched = await matchNames(table, Object.keys(names));
    const wrong = Object.entries(names).filter(([, right], index) => {
      const claimed = matched[index]?.claimed?.candidate;
      if (right === null || claimed === undefined) return right !== null || claimed !== undefined;
      const { target, description } = claimed;
      return !right.some((food) => {
        if (typeof food !== "string") return food.test(description ?? "");
        if (target.kind === "recipe") return target.slug === food;
        return dishes.some(({ slug, kind, fdc_id }) => kind === "food" && slug === food && fdc_id === target.fdcId);
      });
    });
    expect(wrong.map(([name]) => name).filter((name) => !MISSES.has(name))).toEqual([]);
  });

  test("mean in each country what the table has under another name", async () => {
    const matched = await matchNames(
      table,
      REGIONAL_NAMES.map(({ meaning }) => meaning),
    );
    expect(REGIONAL_NAMES.filter((_, index) => matched[index]?.claimed?.score !== 1)).toEqual([]);
  });

  test.each([
    ["chips", "gb", "French fries"],
    ["chips", "us", "Potato chips"],
    ["fish and chips", "gb", "Fish and chips"],
    ["jelly", "gb", "Gelatin dessert"],
    ["jelly", null, "Jam"],
    ["biscuits with tea", "gb", "Chocolate chip cookie"],
    ["biscuit", "us", "Biscuit (US)"],
    ["lean beef mince", "ie", "lean ground beef"],
    ["brinjal", "in", "Eggplant"],
    ["capsicum", "au", "Bell pepper"],
    ["tomato sauce", "nz", "Ketchup"],
    ["pasta with tomato sauce", "nz", "Spaghetti with tomato sauce"],
  ])("%j in %s is %s", async (name, country, food) => {
    const [match] = await matchNames(table, [name], country);
    expect(match?.claimed?.candidate.displayName).toBe(food);
  });

  test("find the usual member of a class under its own name, and say that it was taken for the class", async () => {
    const matched = await matchNames(table, Object.values(COMMON_FORMS));
    expect(matched.filter(({ claimed }) => claimed?.score !== 1)).toEqual([]);
    const [fish] = await matchNames(table, ["baked fish"]);
    expect(fish?.claimed?.candidate.displayName).toBe("White fish");
    expect(fish?.claimed?.parts.meaning).toBe(0.8);
  });

  test("are read in one round trip, and in three when a word may be misspelled", async () => {
    asked.batches = 0;
    await matchNames(table, ["fish", "chips", "brown rice", "steamed broccoli"], "gb");
    expect(asked.batches).toBe(1);
    asked.batches = 0;
    const [typo] = await matchNames(table, ["steamed brocoli", "brown rice"]);
    expect(asked.batches).toBe(3);
    expect(typo?.claimed).toMatchObject({ candidate: { displayName: "Broccoli" }, parts: { meaning: 0.9 } });
  });
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
    expect(foods.filter(({ item }) => item === 3).reduce((sum, { servingSize }) => sum + servingSize, 0)).toBeCloseTo(
      100,
      6,
    );
  });

  test("knows only fields of the contract", async () => {
    const known = new Set<string>(NUTRIENT_FIELDS);
    for (const { nutrients } of await resolveFoods(table, MEAL)) {
      expect(Object.keys(nutrients ?? {}).filter((field) => !known.has(field))).toEqual([]);
    }
  });
});
