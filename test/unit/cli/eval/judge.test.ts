import { describe, expect, it } from "vitest";
import type { PhotoCase } from "../../../../src/cli/eval/cases.ts";
import { judgeNames, judgePhoto, type PhotoResponse } from "../../../../src/cli/eval/judge.ts";
import type { SameFood } from "../../../../src/cli/eval/same-food.ts";

/** Equal letters are one food, equal last words one kind; lettuce is a part of every salad. */
const foods: SameFood = {
  isSame: (a, b) => a.toLowerCase() === b.toLowerCase(),
  isKind: (a, b) => a.toLowerCase().split(" ").at(-1) === b.toLowerCase().split(" ").at(-1),
  isPartOf: (food, dish) => food === "lettuce" && dish.endsWith("salad"),
};

const photo = (labels: string[], traces: string[] = []): PhotoCase => ({
  name: "1.jpg",
  file: "1.jpg",
  labels,
  traces,
  truth: { grams: null, kcal: null, protein_g: null, fat_g: null, carbohydrate_g: null },
});

const answer = (dishName: string | null, ...names: string[]): PhotoResponse => ({
  outcome: dishName === null ? "no_food_found" : "completed",
  dishName,
  foods: names.map((name) => ({ name, grams: 100, confidence: 0.8 })),
  grams: null,
  kcal: null,
  kcalRange: null,
  confidence: 0.8,
  seconds: 1,
});

describe("an answer", () => {
  it("is right first when the dish's name, or the first name in it, is a label", () => {
    expect(judgePhoto(photo(["Fish and chips"]), answer("fish and chips", "fish"), foods).first.isSame).toBe(true);
    expect(judgePhoto(photo(["apple"]), answer("apple and banana", "apple", "banana"), foods).first.isSame).toBe(true);
    expect(judgePhoto(photo(["banana"]), answer("apple and banana", "apple", "banana"), foods).first.isSame).toBe(
      false,
    );
  });

  it("finds labels by the dish's name as well as by its foods", () => {
    const judged = judgePhoto(
      photo(["caesar salad", "chicken"]),
      answer("caesar salad", "lettuce", "grilled chicken"),
      foods,
    );
    expect(judged).toMatchObject({ labels: 2, found: { same: 1, kind: 2 }, named: 2, right: 2 });
  });

  it("may name traces, but need not", () => {
    const named = judgePhoto(photo(["rice"], ["oil"]), answer("rice", "rice", "oil", "egg"), foods);
    expect(named).toMatchObject({ labels: 1, named: 3, right: 2 });
  });

  it("without food is no wrong name", () => {
    expect(judgePhoto(photo(["rice"]), answer(null), foods)).toMatchObject({ isAnswered: false, named: 0, labels: 1 });
  });

  it("gives each of its names with its confidence for the calibration", () => {
    expect(judgeNames(photo(["rice"]), answer("rice", "rice", "egg"), foods)).toEqual([
      { confidence: 0.8, isRight: true },
      { confidence: 0.8, isRight: false },
    ]);
  });
});
