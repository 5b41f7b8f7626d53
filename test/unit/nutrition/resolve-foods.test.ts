import { describe, expect, test } from "vitest";
import {
  targetKey,
  type DishComponent,
  type FoodTable,
  type FoodTarget,
  type NameCandidate,
} from "../../../src/nutrition/food-table.ts";
import { nameKey } from "../../../src/nutrition/normalize-name.ts";
import { resolveFoods, type UnresolvedFood } from "../../../src/nutrition/resolve-foods.ts";

const component = (fdcId: number, name: string, kcal: number, grams: number): DishComponent => ({
  food: {
    fdcId,
    table: "usda_sr_legacy",
    id: String(fdcId).padStart(5, "0"),
    name,
    nutrients: { energy_kcal: kcal },
    traits: { as: "general", fruitVegetableWeight: 0 },
  },
  grams,
});

const BANANA: FoodTarget = { kind: "food", fdcId: 9040 };
const PASTA: FoodTarget = { kind: "recipe", slug: "pasta-pesto" };

const candidate = (nameId: number, name: string, target: FoodTarget, id: string): NameCandidate => ({
  nameId,
  name,
  nameKey: nameKey(name),
  target,
  table: target.kind === "food" ? "usda_sr_legacy" : "morsel_dishes",
  id,
  displayName: name,
  isDish: true,
  description: null,
  foodGroup: null,
});

const NAMES = [
  candidate(1, "Banana", BANANA, "09040"),
  candidate(2, "Pasta with pesto", PASTA, "pasta-pesto"),
  ...["Nut", "Rye", "Date", "Fig", "Oat"].map((kind, index) =>
    candidate(3 + index, `${kind} banana bread`, { kind: "food", fdcId: index }, `0000${index}`),
  ),
];

const COMPONENTS = new Map([
  [targetKey(BANANA), [component(9040, "banana", 89, 100)]],
  [targetKey(PASTA), [component(20121, "plain pasta", 158, 220), component(6916, "pesto", 418, 45)]],
]);

/** A table that finds every name it has, and counts its round trips. */
function fakeTable(): FoodTable & { trips: string[] } {
  const trips: string[] = [];
  return {
    trips,
    findNames: async (queries) => {
      trips.push("names");
      return queries.map(() => NAMES);
    },
    findWordsLike: async () => {
      trips.push("words");
      return [];
    },
    loadComponents: async () => {
      trips.push("components");
      return COMPONENTS;
    },
    loadPortions: () => Promise.reject(new Error("what was seen is weighed already")),
  };
}

const seen = (name: string, grams = 100): UnresolvedFood => ({
  name,
  grams,
  sizeRange: [grams * 0.8, grams * 1.3],
  confidence: 0.9,
});

describe("resolving what was seen", () => {
  test("gives a food the nutrients of its grams, under the name that was seen", async () => {
    const [banana, ...others] = await resolveFoods(fakeTable(), [seen("bananas", 118)]);
    expect(others).toEqual([]);
    expect(banana).toMatchObject({
      item: 0,
      name: "bananas",
      servingSize: 118,
      unit: "g",
      sizeRange: [118 * 0.8, 118 * 1.3],
      confidence: 0.9,
      nutrients: { energy_kcal: expect.closeTo(105.02, 6) },
      foodSource: { table: "usda_sr_legacy", id: "09040", match: 1 },
    });
  });

  test("takes a recipe apart so that its components add up to the seen grams", async () => {
    const foods = await resolveFoods(fakeTable(), [seen("banana"), seen("pasta with pesto", 530)]);
    const parts = foods.filter(({ item }) => item === 1);
    expect(parts.map(({ name, servingSize }) => [name, servingSize])).toEqual([
      ["plain pasta", 440],
      ["pesto", expect.closeTo(90, 6)],
    ]);
    expect(parts[1]?.sizeRange).toEqual([expect.closeTo(72, 6), expect.closeTo(117, 6)]);
    expect(parts[1]?.nutrients?.energy_kcal).toBeCloseTo(376.2, 6);
    expect(parts.map(({ foodSource }) => foodSource?.id)).toEqual(["20121", "06916"]);
  });

  test("keeps an item that nothing fits, without nutrients and half as sure", async () => {
    expect(await resolveFoods(fakeTable(), [seen("laptop")])).toEqual([
      {
        name: "laptop",
        servingSize: 100,
        unit: "g",
        sizeRange: seen("laptop").sizeRange,
        confidence: 0.45,
        item: 0,
        nutrients: null,
        foodSource: null,
        traits: null,
        alternatives: [],
      },
    ]);
  });

  test("offers at most four alternatives, best first, without what was claimed", async () => {
    const [banana] = await resolveFoods(fakeTable(), [seen("banana bread")]);
    const matches = (banana?.alternatives ?? []).map(({ match }) => match);
    expect(matches).toHaveLength(4);
    expect(matches).toEqual([...matches].sort((a, b) => b - a));
    expect(banana?.alternatives.map(({ id }) => id)).not.toContain(banana?.foodSource?.id);
  });

  test("asks the table twice, however many items there are, once more for unknown words, and not at all for none", async () => {
    const table = fakeTable();
    await resolveFoods(table, []);
    expect(table.trips).toEqual([]);
    await resolveFoods(table, [seen("banana"), seen("pasta with pesto"), seen("laptop")]);
    expect(table.trips.splice(0)).toEqual(["names", "words", "components"]);
    await resolveFoods(table, [seen("banana"), seen("pasta with pesto")]);
    expect(table.trips).toEqual(["names", "components"]);
  });
});
