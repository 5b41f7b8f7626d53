import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconcile, type ModelRecognition } from "../../../src/analysis/reconcile.ts";
import type { SeenFood, Recognition } from "../../../src/analysis/recognizers/recognizer.ts";
import { holds } from "../../support/properties.ts";

const BOX = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 };

const food = (name: string, change: Partial<SeenFood> = {}): SeenFood => ({
  name,
  grams: 100,
  sizeRange: [80, 120],
  confidence: 0.8,
  boxes: [],
  ...change,
});
const saw = (...foods: SeenFood[]): ModelRecognition => ({
  model: "m",
  recognition: { dishName: null, description: null, foods, foodPresent: foods.length > 0, warnings: [] },
});
const names = (...modelRecognitions: ModelRecognition[]): string[] =>
  reconcile(modelRecognitions).foods.map(({ name }) => name);

const seenFood = fc
  .record({
    name: fc.constantFrom(
      "rice",
      "white rice",
      "egg",
      "chicken",
      "chicken breast",
      "peas",
      "green peas",
      "ラーメン",
      "1",
    ),
    grams: fc.double({ min: 1, max: 5_000, noNaN: true }),
    low: fc.double({ min: 0.1, max: 1, noNaN: true }),
    high: fc.double({ min: 1, max: 3, noNaN: true }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ name, grams, low, high, confidence }) =>
    food(name, { grams, sizeRange: [grams * low, grams * high], confidence }),
  );
const modelRecognition = fc.array(seenFood, { maxLength: 5 }).map((foods) => saw(...foods));

describe("one sighting out of several", () => {
  holds(
    "names nothing that nobody saw, and no more than was seen; grams lie between what was said, inside their range",
    fc.property(fc.array(modelRecognition, { minLength: 1, maxLength: 4 }), (modelRecognitions) => {
      const { foods } = reconcile(modelRecognitions);
      const all = modelRecognitions.flatMap(({ recognition }) => recognition.foods);
      expect(foods.length).toBeLessThanOrEqual(all.length);
      for (const { name, grams, sizeRange, confidence } of foods) {
        expect(all.some((one) => one.name === name)).toBe(true);
        expect(grams).toBeGreaterThanOrEqual(Math.min(...all.map((one) => one.grams)) * 0.999_999);
        expect(grams).toBeLessThanOrEqual(Math.max(...all.map((one) => one.grams)) * 1.000_001);
        expect(sizeRange[0]).toBeLessThanOrEqual(grams * 1.000_001);
        expect(sizeRange[1]).toBeGreaterThanOrEqual(grams * 0.999_999);
        expect(confidence >= 0 && confidence <= 1.000_001).toBe(true);
      }
    }),
  );

  holds(
    "of witnesses who say the same is what each of them says",
    fc.property(
      fc.uniqueArray(fc.constantFrom("rice", "egg", "chicken", "peas"), { minLength: 1 }),
      fc.integer({ min: 2, max: 4 }),
      (foods, witnesses) => {
        const one = saw(...foods.map((name) => food(name)));
        const all = reconcile(Array.from({ length: witnesses }, () => one));
        expect(all.warnings).toEqual([]);
        expect(all.foods.map(({ name }) => name)).toEqual(foods);
        for (const { grams, sizeRange, confidence } of all.foods) {
          expect(grams).toBeCloseTo(100);
          expect(sizeRange[0]).toBeCloseTo(80);
          expect(sizeRange[1]).toBeCloseTo(120);
          expect(confidence).toBeCloseTo(0.8);
        }
      },
    ),
  );
});

describe("two names", () => {
  it.each([
    ["a cut and its animal, in either order", "chicken", "grilled chicken breast"],
    ["a cut and its animal, in either order", "chicken breast", "roast chicken"],
    ["the same letters that no food is known by", "ラーメン", "ラーメン"],
  ])("are one food when they are %s: %s, %s", (_, one, other) => {
    expect(names(saw(food(one)), saw(food(other)))).toEqual([one]);
  });

  it.each([
    ["cuts of two animals", "chicken breast", "turkey breast"],
    ["a cut, and another animal", "chicken breast", "turkey"],
    ["other letters", "ラーメン", "うどん"],
    ["letters, and a food", "ラーメン", "rice"],
    ["a food, and letters", "rice", "ラーメン"],
  ])("are two foods when they are %s: %s, %s", (_, one, other) => {
    expect(names(saw(food(one)), saw(food(other)))).toEqual([one, other]);
  });

  it("go to the one that fits best, not to the first, and each food is taken once", () => {
    const mixed = reconcile([
      saw(food("brown rice", { grams: 100 }), food("white rice", { grams: 300 })),
      saw(food("white rice", { grams: 300 }), food("brown rice", { grams: 100 })),
    ]);
    expect(mixed.foods.map(({ name, grams }) => [name, Math.round(grams)])).toEqual([
      ["brown rice", 100],
      ["white rice", 300],
    ]);
    expect(names(saw(food("rice")), saw(food("rice"), food("white rice")))).toEqual(["rice", "white rice"]);
  });
});

describe("what is said of a food", () => {
  it("is the middle of all that was said, in whatever order it was said", () => {
    const ranged = (grams: number, low: number, high: number) => food("rice", { grams, sizeRange: [low, high] });
    const of = (...foods: SeenFood[]) => reconcile(foods.map((one) => saw(one))).foods[0];
    for (const order of [
      [ranged(300, 30, 900), ranged(100, 10, 500), ranged(200, 20, 700)],
      [ranged(100, 10, 500), ranged(200, 20, 700), ranged(300, 30, 900)],
      [ranged(200, 20, 700), ranged(300, 30, 900), ranged(100, 10, 500)],
    ]) {
      const merged = of(...order);
      expect(merged?.grams).toBeCloseTo(200);
      expect(merged?.sizeRange[0]).toBeCloseTo(20);
      expect(merged?.sizeRange[1]).toBeCloseTo(700);
    }
    expect(of(ranged(1000, 900, 1100), ranged(9, 8, 10))?.grams).toBeCloseTo(Math.sqrt(9_000));
  });

  it("has the boxes of the first model that has any", () => {
    const boxes = [BOX];
    expect(reconcile([saw(food("rice")), saw(food("rice", { boxes }))]).foods[0]?.boxes).toEqual(boxes);
    expect(reconcile([saw(food("rice")), saw(food("rice"))]).foods[0]?.boxes).toEqual([]);
  });

  it("counts when a fifth of all confidence speaks for it, and not when less does", () => {
    const peas = (confidence: number): string[] =>
      names(saw(food("rice"), food("peas", { confidence })), saw(food("rice")));
    expect(peas(0.4)).toEqual(["rice", "peas"]);
    expect(peas(0.39)).toEqual(["rice"]);
  });

  it("is told as not seen by all when half of the models saw it, each food by its name", () => {
    const warnings = reconcile([
      saw(food("rice"), food("peas"), food("egg")),
      saw(food("rice"), food("chicken", { confidence: 0.5 })),
    ]).warnings;
    expect(warnings).toEqual(['Not every model recognized: "peas", "egg", "chicken".']);
    const three = [saw(food("rice"), food("peas")), saw(food("rice"), food("peas")), saw(food("rice"))];
    expect(reconcile(three).warnings).toEqual([]);
  });

  it("of one model alone is what it says, however unsure it is", () => {
    const alone = saw(food("rice", { confidence: 0.05 }), food("rice"));
    expect(reconcile([alone])).toBe(alone.recognition);
  });

  it("keeps each warning once, and takes dish and description from the first model that has them", () => {
    const telling = (change: Partial<Recognition>): ModelRecognition => {
      const { model, recognition } = saw(food("rice"));
      return { model, recognition: { ...recognition, ...change } };
    };
    expect(
      reconcile([
        telling({ warnings: ["dark"] }),
        telling({ dishName: "paella", description: "On a table.", warnings: ["dark", "blurred"] }),
        telling({ dishName: "seafood paella", description: "In a pan." }),
      ]),
    ).toMatchObject({ dishName: "paella", description: "On a table.", warnings: ["dark", "blurred"] });
    expect(reconcile([])).toEqual({ dishName: null, description: null, foods: [], foodPresent: false, warnings: [] });
  });
});
