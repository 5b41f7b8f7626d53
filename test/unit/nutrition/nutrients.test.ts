import { describe, expect, test } from "vitest";
import { NUTRIENT_FIELDS } from "../../../src/nutrition/nutrient-table.ts";
import {
  energyFromMacros,
  roundNutrients,
  scaleNutrients,
  scaleToGrams,
  sumNutrients,
} from "../../../src/nutrition/nutrients.ts";

describe("amounts", () => {
  test("are 29 fields, each once", () => {
    expect(new Set(NUTRIENT_FIELDS).size).toBe(29);
  });

  test("scale from 100 g to the grams eaten, unrounded", () => {
    expect(scaleToGrams({ energy_kcal: 89, sodium_mg: 1 }, 118)).toEqual({ energy_kcal: 105.02, sodium_mg: 1.18 });
  });

  test("of a portion twice as large are twice as many, and what is unknown stays absent", () => {
    const twice = scaleNutrients({ energy_kcal: 89, iron_mg: 0, protein_g: 1.5 }, 2);
    expect(twice).toStrictEqual({ energy_kcal: 178, protein_g: 3, iron_mg: 0 });
  });

  test("add up over the ingredients", () => {
    expect(
      sumNutrients([
        { energy_kcal: 100, iron_mg: 1 },
        { energy_kcal: 50, iron_mg: 0 },
      ]),
    ).toEqual({
      energy_kcal: 150,
      iron_mg: 1,
    });
  });

  test("are unknown in the total when one ingredient lacks them", () => {
    const one = { energy_kcal: 100, fat_trans_g: 1 };
    expect(sumNutrients([one, { energy_kcal: 50 }])).toStrictEqual({ energy_kcal: 150 });
    expect(sumNutrients([{ energy_kcal: 50 }, one])).toStrictEqual({ energy_kcal: 150 });
    expect(sumNutrients([{ energy_kcal: 50 }, one, one])).toStrictEqual({ energy_kcal: 250 });
  });

  test("of an ingredient without any match do not make the total unknown", () => {
    expect(sumNutrients([null, { energy_kcal: 50 }])).toEqual({ energy_kcal: 50 });
    expect(sumNutrients([null])).toEqual({});
    expect(sumNutrients([])).toEqual({});
  });

  test("are shown with one decimal, energy as whole kilocalories, absent when unknown", () => {
    const nutrients = { energy_kcal: 291.5, protein_g: 42.249, fat_total_g: 10.95, iron_mg: 1.04 };
    expect(roundNutrients(nutrients, ["energy_kcal", "protein_g", "carbohydrate_g", "iron_mg"])).toEqual({
      energy_kcal: 292,
      protein_g: 42.2,
      iron_mg: 1,
    });
  });
});

describe("energy from macronutrients", () => {
  test.each([
    ["without fibre", { carbohydrate_g: 10, protein_g: 5, fat_total_g: 2 }, 78],
    [
      "with fibre at half its weight",
      { carbohydrate_g: 10, protein_g: 0, fat_total_g: 0, fiber_total_dietary_g: 4 },
      32,
    ],
    [
      "with more fibre than carbohydrate",
      { carbohydrate_g: 2, protein_g: 0, fat_total_g: 0, fiber_total_dietary_g: 4 },
      4,
    ],
    ["with fat unknown", { carbohydrate_g: 10, protein_g: 5 }, null],
    ["with protein unknown", { carbohydrate_g: 10, fat_total_g: 5 }, null],
    ["with carbohydrate unknown", { protein_g: 10, fat_total_g: 5 }, null],
  ])("is counted %s", (_, nutrients, kcal) => {
    expect(energyFromMacros(nutrients)).toBe(kcal);
  });
});
