import { describe, expect, it } from "vitest";
import { correctionOf, foodValue } from "../../../src/pages/try/correction.ts";
import { NUTRIENT_GROUPS } from "../../../src/pages/try/nutrient-groups.ts";
import { shownNumber } from "../../../src/pages/try/shown-number.ts";
import { UPLOAD_FIELDS } from "../../../src/pages/try/upload-options.ts";
import { FAILURE_HELP, sureness, surenessOf } from "../../../src/pages/try/words.ts";
import { NUTRIENT_FIELDS, nutrientOf } from "../../../src/nutrition/nutrient-table.ts";
import { FAILURE_CODES } from "../../../src/records/record.ts";
import { uploadRequestSchema } from "../../../src/records/upload-options.ts";
import { fromTextFields } from "../../../src/text-fields.ts";

describe("a form about an ingredient", () => {
  it.each<[string, Record<string, string>, object]>([
    ["an amount", { version: '"x.3"', serving_size: "91.5" }, { serving_size: 91.5 }],
    [
      "a food that was offered",
      { food_source: "usda_sr_legacy 09218" },
      { food_source: { table: "usda_sr_legacy", id: "09218" } },
    ],
    ["a name", { name: "brown rice" }, { name: "brown rice" }],
    ["that it is not there", { remove: "true" }, { remove: true }],
  ])("says %s as the API takes it, and nothing else", (_, fields, correction) => {
    expect(correctionOf(Object.entries(fields))).toEqual(correction);
  });

  it("names a food as its button does", () => {
    const food = { table: "usda_sr_legacy", id: "09218" };
    expect(correctionOf([["food_source", foodValue(food)]])).toEqual({ food_source: food });
  });
});

describe("the table of nutrients", () => {
  const rows = NUTRIENT_GROUPS.flatMap(([, fields]) => fields);

  it("has each of the 29 once", () => {
    expect(rows.toSorted()).toEqual([...NUTRIENT_FIELDS].toSorted());
  });

  it("names each field by its unit", () => {
    for (const field of rows) expect(field.endsWith(`_${nutrientOf(field).unit}`), field).toBe(true);
  });

  it("puts a part below what it is a part of", () => {
    const parts = rows.filter((field) => nutrientOf(field).isPart === true);
    expect(parts).toEqual([
      "fat_saturated_g",
      "fat_monounsaturated_g",
      "fat_polyunsaturated_g",
      "fat_trans_g",
      "sugars_total_g",
      "fiber_total_dietary_g",
    ]);
    expect(rows.indexOf("fat_saturated_g")).toBe(rows.indexOf("fat_total_g") + 1);
    expect(rows.indexOf("sugars_total_g")).toBe(rows.indexOf("carbohydrate_g") + 1);
  });

  it("compares with a day wherever somebody says what a day is", () => {
    const without = rows.filter((field) => nutrientOf(field).dailyValue === null);
    expect(without).toEqual(["fat_monounsaturated_g", "fat_polyunsaturated_g", "fat_trans_g"]);
  });

  it.each([
    [0, "0"],
    [0.04, "0"],
    [99.94, "99.9"],
    [711.3, "711"],
    [12_345.6, "12,346"],
  ])("shows %d as %s", (value, shown) => {
    expect(shownNumber(value)).toBe(shown);
  });
});

it("the fields of the form ask for everything that a record can show", () => {
  const parsed = uploadRequestSchema.parse(
    fromTextFields(
      uploadRequestSchema,
      UPLOAD_FIELDS.map(([name, value]) => [name, value]),
    ).fields,
  );
  expect(parsed).toMatchObject({
    include_dish_description: true,
    include_ingredients: true,
    include_nutri_score: true,
  });
  expect(parsed.include_nutrition_fields).toEqual(NUTRIENT_FIELDS);
});

it.each(FAILURE_CODES)("a failure by %s comes with what to do", (code) => {
  expect(FAILURE_HELP[code].length).toBeGreaterThan(0);
});

it.each([
  [1, "quite sure"],
  [0.6, "fairly sure"],
  [0.59, "not very sure"],
  [0, "a guess"],
])("a confidence of %d is %s", (confidence, words) => {
  expect(surenessOf(confidence)).toBe(words);
});

describe("how sure a dish is said to be", () => {
  const food = (confidence: number | null, isKnown = true, size = 100) => ({ confidence, isKnown, size });

  it.each<[string, ReturnType<typeof food>[], string]>([
    ["what was recognized, by its size", [food(0.9, true, 300), food(0.5)], "80 % confidence: quite sure."],
    ["what a user has said, which is not a confidence", [food(null)], "You corrected it."],
    ["both", [food(0.5), food(null)], "50 % confidence: not very sure. You corrected 1 of 2 ingredients."],
    ["a food that is not known", [food(1, false)], "It is not in the food table, and not counted."],
    [
      "one that is not known beside one that is",
      [food(1, false), food(0.6)],
      "60 % confidence: fairly sure. 1 of 2 ingredients is not in the food table, and not counted.",
    ],
  ])("is that of %s", (_, ingredients, text) => {
    expect(sureness(ingredients)).toBe(text);
  });
});
