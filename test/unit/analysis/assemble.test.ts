import { describe, expect, it } from "vitest";
import { assembleContent } from "../../../src/analysis/assemble.ts";
import type { ResolvedFood } from "../../../src/nutrition/resolve-foods.ts";

const food = (name: string, grams: number, kcal: number | null, confidence = 0.8): ResolvedFood => ({
  item: 0,
  name,
  servingSize: grams,
  unit: "g",
  sizeRange: [grams * 0.8, grams * 1.2],
  confidence,
  nutrients:
    kcal === null
      ? null
      : { energy_kcal: kcal, protein_g: kcal / 20, fat_total_g: kcal / 36, carbohydrate_g: kcal * 0.1375 },
  foodSource: kcal === null ? null : { table: "usda_sr_legacy", id: "1", match: 1 },
  traits: kcal === null ? null : { as: "general", fruitVegetableWeight: 0 },
  alternatives: [],
});
const recognition = { dishName: null, description: null, foods: [], warnings: ["portion guessed"] };
const run = { mode: "fast" as const, models: ["m"], promptVersion: null, timingsMs: {} };

describe("an analysis that is put together", () => {
  it("has a Nutri-Score when every needed nutrient of every food is known", () => {
    const apple = food("apple", 100, 52);
    const measured = { sugars_total_g: 10.4, fat_saturated_g: 0.03, sodium_mg: 1, fiber_total_dietary_g: 2.4 };
    const known = { ...apple, nutrients: { ...apple.nutrients, ...measured } };
    expect(assembleContent(recognition, [known], run).nutriScore).toBe("B");
    expect(assembleContent(recognition, [apple], run).nutriScore).toBeNull();
  });

  it("sums grams and nutrients, unrounded", () => {
    const content = assembleContent(recognition, [food("rice", 150, 195.4), food("beans", 50, 63.3)], run);
    expect(content.servingSize).toBe(200);
    expect(content.nutrients.energy_kcal).toBeCloseTo(258.7, 10);
  });

  it("weighs the confidence by what fills the plate", () => {
    const content = assembleContent(recognition, [food("rice", 300, 1, 0.9), food("parsley", 100, 1, 0.1)], run);
    expect(content.analysis.confidence).toBeCloseTo(0.7, 10);
  });

  it.each([
    [["apple"], "apple"],
    [["apple", "banana"], "apple and banana"],
    [["apple", "apple", "banana", "cake"], "apple, banana and cake"],
  ])("names a dish without a name after its foods: %j", (names, expected) => {
    expect(
      assembleContent({ ...recognition, foods: names.map((name) => ({ name, grams: 33 })) }, [food("x", 1, 1)], run)
        .dishName,
    ).toBe(expected);
  });

  it("says where each piece is, if a model told", () => {
    const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
    const foods = [{ name: "apple", boxes: [box, { ...box, x: 0.6 }] }, { name: "milk", boxes: [] }, { name: "tea" }];
    const { analysis } = assembleContent({ ...recognition, foods }, [food("apple", 300, 156)], run);
    expect(analysis.boxes).toEqual([
      { name: "apple", ...box },
      { name: "apple", ...box, x: 0.6 },
    ]);
    expect(assembleContent(recognition, [food("apple", 300, 156)], run).analysis).not.toHaveProperty("boxes");
  });

  it("warns of foods that the table lacks, and keeps the model's own warnings", () => {
    const { analysis, ingredients } = assembleContent(
      recognition,
      [food("rice", 150, 195), food("moon dust", 10, null)],
      run,
    );
    expect(analysis.warnings[0]).toBe("portion guessed");
    expect(analysis.warnings.join()).toContain('"moon dust" is not in the food table');
    expect(ingredients[1]).toMatchObject({ name: "moon dust", nutrients: null, foodSource: null });
  });
});
