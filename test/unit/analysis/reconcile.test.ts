import { describe, expect, it } from "vitest";
import { reconcile, type ModelRecognition } from "../../../src/analysis/reconcile.ts";
import type { SeenFood, Recognition } from "../../../src/analysis/recognizers/recognizer.ts";

const food = (name: string, grams = 100, confidence = 0.8): SeenFood => ({
  name,
  grams,
  sizeRange: [grams * 0.8, grams * 1.2],
  confidence,
  boxes: [],
});
const saw = (foods: SeenFood[], change: Partial<Recognition> = {}): ModelRecognition => ({
  model: "m",
  recognition: { dishName: null, description: null, foods, foodPresent: foods.length > 0, warnings: [], ...change },
});
const names = (...modelRecognitions: ModelRecognition[]) => reconcile(modelRecognitions).foods.map(({ name }) => name);

describe("what several models saw", () => {
  it("is what one saw when only one answered", () => {
    const only = saw([food("rice", 100, 0.1)], { dishName: "rice bowl", warnings: ["blurred"] });
    expect(reconcile([only])).toEqual(only.recognition);
  });

  it.each([
    ["chicken breast, grilled", "grilled chicken breast"],
    ["rice, white, cooked", "white rice"],
    ["chicken", "chicken breast"],
    ["tomatoes", "tomato"],
    ["french fries", "fries"],
  ])("counts %s and %s as one food, under the first name", (one, other) => {
    expect(names(saw([food(one)]), saw([food(other)]))).toEqual([one]);
  });

  it.each([
    ["chicken breast", "chicken soup"],
    ["rice", "potato"],
    ["milk chocolate", "chocolate milk"],
    ["apple", "apple pie"],
  ])("keeps %s and %s apart", (one, other) => {
    expect(names(saw([food(one)]), saw([food(other)]))).toEqual([one, other]);
  });

  it("never joins two foods of one model", () => {
    expect(names(saw([food("rice"), food("brown rice")]), saw([food("rice")]))).toEqual(["rice", "brown rice"]);
  });

  it("takes the median of the grams, which one wild guess does not move", () => {
    const recognition = reconcile([saw([food("rice", 150)]), saw([food("rice", 160)]), saw([food("rice", 900)])]);
    expect(recognition.foods[0]?.grams).toBeCloseTo(160);
    expect(reconcile([saw([food("rice", 100)]), saw([food("rice", 400)])]).foods[0]?.grams).toBeCloseTo(200);
  });

  it("has a range that reaches over what every model said", () => {
    const [rice] = reconcile([saw([food("rice", 100)]), saw([food("rice", 400)])]).foods;
    expect(rice?.sizeRange[0]).toBeLessThanOrEqual(100);
    expect(rice?.sizeRange[1]).toBeGreaterThanOrEqual(400);
  });

  it("is less sure of what only some saw, says so, and forgets what hardly anybody saw", () => {
    const recognition = reconcile([
      saw([food("rice", 100, 0.9), food("lime", 5, 0.3)]),
      saw([food("rice", 100, 0.7), food("peas", 20, 0.8)]),
    ]);
    expect(recognition.foods.map(({ name, confidence }) => [name, Math.round(confidence * 100)])).toEqual([
      ["rice", 80],
      ["peas", 40],
    ]);
    expect(recognition.warnings).toEqual(['Not every model recognized: "peas".']);
  });

  it("warns when the models name different dishes, and not when they name one in two ways", () => {
    const dishes = (one: string, other: string) =>
      reconcile([saw([food("rice")], { dishName: one }), saw([food("rice")], { dishName: other })]);
    expect(dishes("paella", "risotto").warnings).toEqual([
      'The models do not agree on the dish: "paella" or "risotto".',
    ]);
    expect(dishes("chicken curry", "curry").warnings).toEqual([]);
    expect(dishes("paella", "risotto").dishName).toBe("paella");
  });

  it("does not depend on the order of a model's list", () => {
    const plate = [food("rice", 150), food("peas", 40), food("salmon fillet", 120)];
    const other = [food("salmon", 100), food("white rice", 170), food("green peas", 30)];
    const sorted = (modelRecognitions: ModelRecognition[]) =>
      reconcile(modelRecognitions).foods.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(sorted([saw(plate), saw(other.toReversed())])).toEqual(sorted([saw(plate.toReversed()), saw(other)]));
  });

  it("is nothing when nobody saw anything, and food when one did", () => {
    expect(reconcile([saw([]), saw([])])).toMatchObject({ foods: [], foodPresent: false });
    expect(reconcile([saw([]), saw([], { foodPresent: true })])).toMatchObject({ foods: [], foodPresent: true });
  });
});
