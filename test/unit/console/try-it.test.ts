import { describe, expect, it } from "vitest";
import { correctionOf, foodValue } from "../../../src/pages/try/correction.ts";
import { NUTRIENT_GROUPS, shownNumber, unitOf } from "../../../src/pages/try/nutrient-names.ts";
import { UPLOAD_FIELDS } from "../../../src/pages/try/upload-options.ts";
import { FAILURE_HELP, surenessOf } from "../../../src/pages/try/words.ts";
import { DAILY_VALUES } from "../../../src/nutrition/daily-values.ts";
import { NUTRIENT_FIELDS } from "../../../src/nutrition/nutrients.ts";
import { FAILURE_CODES } from "../../../src/records/record.ts";
import { fromTextFields, uploadRequestSchema } from "../../../src/records/upload-options.ts";

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
  const rows = NUTRIENT_GROUPS.flatMap(([, fields]) => fields.map(([field]) => field));

  it("has each of the 29 once", () => {
    expect(rows.toSorted()).toEqual([...NUTRIENT_FIELDS].toSorted());
  });

  it("has a unit for each", () => {
    for (const field of rows) expect(unitOf(field), field).not.toBe("");
  });

  it("compares with a day wherever somebody says what a day is", () => {
    const without = rows.filter((field) => DAILY_VALUES[field] === undefined);
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
  const parsed = uploadRequestSchema.parse(fromTextFields(UPLOAD_FIELDS.map(([name, value]) => [name, value])));
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
