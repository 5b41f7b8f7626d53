import { describe, expect, it } from "vitest";
import { correctWord, type KnownWord } from "../../../src/nutrition/spelling.ts";

const known = (...words: string[]): KnownWord[] => words.map((word, index) => ({ word, names: 10 - index }));

describe("a word that no food has", () => {
  it.each([
    ["brocoli", "broccoli", "a letter missing"],
    ["bannana", "banana", "a letter too many"],
    ["tomoto", "tomato", "another letter"],
    ["lasanga", "lasagna", "two letters swapped"],
    ["salmonn", "salmon", "a letter too many at the end"],
  ])("%j is %j: %s", (word, meant) => {
    expect(correctWord(word, known("butter", meant, "bread"))).toBe(meant);
  });

  it.each([
    ["brokoly", "broccoli", "two letters off"],
    ["panana", "banana", "the first letter wrong"],
    ["chia", "chai", "too short to tell"],
    ["12345", "12346", "a number"],
    ["salmonlike", "salmon", "another word"],
    ["nlasaga", "lasagna", "letters swapped across others"],
  ])("%j is not %j: %s", (word, other) => {
    expect(correctWord(word, known(other))).toBeNull();
  });

  it("is what most names have, of several that are as near", () => {
    expect(
      correctWord("peach", [
        { word: "peache", names: 1 },
        { word: "peachy", names: 3 },
      ]),
    ).toBe("peachy");
  });
});

it("a word that a food has stays, however near another is", () => {
  expect(correctWord("mousse", known("mouse", "mousse"))).toBeNull();
});
