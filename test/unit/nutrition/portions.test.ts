import { describe, expect, it } from "vitest";
import { gramsOf, type FoodPortions } from "../../../src/nutrition/portions.ts";
import { parseMeal, type Amount } from "../../../src/nutrition/text/parse-meal.ts";

const portions = (...rows: [amount: number, description: string, grams: number][]): FoodPortions["portions"] =>
  rows.map(([amount, description, grams]) => ({ amount, description, grams }));

/** USDA SR Legacy. */
const EGG: FoodPortions = {
  servingGrams: 50,
  portions: portions(
    [1, "large", 50],
    [1, "extra large", 56],
    [1, "cup (4.86 large eggs)", 243],
    [1, "medium", 44],
    [1, "small", 38],
  ),
};
const BREAD: FoodPortions = {
  servingGrams: 56,
  portions: portions(
    [1, "slice", 29],
    [1, "oz", 28.35],
    [1, "cup, crumbs", 45],
    [1, "slice, large", 30],
    [1, "slice, very thin", 15],
  ),
};
const MILK: FoodPortions = {
  servingGrams: 244,
  portions: portions([1, "cup", 244], [1, "fl oz", 30.5], [1, "tbsp", 15]),
};
const NUGGETS: FoodPortions = { servingGrams: 96, portions: portions([4, "pieces", 64]) };
const CURRY: FoodPortions = { servingGrams: 286, portions: [] };
const NOTHING: FoodPortions = { servingGrams: null, portions: [] };

const amountOf = (text: string): Amount => {
  const [item] = parseMeal(`${text} food`);
  if (item === undefined) throw new Error(`${text} was not read`);
  return item.amount;
};

describe("grams of an amount", () => {
  it.each<[string, FoodPortions, number]>([
    ["200 g of", CURRY, 200],
    ["1 lb of", CURRY, 453.6],
    ["2 slices of", BREAD, 58],
    ["a large slice of", BREAD, 30],
    ["1 cup of", MILK, 244],
    ["100 ml of", MILK, 103.1],
    ["2 tbsp of", MILK, 30],
    ["a glass of", MILK, 247.5],
    ["2 extra large", EGG, 112],
    ["3 small", EGG, 114],
    ["5 pieces of", NUGGETS, 80],
    ["a bowl of", CURRY, 286],
    ["250 ml of", CURRY, 250],
    ["", CURRY, 286],
    ["", NOTHING, 100],
  ])("%j food", (text, known, grams) => {
    expect(gramsOf(amountOf(text), known).grams).toBeCloseTo(grams, 0);
  });

  it("takes the piece that a usual serving is when no size is said, else the medium one", () => {
    expect(gramsOf(amountOf("2"), EGG).grams).toBe(100);
    expect(gramsOf(amountOf("2"), { ...EGG, servingGrams: null }).grams).toBe(88);
  });

  it.each<[string, FoodPortions]>([
    ["150 g of", CURRY],
    ["1 cup of", MILK],
    ["2", EGG],
    ["250 ml of", CURRY],
    ["", CURRY],
  ])("is surer the better it was measured: %j", (text, known) => {
    const order = ["150 g of", "1 cup of", "2", "250 ml of", ""];
    const { grams, sizeRange } = gramsOf(amountOf(text), known);
    const width = (sizeRange[1] - sizeRange[0]) / grams;
    const next = order[order.indexOf(text) + 1];
    expect(sizeRange[0]).toBeLessThan(grams);
    if (next === undefined) return;
    const other = gramsOf(amountOf(next), next === "2" ? EGG : next === "1 cup of" ? MILK : CURRY);
    expect(width).toBeLessThan((other.sizeRange[1] - other.sizeRange[0]) / other.grams);
  });

  it("holds the doubt of a quantity in its range", () => {
    const { grams, sizeRange } = gramsOf(amountOf("two or three slices of"), BREAD);
    expect(grams).toBeCloseTo(72.5);
    expect(sizeRange[0]).toBeLessThan(2 * 29);
    expect(sizeRange[1]).toBeGreaterThan(3 * 29);
  });

  it.each<[string, FoodPortions, number]>([
    // A serving is what the table calls one, whatever unit somebody names that it has no portion of.
    ["a bowl of", { servingGrams: 70, portions: portions([1, "medium", 20]) }, 70],
    ["a plate of", { servingGrams: 70, portions: portions([1, "medium", 20]) }, 70],
    ["a serving of", { servingGrams: 70, portions: portions([1, "medium", 20]) }, 70],
    ["a container of", { servingGrams: 70, portions: portions([1, "medium", 20]) }, 70],
    ["a packet of", { servingGrams: 70, portions: portions([1, "medium", 20]) }, 70],
    ["a piece of", { servingGrams: 70, portions: portions([1, "medium", 20]) }, 70],
    ["", { servingGrams: null, portions: portions([2, "serving", 90]) }, 45],
    ["", { servingGrams: null, portions: portions([1, "NLEA serving", 85]) }, 85],
    ["a", { servingGrams: null, portions: portions([1, "cup", 85]) }, 100],
    // Units of pieces that the table does not name are one piece.
    ["a stick of", EGG, 50],
    ["a", { servingGrams: null, portions: portions([1, "fruit (2-1/8 in)", 74], [1, "small", 30]) }, 74],
    ["a", { servingGrams: null, portions: portions([1, "item", 74], [1, "small", 30]) }, 74],
    ["a", { servingGrams: null, portions: portions([1, "piece", 74], [1, "small", 30]) }, 74],
    ["a", { servingGrams: null, portions: portions([1, "unit", 74], [1, "small", 30]) }, 74],
    ["a", { servingGrams: null, portions: portions([1, "small", 30], [1, "cup", 200]) }, 30],
    ["a", { servingGrams: null, portions: portions([1, "large", 90], [1, "small", 30]) }, 90],
    // A size counts where the table has it, and changes nothing where it has not.
    ["a small", { servingGrams: 50, portions: portions([1, "small (2 in)", 30], [1, "medium", 50]) }, 30],
    ["a large", { servingGrams: 50, portions: portions([1, "medium, peeled, not large", 50]) }, 50],
    ["large", EGG, 50],
    ["small", EGG, 38],
    // Of portions of one name the plainest, wherever it stands in the table.
    ["a slice of", { servingGrams: null, portions: portions([1, "slice, very thin", 15], [1, "slice", 29]) }, 29],
    // A density is taken from any volume of the food: first the one that was named.
    ["8 fl oz of", MILK, 244],
    ["1 l of", { servingGrams: null, portions: portions([1, "fl oz (no ice)", 30]) }, 1014.4],
    ["1 cup of", { servingGrams: null, portions: portions([1, " Cups , sliced", 120]) }, 120],
    ["a glass of", { servingGrams: null, portions: portions([1, "medium", 120]) }, 240],
    ["1 glass of", { servingGrams: null, portions: portions([1, "glass", 200], [1, "cup", 100]) }, 200],
    ["1 cup of", { servingGrams: null, portions: portions([1, "piece", 120]) }, 236.6],
    // What begins with a fluid ounce is one, and short words keep their last letter.
    ["8 fl oz of", { servingGrams: null, portions: portions([1, "fl oz, no ice", 30]) }, 240],
    ["8 fl oz of", { servingGrams: null, portions: portions([1, "can, 12 fl oz", 370]) }, 236.6],
  ])("%j food takes %j by what is known of it", (text, known, grams) => {
    expect(gramsOf(amountOf(text), known).grams).toBeCloseTo(grams, 0);
  });

  it("is as sure as the kind of measure allows: exactly these shares down and up", () => {
    const shares = (text: string, known: FoodPortions): number[] => {
      const { grams, sizeRange } = gramsOf(amountOf(text), known);
      return [(grams - sizeRange[0]) / grams, (sizeRange[1] - grams) / grams].map((share) => Math.round(share * 100));
    };
    expect(shares("150 g of", CURRY)).toEqual([2, 2]);
    expect(shares("1 cup of", MILK)).toEqual([12, 12]);
    expect(shares("2", EGG)).toEqual([20, 25]);
    expect(shares("a slice of", BREAD)).toEqual([20, 25]);
    expect(shares("a large", EGG)).toEqual([20, 25]);
    expect(shares("250 ml of", CURRY)).toEqual([25, 25]);
    expect(shares("", CURRY)).toEqual([40, 60]);
    expect(shares("2", CURRY)).toEqual([40, 60]);
  });
});
