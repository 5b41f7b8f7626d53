import { describe, expect, it } from "vitest";
import { nutriScore, type NutriScoreCategory, type NutriScoreInput } from "../../../src/nutrition/nutri-score.ts";

type Amounts = [
  kj: number,
  sugars: number,
  saturates: number,
  fat: number,
  salt: number,
  protein: number,
  fiber: number,
  fruit: number,
];

const food = (
  [energyKj, sugarsG, saturatesG, fatG, saltG, proteinG, fiberG, fruit]: Amounts,
  sweetened = false,
): NutriScoreInput => ({
  energyKj,
  sugarsG,
  saturatesG,
  fatG,
  saltG,
  proteinG,
  fiberG,
  fruitVegetablesPulses: fruit,
  sweetened,
});

/**
 * Amounts per 100 g or ml, then the points: energy, sugars, saturates, salt, sweeteners; protein, fibre, fruit.
 * Milk, olive oil, the almond, apple, vegetable, matcha and soya concentrate rows are published scores (Open Food Facts,
 * fixtures and product pages); the others are typical labels and USDA foods computed by hand from the tables.
 */
const VECTORS: [string, NutriScoreCategory, Amounts, number[], number[], number, string][] = [
  ["Semi-skimmed milk", "beverage", [195, 4.8, 1, 0, 0.1, 3.3, 0, 0], [3, 3, 0, 0, 0], [7, 0, 0], -1, "B"],
  ["Almond drink (Vivesoy)", "beverage", [107.3, 3.1, 0.1, 0, 0.15, 0.5, 0, 0], [2, 2, 0, 0, 0], [0, 0, 0], 4, "C"],
  ["Apple juice drink (Sumo maca)", "beverage", [37.4, 2, 0, 0, 0, 0, 0, 100], [1, 1, 0, 0, 0], [0, 0, 6], -4, "B"],
  [
    "California vegetable blend",
    "general",
    [138, 3.33, 0, 0, 0.1, 1.11, 2.2, 100],
    [0, 0, 0, 0, 0],
    [0, 0, 5],
    -5,
    "A",
  ],
  [
    "Matcha powder scored as drink",
    "beverage",
    [1100.7, 0.9, 0.8, 0, 0.03, 21, 0, 0],
    [10, 1, 0, 0, 0],
    [7, 0, 0],
    4,
    "C",
  ],
  ["Soya drink concentrate", "beverage", [477.1, 1, 0.2, 0, 0.1, 24, 0.5, 0], [10, 1, 0, 0, 0], [7, 0, 0], 4, "C"],
  ["Olive oil", "fats", [3367, 0, 17, 91, 0, 0, 0, 100], [5, 0, 2, 0, 0], [0, 0, 5], 2, "B"],
  ["Rapeseed oil", "fats", [3400, 0, 7.3, 92, 0, 0, 0, 0], [2, 0, 0, 0, 0], [0, 0, 0], 2, "B"],
  ["Sunflower oil", "fats", [3378, 0, 10, 100, 0, 0, 0, 0], [3, 0, 1, 0, 0], [0, 0, 0], 4, "C"],
  ["Avocado oil", "fats", [3448, 0, 16.4, 91.6, 0, 0, 0, 100], [5, 0, 2, 0, 0], [0, 0, 5], 2, "B"],
  ["Breakfast cereal", "general", [2450, 31, 1.03, 0, 0.5525, 10.3, 6.9, 0], [7, 8, 1, 2, 0], [0, 4, 0], 14, "D"],
  ["Soya drink", "beverage", [178, 0.5, 0.6, 0, 0.03, 3.9, 0.5, 0], [3, 0, 0, 0, 0], [7, 0, 0], -4, "B"],
  ["Cherry tomatoes", "general", [81, 2.48, 0.056, 0, 0, 0.86, 1.2, 100], [0, 0, 0, 0, 0], [0, 0, 5], -5, "A"],
  ["Butter", "fats", [3058, 0.6, 52, 82, 0.03, 0.7, 0, 0], [10, 0, 9, 0, 0], [0, 0, 0], 19, "E"],
  ["Almonds, plain", "fats", [2423, 4.35, 3.802, 49.93, 0.0025, 21.15, 12.5, 0], [1, 1, 0, 0, 0], [7, 5, 0], -10, "A"],
  ["Salted peanuts", "fats", [2457, 4.9, 7.723, 49.66, 1.025, 24.35, 8.4, 0], [2, 1, 1, 5, 0], [0, 5, 0], 4, "C"],
  ["Coconut oil", "fats", [3700, 0, 87, 100, 0, 0, 0, 0], [10, 0, 10, 0, 0], [0, 0, 0], 20, "E"],
  ["Cola", "beverage", [180, 10.6, 0, 0, 0, 0, 0, 0], [3, 9, 0, 0, 0], [0, 0, 0], 12, "E"],
  ["Cola, sweetener", "beverage", [1, 0, 0, 0, 0.02, 0, 0, 0], [0, 0, 0, 0, 4], [0, 0, 0], 4, "C"],
  ["Mineral water", "water", [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0], 0, "A"],
  ["Orange juice 100 %", "beverage", [188, 8.4, 0, 0, 0, 0.7, 0.2, 100], [3, 7, 0, 0, 0], [0, 0, 6], 4, "C"],
  ["Whole milk", "beverage", [267, 4.8, 2.3, 0, 0.1, 3.2, 0, 0], [5, 3, 2, 0, 0], [7, 0, 0], 3, "C"],
  ["Honey", "general", [1372, 81, 0, 0, 0, 0.4, 0, 0], [4, 15, 0, 0, 0], [0, 0, 0], 19, "E"],
  ["White sugar", "general", [1700, 100, 0, 0, 0, 0, 0, 0], [5, 15, 0, 0, 0], [0, 0, 0], 20, "E"],
  ["Wholemeal bread", "general", [1000, 3, 0.5, 0, 1.1, 10, 7, 0], [2, 0, 0, 5, 0], [4, 4, 0], -1, "A"],
  ["Baguette", "general", [1100, 2.5, 0.3, 0, 1.3, 8.5, 3.2, 0], [3, 0, 0, 6, 0], [3, 1, 0], 5, "C"],
  ["Emmental (cheese rule)", "cheese", [1574, 0.1, 19, 0, 0.5, 28, 0, 0], [4, 0, 10, 2, 0], [7, 0, 0], 9, "C"],
  ["Camembert (cheese rule)", "cheese", [1180, 0.5, 16, 0, 1.5, 20, 0, 0], [3, 0, 10, 7, 0], [7, 0, 0], 13, "D"],
  ["Beef steak (red-meat cap)", "red_meat", [624, 0, 2.7, 0, 0.15, 22, 0, 0], [1, 0, 2, 0, 0], [2, 0, 0], 1, "B"],
  ["Same steak without the cap", "general", [624, 0, 2.7, 0, 0.15, 22, 0, 0], [1, 0, 2, 0, 0], [7, 0, 0], -4, "A"],
  ["Salmon fillet", "general", [870, 0, 3.05, 0, 0.1475, 20.42, 0, 0], [2, 0, 3, 0, 0], [7, 0, 0], -2, "A"],
  ["Smoked salmon", "general", [760, 0.5, 2, 0, 3, 22, 0, 0], [2, 0, 1, 14, 0], [0, 0, 0], 17, "D"],
  ["Cooked lentils", "general", [485, 1.8, 0.053, 0, 0.005, 9.02, 7.9, 100], [1, 0, 0, 0, 0], [3, 5, 5], -12, "A"],
  ["Milk chocolate", "general", [2230, 56, 18, 0, 0.2, 7, 2, 0], [6, 15, 10, 0, 0], [0, 0, 0], 31, "E"],
  ["Margherita pizza", "general", [950, 4, 4.2, 0, 1.2, 9.8, 2.2, 25], [2, 1, 4, 5, 0], [0, 0, 0], 12, "D"],
  ["Potato crisps", "general", [2200, 0.8, 3, 0, 1.3, 6.3, 4.4, 0], [6, 0, 2, 6, 0], [0, 2, 0], 12, "D"],
  ["Ketchup", "general", [435, 22.8, 0.1, 0, 1.8, 1.2, 0.8, 81], [1, 6, 0, 8, 0], [0, 0, 5], 10, "C"],
  ["Threshold: sugars exactly 3.4", "general", [335, 3.4, 1, 0, 0.2, 2.4, 3, 40], [0, 0, 0, 0, 0], [0, 0, 0], 0, "A"],
  ["Threshold: just above all", "general", [336, 3.5, 1.1, 0, 0.21, 2.5, 3.1, 41], [1, 1, 1, 1, 0], [1, 1, 1], 1, "B"],
  [
    "Threshold: N = 11 drops protein",
    "general",
    [1700, 3.5, 5.5, 0, 0.1, 20, 0, 0],
    [5, 1, 5, 0, 0],
    [0, 0, 0],
    11,
    "D",
  ],
  ["Threshold: N = 10 keeps protein", "general", [1700, 3, 5.5, 0, 0.1, 20, 0, 0], [5, 0, 5, 0, 0], [7, 0, 0], 3, "C"],
  [
    "Threshold: fat ratio exactly 10 % counts (>=)",
    "fats",
    [3700, 0, 10, 100, 0, 0, 0, 0],
    [3, 0, 1, 0, 0],
    [0, 0, 0],
    4,
    "C",
  ],
];

describe("Nutri-Score 2023", () => {
  it.each(VECTORS)("of %s (%s)", (_, category, amounts, unfavorable, favorable, score, grade) => {
    const result = nutriScore(category, food(amounts, unfavorable[4] !== 0));
    expect(Object.values(result.unfavorable)).toEqual(unfavorable);
    expect(Object.values(result.favorable)).toEqual(favorable);
    expect(result).toMatchObject({ score, grade });
  });
});

/** Foods all over the ranges, the same in every run. */
function* foods(): Generator<NutriScoreInput> {
  let seed = 20_231;
  const random = (max: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (max * seed) / 2_147_483_647;
  };
  for (let count = 0; count < 500; count += 1) {
    const fatG = random(100);
    yield food([random(3700), random(60), random(fatG), fatG, random(5), random(25), random(10), random(100)]);
  }
}

const CATEGORIES: NutriScoreCategory[] = ["general", "cheese", "red_meat", "fats", "beverage"];

describe.each(CATEGORIES)("the score of %s", (category) => {
  it.each(["energyKj", "sugarsG", "saturatesG", "saltG"] as const)("never gets better with more %s", (component) => {
    for (const one of foods()) {
      const more = { ...one, [component]: one[component] * 1.3 + 0.5 };
      expect(nutriScore(category, more).score).toBeGreaterThanOrEqual(nutriScore(category, one).score);
    }
  });

  it.each(["proteinG", "fiberG", "fruitVegetablesPulses"] as const)("never gets worse with more %s", (component) => {
    for (const one of foods()) {
      const more = { ...one, [component]: one[component] * 1.3 + 0.5 };
      expect(nutriScore(category, more).score).toBeLessThanOrEqual(nutriScore(category, one).score);
    }
  });

  it("decides the grade, and a higher score never has a better one", () => {
    const graded = [...foods()].map((one) => nutriScore(category, one)).toSorted((a, b) => a.score - b.score);
    const grades = graded.map(({ grade }) => grade);
    expect(grades).toEqual(grades.toSorted());
  });
});
