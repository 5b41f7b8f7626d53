import { describe, expect, it } from "vitest";
import { typedContent, typedContentSchema } from "../../../src/records/changes/typed-content.ts";

const soup = { dish_name: " lentil soup ", serving_size: 350, unit: "g" };
const read = (body: object) => typedContent(typedContentSchema.parse({ ...soup, ...body }));
const lentils = { name: "lentils", serving_size: 200, unit: "g" };
const oil = { name: "olive oil", serving_size: 10, unit: "ml" };

describe("content that a user types", () => {
  it("is kept as typed, without an analysis", () => {
    expect(read({ nutritional_fields: { energy_kcal: 310, salt_g: 1.25 } })).toEqual({
      dishName: "lentil soup",
      dishDescription: null,
      nutriScore: null,
      servingSize: 350,
      unit: "g",
      nutrients: { energy_kcal: 310, sodium_mg: 500 },
      typedNutrients: { energy_kcal: 310, sodium_mg: 500 },
      ingredients: [],
      analysis: null,
    });
  });

  it("has the sum over its ingredients where a total was left out, and the typed total where it was not", () => {
    const content = read({
      nutritional_fields: { energy_kcal: 310 },
      ingredients: [
        { ...lentils, nutritional_fields: { energy_kcal: 232, protein_g: 18 } },
        { ...oil, nutritional_fields: { energy_kcal: 81, protein_g: 0 } },
      ],
    });
    expect(content.nutrients).toEqual({ energy_kcal: 310, protein_g: 18 });
    expect(content.typedNutrients).toEqual({ energy_kcal: 310 });
  });

  it("does not know a total that one of the ingredients does not have", () => {
    const content = read({ ingredients: [{ ...lentils, nutritional_fields: { energy_kcal: 232 } }, oil] });
    expect(content.nutrients).toEqual({});
  });

  it.each([
    ["no name", { dish_name: undefined }],
    ["a name of blanks", { dish_name: "  " }],
    ["no serving size", { serving_size: undefined }],
    ["a serving size below 0.01", { serving_size: 0.009 }],
    ["no unit", { unit: undefined }],
    ["an unknown unit", { unit: "oz" }],
    ["nutrients that are no object", { nutritional_fields: [] }],
    ["an ingredient without a size", { ingredients: [{ name: "lentils", unit: "g" }] }],
    ["more ingredients than a meal has", { ingredients: Array.from({ length: 101 }, () => lentils) }],
    ["a time that is none", { consumed_at: "noon" }],
    ["metadata that are no texts", { metadata: { table: 4 } }],
  ])("is refused with %s", (_, change) => {
    expect(typedContentSchema.safeParse({ ...soup, ...change }).success).toBe(false);
  });

  it.each(["g", "mg", "mcg", "ml", "kcal"])("may be measured in %s", (unit) => {
    expect(read({ unit, serving_size: 0.01 })).toMatchObject({ unit, servingSize: 0.01 });
  });
});
