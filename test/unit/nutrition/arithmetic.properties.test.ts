import * as fc from "fast-check";
import { describe, expect } from "vitest";
import { nutrientInputSchema, toNutrients } from "../../../src/nutrition/nutrient-input.ts";
import { NUTRIENT_FIELDS, type NutrientField } from "../../../src/nutrition/nutrient-table.ts";
import {
  energyFromMacros,
  roundNutrients,
  scaleNutrients,
  scaleToGrams,
  sumNutrients,
  type Nutrients,
} from "../../../src/nutrition/nutrients.ts";
import { energyRange, plausibilityWarnings } from "../../../src/nutrition/plausibility.ts";
import { gramsOf, type FoodPortions } from "../../../src/nutrition/portions.ts";
import { readQuantity } from "../../../src/nutrition/text/quantities.ts";
import { holds } from "../../support/properties.ts";

const amount = fc.double({ min: 0, max: 100_000, noNaN: true });
const nutrients: fc.Arbitrary<Nutrients> = fc
  .record(Object.fromEntries(NUTRIENT_FIELDS.map((field) => [field, amount])), { requiredKeys: [] })
  .map((record) => ({ ...record }));
const grams = fc.double({ min: 0.01, max: 5_000, noNaN: true });

const near = (actual: number | undefined, expected: number): void =>
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
const fieldsOf = (some: Nutrients): NutrientField[] => Object.keys(some) as NutrientField[];

describe("nutrients", () => {
  holds(
    "scale in proportion, keep which are known, and come back when they are scaled back",
    fc.property(nutrients, grams, (per100, eaten) => {
      const portion = scaleToGrams(per100, eaten);
      expect(fieldsOf(portion).toSorted()).toEqual(fieldsOf(per100).toSorted());
      for (const field of fieldsOf(per100)) {
        near(portion[field], ((per100[field] ?? 0) * eaten) / 100);
        near(scaleNutrients(portion, 100 / eaten)[field], per100[field] ?? 0);
      }
    }),
  );

  holds(
    "in all are the sum of the parts, in whatever order these come; what one part lacks, the whole lacks",
    fc.property(fc.array(fc.option(nutrients), { maxLength: 6 }), (parts) => {
      const total = sumNutrients(parts);
      const known = parts.filter((part) => part !== null);
      for (const field of NUTRIENT_FIELDS) {
        const isKnown = known.length > 0 && known.every((part) => part[field] !== undefined);
        expect(field in total).toBe(isKnown);
        if (isKnown) {
          near(
            total[field],
            known.reduce((sum, part) => sum + (part[field] ?? 0), 0),
          );
          near(sumNutrients(parts.toReversed())[field], total[field] ?? 0);
        }
      }
    }),
  );

  holds(
    "are rounded by half a unit at most, and once rounded stay as they are",
    fc.property(nutrients, (some) => {
      const rounded = roundNutrients(some, NUTRIENT_FIELDS);
      for (const field of fieldsOf(some)) {
        const unit = field === "energy_kcal" ? 1 : 0.1;
        expect(Math.abs((rounded[field] ?? 0) - (some[field] ?? 0))).toBeLessThanOrEqual(unit / 2 + 1e-9);
      }
      expect(roundNutrients(rounded, NUTRIENT_FIELDS)).toEqual(rounded);
      expect(Object.keys(roundNutrients(some, ["iron_mg"])).every((field) => field === "iron_mg")).toBe(true);
    }),
  );

  holds(
    "explain more energy the more there is of them, and never less than none",
    fc.property(
      nutrients,
      amount,
      fc.constantFrom("protein_g", "fat_total_g", "carbohydrate_g"),
      (some, more, field) => {
        const before = energyFromMacros(some);
        const after = energyFromMacros({ ...some, [field]: (some[field] ?? 0) + more });
        if (before === null) return;
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeGreaterThanOrEqual(before);
      },
    ),
  );

  holds(
    "whose energy is what they explain are never doubted, and those of twice that and 40 kcal more always",
    fc.property(amount, amount, amount, (carbohydrate, protein, fat) => {
      const macros = { carbohydrate_g: carbohydrate, protein_g: protein, fat_total_g: fat };
      const explained = energyFromMacros(macros) ?? 0;
      expect(plausibilityWarnings({ ...macros, energy_kcal: explained })).toEqual([]);
      expect(plausibilityWarnings({ ...macros, energy_kcal: 2 * explained + 40 })).toHaveLength(1);
    }),
  );
});

describe("salt", () => {
  holds(
    "is the same sodium in whatever unit it is typed",
    fc.property(fc.double({ min: 0, max: 1_000, noNaN: true }), (saltG) => {
      const sodium = saltG * 400;
      for (const typed of [
        { salt_g: saltG },
        { salt_mg: saltG * 1000 },
        { sodium_g: saltG / 2.5 },
        { sodium_mg: sodium },
      ])
        near(toNutrients(nutrientInputSchema.parse(typed)).sodium_mg, sodium);
    }),
  );

  holds(
    "and everything else that a client may send is judged without a throw",
    fc.property(
      fc.oneof(fc.anything(), fc.object({ key: fc.constantFrom("salt_g", "iron_mg", "__proto__") })),
      (given) => {
        const parsed = nutrientInputSchema.safeParse(given);
        if (!parsed.success) return;
        for (const value of Object.values(toNutrients(parsed.data))) expect(value >= 0 && value <= 1e12).toBe(true);
      },
    ),
  );
});

const portion = fc.record({
  amount: fc.constantFrom(0.25, 1, 2, 4),
  description: fc.constantFrom("cup", "slice", "medium", "large", "serving", "fl oz (no ice)", "cup, sliced", "piece"),
  grams: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
});
const known: fc.Arbitrary<FoodPortions> = fc.record({
  servingGrams: fc.option(fc.double({ min: 0.1, max: 1_000, noNaN: true })),
  portions: fc.array(portion, { maxLength: 6 }),
});
const measure = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant("mass" as const), grams: fc.constantFrom(1, 1000, 28.35) }),
    fc.record({
      kind: fc.constant("volume" as const),
      name: fc.constantFrom("cup", "ml"),
      ml: fc.constantFrom(1, 236),
    }),
    fc.record({
      kind: fc.constant("unit" as const),
      name: fc.constantFrom("slice", "bowl", "glass", "stick"),
      ml: fc.constantFrom(null, 240),
    }),
  ),
);
const size = fc.constantFrom(null, "small" as const, "large" as const);

describe("the grams of an amount", () => {
  holds(
    "are above nothing, inside their range, and in proportion to the quantity",
    fc.property(known, measure, size, fc.integer({ min: 1, max: 1_000 }), (food, measured, sized, count) => {
      const take = (low: number, high: number) =>
        gramsOf({ quantity: { low, high }, measure: measured, size: sized }, food);
      const [one, many, range] = [take(1, 1), take(count, count), take(1, count)];
      for (const { grams: weight, sizeRange } of [one, many, range]) {
        expect(weight).toBeGreaterThan(0);
        expect(sizeRange[0]).toBeLessThanOrEqual(weight);
        expect(sizeRange[1]).toBeGreaterThanOrEqual(weight);
      }
      near(many.grams, one.grams * count);
      near(range.grams, (one.grams + many.grams) / 2);
    }),
  );
});

describe("the energy range of a meal", () => {
  holds(
    "holds its energy, is never below nothing, and is no wider for foods that are exact",
    fc.property(
      fc.array(
        fc.record({
          item: fc.nat({ max: 3 }),
          grams,
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          nutrients: fc.option(nutrients),
        }),
        { maxLength: 6 },
      ),
      (foods) => {
        const measured = foods.map(({ share, ...food }) => ({
          ...food,
          sizeRange: [food.grams * (1 - share), food.grams * (1 + share)] as [number, number],
        }));
        const energy = foods.reduce((sum, food) => sum + (food.nutrients?.energy_kcal ?? 0), 0);
        const range = energyRange(measured);
        expect(range === null).toBe(foods.every((food) => food.nutrients?.energy_kcal === undefined));
        if (range === null) return;
        expect(range[0]).toBeGreaterThanOrEqual(0);
        expect(range[0]).toBeLessThanOrEqual(energy + 1e-6);
        expect(range[1]).toBeGreaterThanOrEqual(energy - 1e-6);
        const exact = energyRange(measured.map((food) => ({ ...food, sizeRange: [food.grams, food.grams] })));
        near(exact?.[0], energy);
        near(exact?.[1], energy);
      },
    ),
  );
});

describe("a quantity", () => {
  holds(
    "is read as it is written, in digits, with a point or a comma",
    fc.property(
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom(".", ","),
      (whole, rest, sign) => {
        const text = `${whole}${sign}${String(rest).padStart(2, "0")}`;
        const value = Number(text.replace(",", "."));
        expect(readQuantity([text, "g"])).toEqual({ low: value, high: value, words: 1 });
        expect(readQuantity([String(whole), "-", String(whole + 1)])).toEqual({
          low: whole,
          high: whole + 1,
          words: 3,
        });
      },
    ),
  );

  holds(
    "never takes more words than there are, and is a number that a meal may have",
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            ..."a an and or to of - – half quarter quarters dozen couple few two twenty ½ 1/2 1/0 3 1,5 g x".split(" "),
          ),
          fc.stringMatching(/^\d{1,400}$/),
        ),
        { maxLength: 8 },
      ),
      (words) => {
        const read = readQuantity(words);
        if (read === null) return;
        expect(read.words).toBeGreaterThan(0);
        expect(read.words).toBeLessThanOrEqual(words.length);
        expect(read.low).toBeLessThanOrEqual(read.high);
        expect(read.low).toBeGreaterThanOrEqual(0);
        expect(read.high).toBeLessThanOrEqual(1e9);
      },
    ),
  );
});
