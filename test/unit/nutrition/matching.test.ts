import { describe, expect, test } from "vitest";
import type { NameCandidate } from "../../../src/nutrition/food-table.ts";
import { MATCH_THRESHOLD, rankCandidates } from "../../../src/nutrition/matching.ts";
import { nameKey } from "../../../src/nutrition/normalize-name.ts";

const dish = (name: string, nameId = 1): NameCandidate => ({
  nameId,
  name,
  nameKey: nameKey(name),
  target: { kind: "recipe", slug: name },
  table: "morsel_dishes",
  id: name,
  displayName: name,
  isDish: true,
  description: null,
  foodGroup: null,
});

const food = (description: string, foodGroup = "Vegetables and Vegetable Products", nameId = 1000): NameCandidate => ({
  ...dish(description, nameId),
  target: { kind: "food", fdcId: nameId },
  table: "usda_sr_legacy",
  isDish: false,
  description,
  foodGroup,
});

const scoreOf = (seen: string, candidate: NameCandidate): number => rankCandidates(seen, [candidate])[0]?.score ?? 0;
const best = (seen: string, candidates: NameCandidate[]): string | undefined =>
  rankCandidates(seen, candidates)[0]?.candidate.name;

describe("a score", () => {
  test.each(["Grilled chicken breast", "grilled chicken breasts", "GRILLED  CHICKEN-BREAST"])("is 1 for %j", (seen) => {
    expect(scoreOf(seen, dish("Grilled chicken breast"))).toBe(1);
  });

  test("is below 1 for anything but an equal name", () => {
    expect(scoreOf("chicken breast, grilled", dish("Grilled chicken breast"))).toBe(0.98);
  });

  test("is the product of its parts", () => {
    const [match] = rankCandidates("boiled potato with butter", [dish("Fried potato")]);
    expect(match?.parts.preparation).toBeLessThan(1);
    const product = Object.values(match?.parts ?? {}).reduce((all, part) => all * part, 1);
    expect(match?.score).toBeCloseTo(product, 10);
  });

  test.each([
    ["sliced cucumber", "Cucumber"],
    ["scrambled eggs with chives", "Scrambled eggs"],
    ["garlic bread slice", "Garlic bread"],
    ["cheese omelette", "Omelette"],
    ["crispy bacon strips", "Bacon"],
    ["cooked rice", "Steamed rice"],
    ["roasted chicken breast", "Chicken, broilers or fryers, breast, meat only, cooked, roasted"],
    ["salmon", "Fish, salmon, Atlantic, farmed, cooked, dry heat"],
    ["vanilla ice cream scoop", "Ice creams, vanilla"],
  ])("lets %j be claimed as %j", (seen, name) => {
    expect(scoreOf(seen, /,/u.test(name) ? food(name) : dish(name))).toBeGreaterThanOrEqual(MATCH_THRESHOLD);
  });

  test.each([
    ["celery soup", "Tomato soup"],
    ["chicken", "Chicken noodle soup"],
    ["mixed vegetables", "Large cheeseburger with vegetables"],
    ["chocolate milk", "Candies, milk chocolate"],
    ["pasta with tomato sauce", "tomato pasta sauce"],
    ["fish", "fish sticks"],
    ["laptop", "Apple"],
    ["", "Apple"],
    ["ラーメン", "Ramen"],
  ])("does not let %j be claimed as %j", (seen, name) => {
    expect(scoreOf(seen, /,/u.test(name) ? food(name) : dish(name))).toBeLessThan(MATCH_THRESHOLD);
  });
});

describe("a preparation that does not fit", () => {
  const partOf = (seen: string, name: string): number | undefined =>
    rankCandidates(seen, [food(name, "")])[0]?.parts.preparation;

  test.each([
    ["boiled potato", "Potato, fried", 0.85],
    ["raw salmon", "Fish, salmon, grilled", 0.7],
    ["grilled salmon", "Fish, salmon, raw", 0.7],
    ["cooked salmon", "Fish, salmon, raw", 0.7],
    ["grilled salmon", "Fish, salmon, cooked", 1],
    ["salmon", "Fish, salmon, raw", 1],
  ])("costs what it changes: %j as %j", (seen, name, part) => {
    expect(partOf(seen, name)).toBe(part);
  });

  test("costs more when one of the two is raw, because that is another food", () => {
    const grilled = food("Salmon, fried", "Finfish and Shellfish Products", 1);
    const raw = food("Salmon, raw", "Finfish and Shellfish Products", 2);
    expect(best("smoked salmon", [raw, grilled])).toBe("Salmon, fried");
  });
});

describe("the best candidate", () => {
  test.each([
    ["grilled chicken breast", "Chicken breast, grilled", "Chicken breast, fried"],
    ["raw salmon", "Fish, salmon, raw", "Fish, salmon, cooked, dry heat"],
    ["chicken caesar salad", "Chicken Caesar salad", "Caesar salad"],
  ])("for %j is %j rather than %j", (seen, better, worse) => {
    expect(best(seen, [food(worse, "", 1), food(better, "", 2)])).toBe(better);
  });

  test.each([
    ["Beef Products", "Beef, ground, cooked", "Beef, ground, raw", "ground beef"],
    ["Soups, Sauces, and Gravies", "Gravy, chicken, canned", "Gravy, chicken, dry", "chicken gravy"],
    ["Fruits and Fruit Juices", "Berries, fresh", "Berries, dried", "berries"],
  ])("of %s is the form that is eaten", (group, eaten, other, seen) => {
    expect(best(seen, [food(other, group, 1), food(eaten, group, 2)])).toBe(eaten);
  });

  test("is the raw form only where it was named or is usual", () => {
    expect(
      best("raw ground beef", [
        food("Beef, ground, cooked", "Beef Products", 1),
        food("Beef, ground, raw", "Beef Products", 2),
      ]),
    ).toBe("Beef, ground, raw");
    const [match] = rankCandidates("apple", [food("Apples, raw", "Fruits and Fruit Juices")]);
    expect(match?.parts.asEaten).toBe(1);
  });

  test("is no baby food unless a baby's food was named", () => {
    const candidates = [food("Babyfood, carrots, strained", "Baby Foods", 1), food("Carrots, cooked", undefined, 2)];
    expect(best("carrots", candidates)).toBe("Carrots, cooked");
  });

  test("is the dish when a food fits equally well", () => {
    expect(best("ham", [food("Ham", "", 1), dish("Ham", 2)])).toBe("Ham");
    expect(rankCandidates("ham", [food("Ham", "", 1), dish("Ham", 2)])[0]?.candidate.isDish).toBe(true);
  });
});

test("each food is listed once, with the name that fits best", () => {
  const synonyms = ["chicken breast", "Grilled chicken breast"].map((name, index) => ({
    ...dish(name, index),
    id: "one",
  }));
  expect(rankCandidates("grilled chicken breast", synonyms).map(({ candidate }) => candidate.name)).toEqual([
    "Grilled chicken breast",
  ]);
});
