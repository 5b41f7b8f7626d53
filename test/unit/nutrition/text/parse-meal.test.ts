import { describe, expect, it } from "vitest";
import { parseMeal, type MealItem } from "../../../../src/nutrition/text/parse-meal.ts";

/** An item in short: "2–3 slice large pizza". */
function inShort({ name, amount: { quantity, measure, size }, joined }: MealItem): string {
  const amount =
    quantity === null
      ? []
      : [quantity.low === quantity.high ? `${round(quantity.low)}` : `${quantity.low}–${quantity.high}`];
  const unit = measure === null ? [] : [measure.kind === "mass" ? `${round(measure.grams)} g` : measure.name];
  return [
    ...(joined === null ? [] : [joined]),
    ...amount.map((text) => `${text} ×`),
    ...unit,
    ...(size === null ? [] : [size]),
    name,
  ].join(" ");
}
const round = (value: number): number => Math.round(value * 1000) / 1000;

describe("a sentence about a meal", () => {
  it.each<[string, string[]]>([
    ["two eggs and a slice of toast with butter", ["2 × eggs", "and 1 × slice toast", "with butter"]],
    ["2-3 slices of pizza, a large coke", ["2–3 × slice pizza", "1 × large coke"]],
    ["two or three sausages", ["2–3 × sausages"]],
    ["eggs x2, rice 150 g", ["2 × eggs", "150 × 1 g rice"]],
    ["chicken (150 g) and broccoli", ["150 × 1 g chicken", "and broccoli"]],
    ["200g rice", ["200 × 1 g rice"]],
    ["0.5 kg potatoes", ["0.5 × 1000 g potatoes"]],
    ["4 oz salmon", ["4 × 28.35 g salmon"]],
    ["1,5 l water", ["1.5 × l water"]],
    ["8 fl oz orange juice", ["8 × fl oz orange juice"]],
    ["1 1/2 cups of cooked rice", ["1.5 × cup cooked rice"]],
    ["1½ cups milk", ["1.5 × cup milk"]],
    ["¾ cup milk", ["0.75 × cup milk"]],
    ["two and a half cups of oatmeal", ["2.5 × cup oatmeal"]],
    ["three quarters of a cup of milk", ["0.75 × cup milk"]],
    ["half an avocado", ["0.5 × avocado"]],
    ["half a dozen oysters", ["6 × oysters"]],
    ["a dozen grapes", ["12 × grapes"]],
    ["twenty five grams of dark chocolate", ["25 × 1 g dark chocolate"]],
    ["a couple of tacos and a few fries", ["2 × tacos", "and 2–4 × fries"]],
    ["a handful of almonds", ["1 × handful almonds"]],
    ["bowl of soup", ["bowl soup"]],
    ["three extra large pancakes", ["3 × extra large pancakes"]],
    ["a protein bar", ["1 × protein bar"]],
    ["some rice", ["rice"]],
  ])("reads %s", (sentence, items) => {
    expect(parseMeal(sentence).map(inShort)).toEqual(items);
  });

  it("passes over what people say around their food", () => {
    expect(parseMeal("For breakfast I had about 2 eggs today").map(inShort)).toEqual(["2 × eggs"]);
    expect(parseMeal("we just ate pizza for dinner").map(inShort)).toEqual(["pizza"]);
  });

  it.each([
    ["0 eggs and a slice of toast", ["and 1 × slice toast"]],
    ["zero beers", []],
    ["0 to 2 eggs", ["0–2 × eggs"]],
  ])("leaves out what was eaten none of: %s", (sentence, items) => {
    expect(parseMeal(sentence).map(inShort)).toEqual(items);
  });

  it.each(["9".repeat(400), "1000001", `${"9".repeat(400)}/2`, "9999999/2"])(
    "takes %s for no quantity: it is none of a meal, or infinite",
    (number) => {
      expect(parseMeal(`${number} g rice`).every(({ amount }) => amount.quantity === null)).toBe(true);
    },
  );

  it("leaves out what was left out", () => {
    expect(parseMeal("a cup of coffee without sugar and a muffin").map(inShort)).toEqual([
      "1 × cup coffee",
      "and 1 × muffin",
    ]);
    expect(parseMeal("a burger, no cheese").map(inShort)).toEqual(["1 × burger"]);
  });

  it("takes capitals, line ends and signs as they come", () => {
    expect(parseMeal("2 EGGS\n1 Slice Toast & Jam").map(inShort)).toEqual(["2 × eggs", "1 × slice toast", "and jam"]);
  });

  it.each(["", "   ", "!?", "123", "and, with; ."])("finds no food in %j", (sentence) => {
    expect(parseMeal(sentence)).toEqual([]);
  });

  it("reads a thousand characters of anything without harm", () => {
    const noise = "half a quarter of a dozen 1/0 99999999999999999999 fl oz oz ½½½ - – to or ".repeat(14);
    for (const { amount } of parseMeal(noise.slice(0, 1000))) {
      expect(Number.isFinite(amount.quantity?.low ?? 0)).toBe(true);
    }
  });
});
