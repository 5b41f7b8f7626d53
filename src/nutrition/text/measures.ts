/** A weight or a volume is the same for every food; of a `unit` (a slice, a bowl) the food table knows what it weighs. */
export type Measure =
  | { kind: "mass"; grams: number }
  | { kind: "volume"; name: string; ml: number }
  | { kind: "unit"; name: string; ml: number | null };

const mass = (grams: number): Measure => ({ kind: "mass", grams });
const volume = (name: string, ml: number): Measure => ({ kind: "volume", name, ml });
const unit = (name: string, ml: number | null = null): Measure => ({ kind: "unit", name, ml });

/**
 * Measures by their words. Avoirdupois and US customary units after NIST Handbook 44, appendix C; cups and spoons are the
 * US ones, in which the food table's measures are given. What a glass, a mug or a can of a drink holds is the usual size.
 */
const MEASURES: readonly [words: string, measure: Measure][] = [
  ["g gram grams gramme grammes gr", mass(1)],
  ["kg kilo kilos kilogram kilograms", mass(1000)],
  ["mg milligram milligrams", mass(0.001)],
  ["oz ounce ounces", mass(28.349_523)],
  ["lb lbs pound pounds", mass(453.592_37)],
  ["ml millilitre millilitres milliliter milliliters", volume("ml", 1)],
  ["cl centilitre centilitres centiliter centiliters", volume("cl", 10)],
  ["dl decilitre decilitres deciliter deciliters", volume("dl", 100)],
  ["l litre litres liter liters", volume("l", 1000)],
  ["cup cups", volume("cup", 236.588)],
  ["tbsp tbsps tablespoon tablespoons tablespoonful tablespoonfuls", volume("tbsp", 14.787)],
  ["tsp tsps teaspoon teaspoons teaspoonful teaspoonfuls", volume("tsp", 4.929)],
  ["pint pints", volume("pint", 473.176)],
  ["quart quarts", volume("quart", 946.353)],
  ["glass glasses", unit("glass", 240)],
  ["mug mugs", unit("mug", 300)],
  ["bottle bottles", unit("bottle", 500)],
  ["can cans", unit("can", 355)],
  ["shot shots", unit("shot", 44)],
  ["slice slices", unit("slice")],
  ["piece pieces", unit("piece")],
  ["bowl bowls bowlful", unit("bowl")],
  ["plate plates plateful", unit("plate")],
  ["serving servings portion portions helping helpings", unit("serving")],
  ["handful handfuls", unit("handful")],
  ["scoop scoops", unit("scoop")],
  ["clove cloves", unit("clove")],
  ["rasher rashers strip strips", unit("strip")],
  ["fillet fillets filet filets", unit("fillet")],
  ["bar bars", unit("bar")],
  ["packet packets pack packs bag bags sachet sachets", unit("packet")],
  ["wedge wedges", unit("wedge")],
  ["patty patties", unit("patty")],
  ["link links", unit("link")],
  ["stick sticks", unit("stick")],
  ["pat pats knob knobs", unit("pat")],
  ["leaf leaves", unit("leaf")],
  ["stalk stalks", unit("stalk")],
  ["spear spears", unit("spear")],
  ["ear ears", unit("ear")],
  ["head heads", unit("head")],
  ["container containers pot pots tub tubs", unit("container")],
];

const BY_WORD: ReadonlyMap<string, Measure> = new Map(
  MEASURES.flatMap(([words, measure]) => words.split(" ").map((word) => [word, measure] as const)),
);

const FLUID_OUNCE = volume("fl oz", 29.574);
const OUNCES: ReadonlySet<string | undefined> = new Set(["oz", "ounce", "ounces"]);

/** Reads the measure that lower-case words begin with, and how many of them it takes; null when there is none. */
export function readMeasure(words: readonly string[]): { measure: Measure; words: number } | null {
  const [first = "", second] = words;
  if ((first === "fl" || first === "fluid") && OUNCES.has(second)) return { measure: FLUID_OUNCE, words: 2 };
  const measure = BY_WORD.get(first);
  return measure === undefined ? null : { measure, words: 1 };
}
