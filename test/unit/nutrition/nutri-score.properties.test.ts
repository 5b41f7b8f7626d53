import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nutriScore, type NutriScoreCategory, type NutriScoreInput } from "../../../src/nutrition/nutri-score.ts";
import { holds } from "../../support/properties.ts";

const NOTHING: NutriScoreInput = {
  energyKj: 0,
  sugarsG: 0,
  saturatesG: 0,
  fatG: 0,
  saltG: 0,
  proteinG: 0,
  fiberG: 0,
  fruitVegetablesPulses: 0,
  sweetened: false,
};

/** An amount as labels print it, in tenths, up to `max`. */
const tenths = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((value) => value / 10);

const food: fc.Arbitrary<NutriScoreInput> = fc.record({
  energyKj: fc.integer({ min: 0, max: 3700 }),
  sugarsG: tenths(100),
  saturatesG: tenths(100),
  fatG: tenths(100),
  saltG: fc.integer({ min: 0, max: 10_000 }).map((value) => value / 100),
  proteinG: tenths(100),
  fiberG: tenths(60),
  fruitVegetablesPulses: tenths(100),
  sweetened: fc.boolean(),
});
const category = fc.constantFrom<NutriScoreCategory>("general", "cheese", "red_meat", "fats", "beverage", "water");

describe("the Nutri-Score of any food", () => {
  holds(
    "is the sum of its unfavorable points less that of its favorable ones, within the bounds of the tables",
    fc.property(category, food, (kind, one) => {
      const { score, unfavorable, favorable, grade } = nutriScore(kind, one);
      const sum = (points: object): number => Object.values(points).reduce((total: number, value) => total + value, 0);
      expect(score).toBe(sum(unfavorable) - sum(favorable));
      expect(score).toBeGreaterThanOrEqual(-18);
      expect(score).toBeLessThanOrEqual(59);
      expect(kind === "water" ? ["A"] : ["A", "B", "C", "D", "E"]).toContain(grade);
      for (const points of [...Object.values(unfavorable), ...Object.values(favorable)])
        expect(Number.isInteger(points) && points >= 0).toBe(true);
    }),
  );

  holds(
    "is the same whatever the last digits of arithmetic make of its amounts",
    fc.property(category, food, fc.integer({ min: 1, max: 997 }), (kind, one, grams) => {
      // As a plate has it: the amounts of some grams, and back per 100 g.
      const roundTrip = (per100: number): number => (100 * ((per100 * grams) / 100)) / grams;
      const same = Object.fromEntries(
        Object.entries(one).map(([name, value]) => [name, typeof value === "number" ? roundTrip(value) : value]),
      ) as unknown as NutriScoreInput;
      expect(nutriScore(kind, same)).toEqual(nutriScore(kind, one));
    }),
    1000,
  );
});

describe("a threshold of the Nutri-Score", () => {
  it("of saturates in all fat counts when it is reached, whatever the amounts that make the share", () => {
    const missed: string[] = [];
    for (const percent of [10, 16, 22, 28, 34, 40, 46, 52, 58, 64]) {
      for (let tenthsOfFat = 10; tenthsOfFat <= 1000; tenthsOfFat += 1) {
        const saturates = (tenthsOfFat * percent) / 1000;
        if (!Number.isInteger(Math.round(saturates * 1e6) / 1e5)) continue;
        const points = (saturatesG: number): number =>
          nutriScore("fats", { ...NOTHING, fatG: tenthsOfFat / 10, saturatesG }).unfavorable.saturates;
        const reached = (percent - 10) / 6 + 1;
        const printed = Math.round(saturates * 10) / 10;
        if (points(printed) !== reached || points(printed - 0.01) !== reached - 1)
          missed.push(`${printed} of ${tenthsOfFat / 10}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it("of salt does not count at the amount of sodium that makes exactly that much", () => {
    const missed: number[] = [];
    for (let point = 1; point <= 20; point += 1) {
      const sodiumMg = point * 80;
      for (let grams = 1; grams <= 500; grams += 7) {
        const saltG = ((100 * ((sodiumMg * grams) / 100)) / grams) * (2.5 / 1000);
        if (nutriScore("general", { ...NOTHING, saltG }).unfavorable.salt !== point - 1) missed.push(sodiumMg);
      }
    }
    expect(missed).toEqual([]);
  });

  const SUGARS_G = [3.4, 6.8, 10, 14, 17, 20, 24, 27, 31, 34, 37, 41, 44, 48, 51];
  const SUGARS_BEVERAGES_G = [0.5, 2, 3.5, 5, 6, 7, 8, 9, 10, 11];
  const PROTEIN_G = [2.4, 4.8, 7.2, 9.6, 12, 14, 17];
  const PROTEIN_BEVERAGES_G = [1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3];
  const FIBER_G = [3, 4.1, 5.2, 6.3, 7.4];
  const ENERGY_KJ = [335, 670, 1005, 1340, 1675, 2010, 2345, 2680, 3015, 3350];
  const ENERGY_BEVERAGES_KJ = [30, 90, 150, 210, 240, 270, 300, 330, 360, 390];
  const SATURATES_G = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const SALT_G = Array.from({ length: 20 }, (_, index) => (index + 1) / 5);

  it.each<[NutriScoreCategory, keyof NutriScoreInput, string, readonly number[]]>([
    ["general", "sugarsG", "sugars", SUGARS_G],
    ["beverage", "sugarsG", "sugars", SUGARS_BEVERAGES_G],
    ["general", "energyKj", "energy", ENERGY_KJ],
    ["beverage", "energyKj", "energy", ENERGY_BEVERAGES_KJ],
    ["cheese", "saturatesG", "saturates", SATURATES_G],
    ["beverage", "saltG", "salt", SALT_G],
    ["general", "proteinG", "protein", PROTEIN_G],
    ["beverage", "proteinG", "protein", PROTEIN_BEVERAGES_G],
    ["general", "fiberG", "fiber", FIBER_G],
  ])("for %s is that of the published table: %s", (kind, component, name, thresholds) => {
    for (const [index, threshold] of thresholds.entries()) {
      const pointsAt = (amount: number): number | undefined => {
        const { unfavorable, favorable } = nutriScore(kind, { ...NOTHING, [component]: amount });
        return ({ ...unfavorable, ...favorable } as Record<string, number>)[name];
      };
      expect([pointsAt(threshold), pointsAt(threshold + 0.01)]).toEqual([index, index + 1]);
    }
    const most = { ...NOTHING, [component]: 1e6 };
    const { unfavorable, favorable } = nutriScore(kind, most);
    expect({ ...unfavorable, ...favorable }).toHaveProperty(name, thresholds.length);
  });

  it.each<[NutriScoreCategory, number[][]]>([
    [
      "general",
      [
        [40, 0],
        [41, 1],
        [60, 1],
        [61, 2],
        [80, 2],
        [81, 5],
      ],
    ],
    [
      "beverage",
      [
        [40, 0],
        [41, 2],
        [60, 2],
        [61, 4],
        [80, 4],
        [81, 6],
      ],
    ],
  ])("for %s is that of the published table: fruit, vegetables and pulses", (kind, table) => {
    const points = table.map(([percent = 0]) => [
      percent,
      nutriScore(kind, { ...NOTHING, fruitVegetablesPulses: percent }).favorable.fruitVegetablesPulses,
    ]);
    expect(points).toEqual(table);
  });

  it.each<[NutriScoreCategory, string]>([
    ["general", "A0 B1 B2 C3 C10 D11 D18 E19"],
    ["cheese", "A0 B1 B2 C3 C10 D11 D18 E19"],
    ["red_meat", "A0 B1 B2 C3 C10 D11 D18 E19"],
    ["fats", "B0 B1 B2 C3 C10 D11 D18 E19"],
    ["beverage", "B0 B1 B2 C3 C6 D7 D9 E10"],
  ])("for %s makes these grades of these scores: %s", (kind, grades) => {
    for (const grade of grades.split(" ")) {
      const score = Number(grade.slice(1));
      // Salt has the most points, and then energy.
      const salt = Math.min(score, 19);
      const one = { ...NOTHING, saltG: salt === 0 ? 0 : salt / 5 + 0.1 };
      expect(nutriScore(kind, one)).toMatchObject({ score, grade: grade[0] });
    }
  });

  it("of fats lets six points less be an A, and a fat without any fat has no share of saturates", () => {
    const nuts = { ...NOTHING, fiberG: 7.5, fruitVegetablesPulses: 41 };
    expect(nutriScore("fats", nuts)).toMatchObject({ score: -6, grade: "A" });
    expect(nutriScore("fats", { ...nuts, saltG: 0.3 })).toMatchObject({ score: -5, grade: "B" });
    expect(nutriScore("fats", { ...NOTHING, saturatesG: 1 }).unfavorable.saturates).toBe(0);
  });
});
