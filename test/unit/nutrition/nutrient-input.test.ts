import { describe, expect, test } from "vitest";
import { nutrientInputSchema, toNutrients } from "../../../src/nutrition/nutrient-input.ts";
import { NUTRIENT_FIELDS } from "../../../src/nutrition/nutrient-table.ts";

describe("nutrients as a client sends them", () => {
  test("keep each of the 29 fields as it is, zero included, and know nothing of the others", () => {
    const all = Object.fromEntries(NUTRIENT_FIELDS.map((field, index) => [field, index]));
    expect(toNutrients(nutrientInputSchema.parse({ ...all, alcohol_g: 7 }))).toEqual(all);
    expect(toNutrients({})).toStrictEqual({});
    expect(toNutrients({ iron_mg: 1 })).toStrictEqual({ iron_mg: 1 });
  });

  test.each([
    ["salt in grams", { salt_g: 2.5 }, 1000],
    ["salt in milligrams", { salt_mg: 500 }, 200],
    ["sodium in grams", { sodium_g: 0.4 }, 400],
    ["no salt at all", { salt_g: 0 }, 0],
    ["sodium before salt", { salt_g: 10, salt_mg: 10, sodium_g: 0.3 }, 300],
    ["milligrams of sodium before anything else", { salt_g: 10, sodium_g: 3, sodium_mg: 7 }, 7],
  ])("turn %s into sodium", (_, input, sodium) => {
    expect(toNutrients(input)).toEqual({ sodium_mg: expect.closeTo(sodium, 9) });
  });

  test.each([
    ["below zero", { protein_g: -0.1 }],
    ["as text", { protein_g: "1" }],
    ["as null", { salt_g: null }],
    ["above what any meal holds", { folate_mcg: 20_000_000_001 }],
    ["without end", { salt_mg: Number.POSITIVE_INFINITY }],
  ])("are refused %s", (_, input) => {
    expect(nutrientInputSchema.safeParse(input).success).toBe(false);
  });
});
