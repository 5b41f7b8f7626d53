import type { Measure } from "./text/measures.ts";
import type { Amount, Size } from "./text/parse-meal.ts";

/** A household measure of the food table: `amount` of `description` weighs `grams`. */
export interface Portion {
  amount: number;
  description: string;
  grams: number;
}

/** What the food table knows of a food's portions; `servingGrams` is a usual serving. */
export interface FoodPortions {
  servingGrams: number | null;
  portions: readonly Portion[];
}

/** Grams with the range that they lie in, as 10th and 90th percentile. */
export interface MeasuredGrams {
  grams: number;
  sizeRange: [number, number];
}

/**
 * How far a stated amount may be off, as a share down and up: weighed; measured by volume; counted; a volume without a
 * known density; only "some". Set by judgment: weighed food records differ from recalled portions by 20 to 50 %.
 */
const ERRORS = {
  weighed: [0.02, 0.02],
  volume: [0.12, 0.12],
  counted: [0.2, 0.25],
  assumedDensity: [0.25, 0.25],
  usual: [0.4, 0.6],
} as const satisfies Record<string, readonly [number, number]>;

/** What a portion is taken to weigh when the table says nothing at all. */
const UNKNOWN_SERVING_GRAMS = 100;

/** Millilitres of the volumes in which the table gives portions. */
const VOLUME_ML: Readonly<Record<string, number>> = {
  cup: 236.588,
  tbsp: 14.787,
  tablespoon: 14.787,
  tsp: 4.929,
  teaspoon: 4.929,
  "fl oz": 29.574,
  quart: 946.353,
  ml: 1,
  l: 1000,
};

/** The units that mean a usual serving when the table has no portion of that name. */
const SERVING_UNITS: ReadonlySet<string> = new Set(["serving", "bowl", "plate", "container", "packet", "piece"]);
/** Whole pieces, in the order in which one is taken for "an apple" where none of them is the usual serving. */
const WHOLE_PIECES = ["medium", "large", "fruit", "item", "piece", "unit", "small"];

type ErrorKind = keyof typeof ERRORS;

function measured(grams: number, kind: ErrorKind): MeasuredGrams {
  const [down, up] = ERRORS[kind];
  return { grams, sizeRange: [grams * (1 - down), grams * (1 + up)] };
}

const singular = (word: string): string => (word.length > 3 && /[^s]s$/u.test(word) ? word.slice(0, -1) : word);
/** "cup, sliced" is a cup, "fl oz (no ice)" is a fluid ounce. */
const headOf = (description: string): string => {
  const head = description.toLowerCase().split(/[,(]/u)[0]?.trim() ?? "";
  return head.startsWith("fl oz") ? "fl oz" : singular(head.split(" ")[0] ?? "");
};

const gramsOfOne = ({ amount, grams }: Portion): number => grams / amount;

/** The plainest portion under a name: the one that its size fits, else the one with the shortest description. */
function portionNamed(names: readonly string[], portions: readonly Portion[], size: Size | null): Portion | null {
  const fitting = portions
    .filter(({ description }) => names.includes(headOf(description)))
    .toSorted((a, b) => a.description.length - b.description.length);
  const sized = size === null ? undefined : fitting.find(({ description }) => description.toLowerCase().includes(size));
  return sized ?? fitting[0] ?? null;
}

/** Grams of a millilitre, by a volume that the table gives for the food; null when it gives none. */
function density(measureName: string, portions: readonly Portion[]): number | null {
  const same = portionNamed([measureName], portions, null);
  const any = same ?? portionNamed(Object.keys(VOLUME_ML), portions, null);
  const ml = any === null ? undefined : VOLUME_ML[headOf(any.description)];
  return any === null || ml === undefined ? null : gramsOfOne(any) / ml;
}

function volumeGrams(name: string, ml: number, portions: readonly Portion[]): MeasuredGrams {
  const gramsPerMl = density(name, portions);
  return gramsPerMl === null ? measured(ml, "assumedDensity") : measured(ml * gramsPerMl, "volume");
}

/** One whole piece of a food, of a size if one was named. */
function pieceGrams(size: Size | null, { servingGrams, portions }: FoodPortions): MeasuredGrams {
  const sized = size === null ? null : portions.find(({ description }) => description.toLowerCase().startsWith(size));
  if (sized !== null && sized !== undefined) return measured(gramsOfOne(sized), "counted");
  const pieces = WHOLE_PIECES.map((name) => portionNamed([name], portions, null)).filter((piece) => piece !== null);
  const piece = pieces.find((one) => gramsOfOne(one) === servingGrams) ?? pieces[0];
  if (piece !== undefined) return measured(gramsOfOne(piece), "counted");
  return usualGrams({ servingGrams, portions });
}

function usualGrams({ servingGrams, portions }: FoodPortions): MeasuredGrams {
  const serving = portionNamed(["serving", "nlea"], portions, null);
  const grams = servingGrams ?? (serving === null ? null : gramsOfOne(serving)) ?? UNKNOWN_SERVING_GRAMS;
  return measured(grams, "usual");
}

function oneOf(measure: Measure, size: Size | null, known: FoodPortions): MeasuredGrams {
  if (measure.kind === "mass") return measured(measure.grams, "weighed");
  if (measure.kind === "volume") return volumeGrams(measure.name, measure.ml, known.portions);
  const named = portionNamed([measure.name], known.portions, size);
  if (named !== null) return measured(gramsOfOne(named), "counted");
  if (measure.ml !== null) return volumeGrams(measure.name, measure.ml, known.portions);
  return SERVING_UNITS.has(measure.name) ? usualGrams(known) : pieceGrams(size, known);
}

/**
 * Grams of an amount, by the food table's own household measures: a weight is what it says; a volume by the food's
 * density; a unit or a count by the portion of that name; nothing said is a usual serving. The range holds both the doubt
 * of the quantity ("two or three") and of the measure.
 */
export function gramsOf({ quantity, measure, size }: Amount, known: FoodPortions): MeasuredGrams {
  const low = quantity?.low ?? 1;
  const high = quantity?.high ?? 1;
  const one =
    measure !== null
      ? oneOf(measure, size, known)
      : quantity === null && size === null
        ? usualGrams(known)
        : pieceGrams(size, known);
  return {
    grams: (one.grams * (low + high)) / 2,
    sizeRange: [one.sizeRange[0] * low, one.sizeRange[1] * high],
  };
}
