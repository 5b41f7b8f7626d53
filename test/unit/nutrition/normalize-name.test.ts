import { describe, expect, test } from "vitest";
import { searchWords } from "../../../src/nutrition/name-words.ts";
import { contentWords, nameKey } from "../../../src/nutrition/normalize-name.ts";

describe("a name's key", () => {
  test.each([
    ["Crème brûlée", "creme brulee"],
    ["Shepherd's pie", "shepherds pies"],
    ["Stir-fry", "stir fry"],
    ["Macaroni & cheese", "macaroni and cheese"],
    ["toast w/ jam", "toast with jam"],
    ["A glass of milk", "milk"],
    ["two bowls of rice", "two rice"],
    ["berry", "berries"],
    ["cookie", "Cookies"],
    ["peach", "peaches"],
    ["date", "dates"],
    ["tomato", "tomatoes"],
    ["pie", "pies"],
    ["egg", "eggs"],
    ["lettuce leaf", "lettuce leaves"],
    ["sandwich", "sandwiches"],
    ["swiss cheese", "Swiss cheeses"],
    ["aubergine", "eggplants"],
    ["yoghurt", "yogurts"],
    ["king prawns", "king shrimp"],
  ])("is the same for %j and %j", (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  test.each([
    ["milk chocolate", "chocolate milk"],
    ["rice with chicken", "rice and chicken"],
    ["rice bowl", "rice"],
    ["cola", "cola without sugar"],
  ])("differs for %j and %j", (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  test.each(["", "...", "the", "🍕"])("is empty for %j, which has no word", (name) => {
    expect(nameKey(name)).toBe("");
  });

  test("keeps other scripts", () => {
    expect(nameKey("ラーメン")).not.toBe("");
    expect(nameKey("Борщ")).toBe("борщ");
  });

  test("has no characters that mean something in a full-text query", () => {
    expect(nameKey('steak" OR (name_key:*) -x ^y {z}')).toMatch(/^[\p{L}\p{N} ]*$/u);
  });
});

test("a search looks for the words that tell foods apart, and for a bounded number of them", () => {
  expect(searchWords("2 large slices of cooked white rice")).toEqual(["whit", "ric"]);
  expect(searchWords("large")).toEqual(["larg"]);
  expect(searchWords(Array.from({ length: 500 }, (_, index) => `word${index}x`).join(" "))).toHaveLength(12);
});

test("content words leave out what only joins foods", () => {
  expect(contentWords("Fish and chips with peas")).toEqual(["fish", "chip", "pea"]);
});
