import { describe, expect, test } from "vitest";
import { energyRange, plausibilityWarnings, portionWarnings } from "../../../src/nutrition/plausibility.ts";

describe("plausibility warnings", () => {
  test.each([
    [
      "a banana",
      { energy_kcal: 89, carbohydrate_g: 22.84, protein_g: 1.09, fat_total_g: 0.33, fiber_total_dietary_g: 2.6 },
    ],
    ["a difference of 20 %", { energy_kcal: 500, carbohydrate_g: 100, protein_g: 0, fat_total_g: 0 }],
    ["a difference of 20 kcal", { energy_kcal: 30, carbohydrate_g: 2.5, protein_g: 0, fat_total_g: 0 }],
    ["an unknown value", { energy_kcal: 500, carbohydrate_g: 0, protein_g: 0 }],
    ["nothing known", {}],
  ])("stay away for %s", (_, nutrients) => {
    expect(plausibilityWarnings(nutrients)).toEqual([]);
  });

  test("name both energies when they disagree", () => {
    const [warning, ...others] = plausibilityWarnings({
      energy_kcal: 100,
      carbohydrate_g: 50,
      protein_g: 0,
      fat_total_g: 0,
    });
    expect(others).toEqual([]);
    expect(warning).toMatch(/^Energy \(100 kcal\) does not agree .*\(200 kcal\)\.$/u);
  });

  test("think of alcohol when energy is missing", () => {
    const [warning] = plausibilityWarnings({ energy_kcal: 231, carbohydrate_g: 0, protein_g: 0, fat_total_g: 0 });
    expect(warning).toContain("alcohol");
  });
});

describe("portion warnings", () => {
  const foods = (...grams: number[]) => grams.map((amount, index) => ({ name: `food ${index}`, grams: amount }));

  test.each([
    ["a usual plate", foods(151, 82, 37)],
    ["two round numbers", foods(100, 150)],
    ["nothing", foods()],
  ])("stay away for %s", (_, plate) => {
    expect(portionWarnings(plate)).toEqual([]);
  });

  test("name a food that nobody eats so much of", () => {
    expect(portionWarnings(foods(120, 1800))).toEqual(['1800 g of "food 1" is more than a person eats in one meal.']);
  });

  test("name a meal that is too large in all", () => {
    expect(portionWarnings(foods(1201, 1202, 1203))).toEqual(["3606 g in all is more than a person eats in one meal."]);
  });

  test("suspect three round numbers", () => {
    expect(portionWarnings(foods(100, 150, 50))).toEqual([expect.stringContaining("round number")]);
  });
});

describe("the energy range", () => {
  const food = (item: number, kcal: number | null, sizeRange: [number, number]) => ({
    item,
    grams: 100,
    sizeRange,
    nutrients: kcal === null ? null : { energy_kcal: kcal },
  });

  test("of one item is the range of its grams", () => {
    expect(energyRange([food(0, 200, [80, 130])])).toEqual([expect.closeTo(160, 6), expect.closeTo(260, 6)]);
  });

  test("of independent items is narrower than their sum", () => {
    const range = energyRange([food(0, 100, [70, 130]), food(1, 100, [60, 140])]);
    expect(range).toEqual([expect.closeTo(150, 6), expect.closeTo(250, 6)]);
  });

  test("of one recipe's ingredients is their sum, because they share one portion", () => {
    const range = energyRange([food(0, 100, [70, 130]), food(0, 100, [70, 130])]);
    expect(range).toEqual([expect.closeTo(140, 6), expect.closeTo(260, 6)]);
  });

  test("leaves out what has no nutrients and is null when nothing has any", () => {
    expect(energyRange([food(0, 100, [100, 100]), food(1, null, [0, 500])])).toEqual([100, 100]);
    expect(energyRange([food(0, null, [0, 500])])).toBeNull();
    expect(energyRange([])).toBeNull();
  });

  test("contains the point value and never a negative energy", () => {
    const [low, high] = energyRange([food(0, 100, [-50, 90]), food(1, 100, [110, 120])]) ?? [];
    expect(low).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThanOrEqual(200);
    expect(high).toBeGreaterThanOrEqual(200);
  });
});
