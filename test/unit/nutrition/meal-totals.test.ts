import { describe, expect, it } from "vitest";
import { currentNutrients, mealTotals } from "../../../src/records/meal-totals.ts";
import type { Ingredient } from "../../../src/records/record.ts";

/** A food with all that a Nutri-Score needs. */
const food = (change: Partial<Ingredient> = {}): Ingredient => ({
  name: "lentils",
  servingSize: 100,
  unit: "g",
  nutrients: {
    energy_kcal: 116,
    carbohydrate_g: 20,
    protein_g: 9,
    fat_total_g: 0.4,
    fat_saturated_g: 0.1,
    sugars_total_g: 1.8,
    fiber_total_dietary_g: 7.9,
    sodium_mg: 2,
  },
  confidence: 0.8,
  foodSource: null,
  traits: { as: "general", fruitVegetableWeight: 1 },
  alternatives: [],
  ...change,
});

describe("what follows from the ingredients of a meal", () => {
  it("is their sum, each at the size that it has now", () => {
    const totals = mealTotals([food(), food({ setServingSize: 50 })]);
    expect(totals).toMatchObject({ servingSize: 150, nutrients: { energy_kcal: 174, sodium_mg: 3 } });
    expect(currentNutrients(food({ nutrients: null, setServingSize: 50 }))).toBeNull();
  });

  it("has no size where the ingredients share no unit", () => {
    expect(mealTotals([food(), food({ unit: "ml" })]).servingSize).toBeNull();
    expect(mealTotals([food({ unit: "ml" }), food({ unit: "ml" })]).servingSize).toBe(200);
  });

  it("takes what a user says for certain", () => {
    expect(mealTotals([food({ confidence: null }), food({ confidence: 0.5 })]).confidence).toBeCloseTo(0.75, 10);
  });

  it("has a range that adds up within one recognized item, and not between two of them", () => {
    const seen = food({ sizeRange: [50, 150] });
    const width = (...items: (number | undefined)[]) => {
      const ingredients = items.map((item) => ({ ...seen, ...(item !== undefined && { item }) }));
      const [low, high] = mealTotals(ingredients).energyKcalRange ?? [0, 0];
      return high - low;
    };
    expect(width(3, 3)).toBeCloseTo(232, 6);
    expect(width(3, 4)).toBeCloseTo(232 / Math.SQRT2, 6);
    expect(width(undefined, undefined)).toBeCloseTo(232 / Math.SQRT2, 6);
    expect(width(0, undefined)).toBeCloseTo(232 / Math.SQRT2, 6);
  });

  it("has a Nutri-Score only where everything is known and weighed in grams", () => {
    expect(mealTotals([food(), food()]).nutriScore).toBe("A");
    expect(mealTotals([food(), food({ traits: null })]).nutriScore).toBeNull();
    expect(mealTotals([food(), food({ unit: "ml" })]).nutriScore).toBeNull();
  });

  it("warns of portions that nobody eats while they are estimates, and no longer when a user has set them", () => {
    const seen = food({ servingSize: 1000, sizeRange: [500, 1500] });
    const recipe = [food({ ...seen, name: "pasta", item: 0 }), food({ ...seen, name: "sauce", item: 0 })];
    expect(mealTotals(recipe).warnings).toEqual(['2000 g of "pasta, sauce" is more than a person eats in one meal.']);
    expect(mealTotals(recipe.map((part) => ({ ...part, setServingSize: 1000 }))).warnings).toEqual([]);
    expect(mealTotals([food(), food(), food()]).warnings).toEqual([]);
  });
});
