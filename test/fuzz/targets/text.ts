import { gramsOf, type FoodPortions } from "../../../src/nutrition/portions.ts";
import { nameKey } from "../../../src/nutrition/normalize-name.ts";
import { searchWords, weighSeenName } from "../../../src/nutrition/name-words.ts";
import { parseMeal } from "../../../src/nutrition/text/parse-meal.ts";
import { bytesOf, must, textOf, type Target } from "../target.ts";

/** What the route takes. */
const MAX_TEXT_LENGTH = 1000;

const PORTIONS: FoodPortions = {
  servingGrams: 50,
  portions: [
    { amount: 1, description: "large", grams: 60 },
    { amount: 1, description: "cup, sliced", grams: 120 },
    { amount: 2, description: "slice", grams: 55 },
    { amount: 1, description: "serving", grams: 80 },
  ],
};

/** A meal in words. */
export const text: Target = {
  seeds: () =>
    [
      "two eggs and a slice of toast with butter",
      "2-3 slices of pizza, a large coke; 1 1/2 cups of rice without salt",
      "eggs x2, rice 150 g, half a dozen oysters & ¾ cup milk",
      "a couple of tacos and a few fries, twenty five grams of dark chocolate",
    ].map(bytesOf),
  words:
    "a an and or to of x half quarters dozen couple few twenty g kg cup fl oz large 1/2 1/0 ½ 1,5 9999999999 - – , . \n & without no"
      .split(" ")
      .concat(["9".repeat(320), "0 ", "one hundred "]),
  maxBytes: 4 * MAX_TEXT_LENGTH,
  run(input) {
    const said = textOf(input).slice(0, MAX_TEXT_LENGTH);
    const items = parseMeal(said);
    must(items.length <= said.length, "more foods than characters");
    for (const { name, amount } of items) {
      must(name.trim() !== "" && name.length <= 2 * said.length, "a food without a name");
      const { grams, sizeRange } = gramsOf(amount, PORTIONS);
      const [low, high] = sizeRange;
      must(Number.isFinite(grams) && grams > 0, `${grams} g`);
      must(low <= grams && grams <= high && Number.isFinite(high), `${grams} g in ${low}–${high}`);
      weighSeenName(name);
      must(searchWords(name).length <= name.length + 1 && nameKey(name).length <= 4 * name.length + 10, "a long key");
    }
  },
};
