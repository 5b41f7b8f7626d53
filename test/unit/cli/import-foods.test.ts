import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createCsvReader } from "../../../src/cli/foods/csv.ts";
import { chunkStatements, foodStatements } from "../../../src/cli/foods/food-statements.ts";
import {
  collectFoods,
  explainSourceProblem,
  type ImportedFood,
  type OpenTable,
} from "../../../src/cli/foods/sr-legacy.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FIXTURE = join(ROOT, "test/support/usda-sr-legacy");

function readCsv(text: string, pieceLength = text.length): string[][] {
  const reader = createCsvReader();
  const rows: string[][] = [];
  for (let start = 0; start < text.length; start += pieceLength) {
    rows.push(...reader.push(text.slice(start, start + pieceLength)));
  }
  return [...rows, ...reader.end()];
}

/** The fixture's tables, with the text of a file changed where a test says so. */
const openFixture = (change: Record<string, (text: string) => string> = {}): OpenTable =>
  async function* open(file) {
    const text = readFileSync(join(FIXTURE, file), "utf8");
    yield* readCsv(change[file]?.(text) ?? text);
  };

async function fixtureFoods(): Promise<ImportedFood[]> {
  const foods = await collectFoods(openFixture());
  if (!foods.ok) throw new Error(explainSourceProblem(foods.error));
  return foods.value;
}

describe("reading CSV", () => {
  const TEXT = '\uFEFF"a","b"\r\n"1/8"" fat, trimmed","two\nlines"\r\nplain,\n\n"last",""""';
  const ROWS = [
    ["a", "b"],
    ['1/8" fat, trimmed', "two\nlines"],
    ["plain", ""],
    ["last", '"'],
  ];

  test.each([1, 2, 3, 7, 1000])("gives the same rows when the text comes in pieces of %i", (pieceLength) => {
    expect(readCsv(TEXT, pieceLength)).toEqual(ROWS);
  });
});

describe("reading USDA's download", () => {
  test("takes foods of SR Legacy with group, padded NDB number and nutrients by USDA's numbers", async () => {
    const foods = await fixtureFoods();
    expect(foods.map(({ fdcId, ndbNo, foodGroup }) => [fdcId, ndbNo, foodGroup])).toEqual([
      [171477, "05064", "Poultry Products"],
      [173944, "09040", "Fruits and Fruit Juices"],
      [990001, null, "Beef Products"],
    ]);
    expect(foods[0]?.nutrients).toEqual({ energy_kcal: 165, protein_g: 31.02, fat_total_g: 3.57, carbohydrate_g: 0 });
    expect(foods[1]?.nutrients.sugars_total_g).toBe(12.23);
  });

  test("leaves out what was not measured instead of taking it for 0", async () => {
    const [, banana] = await fixtureFoods();
    expect(banana?.nutrients).not.toHaveProperty("fat_trans_g");
    expect(banana?.nutrients).not.toHaveProperty("cholesterol_mg");
  });

  test("takes household measures in USDA's order, with and without a measure unit", async () => {
    const [chicken, banana] = await fixtureFoods();
    expect(chicken?.portions).toEqual([{ seq: 1, amount: 0.5, description: "cup, chopped or diced", grams: 70 }]);
    expect(banana?.portions.map(({ description, grams }) => [description, grams])).toEqual([
      ["cup, mashed", 225],
      ['medium (7" to 7-7/8" long)', 118],
    ]);
  });

  test.each([
    [
      "food_nutrient.csv",
      (text: string) => text.replace('"amount"', '"value"'),
      /food_nutrient\.csv has no column "amount"/,
    ],
    ["nutrient.csv", (text: string) => text.replace('"MG","307"', '"G","307"'), /sodium_mg in G instead of MG/],
    ["nutrient.csv", (text: string) => text.replace('"417"', '"999"'), /does not list nutrient 417/],
    ["food_portion.csv", (text: string) => text.replace('"118"', '"heavy"'), /an invalid number: .*heavy/],
    ["food.csv", (text: string) => text.replaceAll("sr_legacy_food", "foundation_food"), /a different USDA download/],
  ])("says in one sentence what is wrong with %s", async (file, change, sentence) => {
    const foods = await collectFoods(openFixture({ [file]: change }));
    expect(foods.ok ? "" : explainSourceProblem(foods.error)).toMatch(sentence);
  });
});

describe("writing the food table", () => {
  const migrated = (): DatabaseSync => {
    const database = new DatabaseSync(":memory:");
    for (const file of readdirSync(join(ROOT, "migrations"))
      .filter((name) => name.endsWith(".sql"))
      .sort()) {
      database.exec(readFileSync(join(ROOT, "migrations", file), "utf8"));
    }
    return database;
  };
  const count = (database: DatabaseSync, what: string): unknown =>
    database.prepare(`SELECT count(*) AS n FROM ${what}`).get()?.["n"];

  test("keeps statements below the limit and loses no row", () => {
    const statements = chunkStatements("INSERT INTO t VALUES", ["(1)", "('é')", "(3)", "(4)"], "", 36);
    expect(statements).toEqual(["INSERT INTO t VALUES\n(1),\n('é');", "INSERT INTO t VALUES\n(3),\n(4);"]);
    expect(chunkStatements("INSERT INTO t VALUES", [])).toEqual([]);
  });

  test("adds foods, replaces the ones that are there, and can be run again", async () => {
    const database = migrated();
    const statements = foodStatements(await fixtureFoods());
    const dishes = count(database, "dishes");
    const otherPortions = count(database, "food_portions WHERE fdc_id NOT IN (173944, 171477)");
    for (const _ of [1, 2]) database.exec(statements.join("\n"));
    expect(count(database, "foods")).toBe(689);
    expect(count(database, "dishes")).toBe(dishes);
    expect(
      database.prepare("SELECT common_name, ndb_no, fat_trans_g, fvl_weight FROM foods WHERE fdc_id = 173944").get(),
    ).toEqual({ common_name: "banana", ndb_no: "09040", fat_trans_g: null, fvl_weight: 1 });
    expect(count(database, "food_portions WHERE fdc_id = 173944")).toBe(2);
    expect(count(database, "food_portions WHERE fdc_id NOT IN (173944, 171477)")).toBe(otherPortions);
    expect(count(database, "food_names WHERE fdc_id = 990001")).toBe(1);
  });

  test("makes the new names searchable", async () => {
    const database = migrated();
    database.exec(foodStatements(await fixtureFoods()).join("\n"));
    const hit = database.prepare("SELECT rowid FROM food_name_index WHERE food_name_index MATCH ?").get('"zebu"');
    expect(hit?.["rowid"]).toBe(990001);
  });
});
