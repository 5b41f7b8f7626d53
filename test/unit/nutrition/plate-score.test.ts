import { describe, expect, it } from "vitest";
import { scorePlate, wholeTraits, type ScoredFood } from "../../../src/nutrition/plate-score.ts";
import { scaleToGrams, type Nutrients } from "../../../src/nutrition/nutrients.ts";
import { scoreTraits, type ScoreTraits } from "../../../src/nutrition/score-traits.ts";

const per100g = (
  kcal: number,
  sugars: number,
  saturates: number,
  fat: number,
  sodium: number,
  protein: number,
  fiber: number,
): Nutrients => ({
  energy_kcal: kcal,
  sugars_total_g: sugars,
  fat_saturated_g: saturates,
  fat_total_g: fat,
  sodium_mg: sodium,
  protein_g: protein,
  fiber_total_dietary_g: fiber,
});

/** USDA SR Legacy: kcal, sugars, saturates, fat, sodium, protein, fibre per 100 g. */
const TABLE = {
  lentils: [
    "Legumes and Legume Products",
    "Lentils, mature seeds, cooked, boiled, without salt",
    1,
    per100g(116, 1.8, 0.053, 0.38, 2, 9.02, 7.9),
  ],
  milk: [
    "Dairy and Egg Products",
    "Milk, whole, 3.25% milkfat, with added vitamin D",
    0,
    per100g(61, 5.05, 1.865, 3.25, 43, 3.15, 0),
  ],
  coffee: [
    "Beverages",
    "Beverages, coffee, brewed, prepared with tap water",
    0,
    per100g(1, 0, 0.002, 0.02, 2, 0.12, 0),
  ],
  water: ["Beverages", "Beverages, water, tap, drinking", 0, per100g(0, 0, 0, 0, 4, 0, 0)],
  beer: ["Beverages", "Alcoholic beverage, beer, regular, all", 0, per100g(43, 0, 0, 0, 4, 0.46, 0)],
  oil: ["Fats and Oils", "Oil, olive, salad or cooking", 0, per100g(884, 0, 13.808, 100, 2, 0, 0)],
  beef: [
    "Beef Products",
    "Beef, tenderloin, steak, separable lean only, grilled",
    0,
    per100g(206, 0, 3.8, 9.5, 58, 29, 0),
  ],
  raisins: ["Fruits and Fruit Juices", "Raisins, seedless", 2, per100g(299, 59.19, 0.058, 0.46, 11, 3.07, 3.7)],
} as const satisfies Record<string, readonly [string, string, number, Nutrients]>;

function food(name: keyof typeof TABLE, grams: number): ScoredFood {
  const [group, description, weight, nutrients] = TABLE[name];
  return { grams, nutrients: scaleToGrams(nutrients, grams), traits: scoreTraits(group, description, weight) };
}

describe("the Nutri-Score of a plate", () => {
  it("is that of the food when there is one", () => {
    expect(scorePlate([food("lentils", 200)])).toMatchObject({ grade: "A", score: -12 });
  });

  it("does not depend on how much there is", () => {
    expect(scorePlate([food("lentils", 20)])).toEqual(scorePlate([food("lentils", 900)]));
  });

  it.each<[string, ScoredFood[], string | null]>([
    ["water alone", [food("water", 200)], "A"],
    ["milk as a beverage", [food("milk", 200)], "C"],
    ["coffee with milk as a beverage", [food("coffee", 150), food("milk", 50)], "B"],
    ["oil among the fats", [food("oil", 10)], "C"],
    ["beef with the cap on its protein", [food("beef", 200)], "C"],
    ["beef with lentils as a dish", [food("beef", 100), food("lentils", 100)], "A"],
  ])("judges %s", (_, foods, grade) => {
    expect(scorePlate(foods)?.grade ?? null).toBe(grade);
  });

  it.each<[string, ScoredFood[]]>([
    ["plain coffee", [food("coffee", 200)]],
    ["an alcoholic drink", [food("beer", 330)]],
    [
      "a plate with a food that the table does not know",
      [food("beef", 100), { grams: 50, nutrients: null, traits: null }],
    ],
    ["a food whose sugars were never measured", [{ ...food("beef", 100), nutrients: { energy_kcal: 200 } }]],
    ["an empty plate", []],
    ["a plate of nothing", [food("beef", 0)]],
    ["water with coffee, which no beverage is in", [food("coffee", 150), food("water", 50)]],
    ["a beer with a steak", [food("beer", 330), food("beef", 100)]],
  ])("is not given to %s", (_, foods) => {
    expect(scorePlate(foods)).toBeNull();
  });

  it.each(Object.keys(TABLE.beef[3]) as (keyof Nutrients)[])("is not given without %s", (field) => {
    const { nutrients, ...rest } = food("beef", 100);
    const { [field]: _, ...others } = nutrients ?? {};
    expect(scorePlate([{ ...rest, nutrients }])).not.toBeNull();
    expect(scorePlate([{ ...rest, nutrients: others }])).toBeNull();
  });

  it("counts water beside a drink as a part of it, and beside a meal as a part of that", () => {
    // Half as much of everything: 25 kcal are two points instead of three.
    expect(scorePlate([food("milk", 100), food("water", 100)])).toMatchObject({ unfavorable: { energy: 2 } });
    expect(scorePlate([food("water", 200), food("lentils", 200)])?.favorable.protein).toBe(1);
    expect(scorePlate([food("oil", 20), food("water", 180)])?.unfavorable.energy).toBe(1);
  });

  it("takes what is a twentieth of a plate for a part of it, and what is less for a pinch", () => {
    const cream = { ...food("oil", 10), traits: { as: "unscored", fruitVegetableWeight: 0 } as const };
    expect(scorePlate([food("beef", 190), cream])).toBeNull();
    expect(scorePlate([food("beef", 191), cream])).not.toBeNull();
  });

  it("counts dried fruit double, in the fruit and in the whole", () => {
    // 100 g of raisins and 100 g of beef: 200 of 300 parts.
    const score = scorePlate([food("raisins", 100), food("beef", 100)]);
    expect(score?.favorable.fruitVegetablesPulses).toBe(2);
  });

  it("does not change its category for a pinch of something else", () => {
    expect(scorePlate([food("beef", 200), food("oil", 5)])?.favorable.protein).toBeLessThanOrEqual(2);
  });
});

describe("how a food counts", () => {
  it.each([
    ["Beverages", "Beverages, tea, green, brewed, regular", "infusion"],
    ["Beverages", "Beverages, tea, instant, sweetened with sugar", "beverage"],
    ["Fruits and Fruit Juices", "Orange juice, raw", "beverage"],
    ["Fruits and Fruit Juices", "Pineapple, canned, juice pack, drained", "general"],
    ["Legume and Legume Products", "Soymilk, original and vanilla, unfortified", "beverage"],
    ["Legumes and Legume Products", "Peanuts, all types, dry-roasted, with salt", "fats"],
    ["Legumes and Legume Products", "Peanut butter, smooth style, with salt", "fats"],
    ["Dairy and Egg Products", "Cheese, cheddar", "cheese"],
    ["Dairy and Egg Products", "Milk, canned, condensed, sweetened", "general"],
    ["Fats and Oils", "Salad dressing, mayonnaise, regular", "general"],
    ["Baby Foods", "Babyfood, fruit, applesauce, strained", "unscored"],
  ])("%s: %s", (group, description, as) => {
    expect(scoreTraits(group, description, 0).as).toBe(as);
  });
});

describe("a dish that stays one food", () => {
  const part = (as: ScoreTraits["as"], grams: number, fruitVegetableWeight = 0) => ({
    grams,
    traits: { as, fruitVegetableWeight },
  });

  it.each<[string, ReturnType<typeof part>[], ScoreTraits]>([
    ["a single food", [part("infusion", 200)], { as: "infusion", fruitVegetableWeight: 0 }],
    [
      "nothing, when it weighs nothing",
      [part("general", 0, 1), part("cheese", 0)],
      { as: "general", fruitVegetableWeight: 0 },
    ],
    ["one category", [part("cheese", 50), part("cheese", 20)], { as: "cheese", fruitVegetableWeight: 0 }],
    ["a mixture", [part("red_meat", 150), part("general", 50, 1)], { as: "general", fruitVegetableWeight: 0.25 }],
    [
      "something without a score",
      [part("unscored", 150), part("general", 50)],
      { as: "unscored", fruitVegetableWeight: 0 },
    ],
  ])("counts as %s", (_, parts, traits) => {
    expect(wholeTraits(parts)).toEqual(traits);
  });
});
