import { readMeasure, type Measure } from "./measures.ts";
import { readQuantity, type Quantity } from "./quantities.ts";

/** How large one of something is, in the words of the food table. */
export type Size = "small" | "medium" | "large" | "extra large";

/** How much of a food someone said to have eaten; without a quantity it is a usual portion. */
export interface Amount {
  quantity: Quantity | null;
  measure: Measure | null;
  size: Size | null;
}

/**
 * One food of a sentence. `joined` says that "and" or "with" stood before it: "macaroni and cheese" may be one food.
 */
export interface MealItem {
  name: string;
  amount: Amount;
  joined: "and" | "with" | null;
}

/** Numbers, fractions, words, and the signs that tell foods apart. "200g" is two words, "1/2" is one. */
const WORDS = /\d+\/\d+|\d+(?:[.,]\d+)?|[½⅓⅔¼¾⅕⅛]|\p{L}+(?:['’-]\p{L}+)*|[-–,;.\n&+]/gu;

const SEPARATORS: ReadonlySet<string> = new Set([
  ",",
  ";",
  ".",
  "\n",
  "&",
  "+",
  "and",
  "plus",
  "then",
  "with",
  "without",
  "no",
]);
const JOINING: Readonly<Record<string, MealItem["joined"]>> = { and: "and", "&": "and", with: "with" };
/** What follows these was not eaten. */
const NEGATIONS: ReadonlySet<string> = new Set(["without", "no"]);

/** What people say around a meal. Removed before and behind a food's words. */
const BEFORE: ReadonlySet<string> = new Set(
  "i i've i'd we had have having ate eaten eat drank drink drunk just also my our the some about around approximately approx roughly circa ca maybe probably only another each of today yesterday this morning afternoon evening for at in breakfast lunch dinner supper brunch snack dessert was is it".split(
    " ",
  ),
);
const BEHIND: ReadonlySet<string> = new Set(
  "today yesterday tonight this morning afternoon evening for at as my a breakfast lunch dinner supper brunch snack dessert please each".split(
    " ",
  ),
);

const SIZES: Readonly<Record<string, Size | undefined>> = {
  small: "small",
  little: "small",
  tiny: "small",
  medium: "medium",
  "medium-sized": "medium",
  large: "large",
  big: "large",
  huge: "extra large",
  jumbo: "extra large",
};

function withoutEdges(words: readonly string[]): string[] {
  let start = 0;
  let end = words.length;
  while (start < end && BEFORE.has(words[start] ?? "")) start += 1;
  while (end > start && BEHIND.has(words[end - 1] ?? "")) end -= 1;
  return words.slice(start, end);
}

interface Segment {
  words: string[];
  joined: MealItem["joined"];
}

/**
 * Cuts a sentence where another food begins; "two and a half" and "1,5" are not cut, and what was omitted is dropped.
 */
function cutIntoSegments(words: readonly string[]): Segment[] {
  const segments: Segment[] = [];
  let current: Segment = { words: [], joined: null };
  let negated = false;
  for (let at = 0; at < words.length;) {
    const quantity = readQuantity(words.slice(at));
    const word = words[at] ?? "";
    if (quantity !== null) {
      current.words.push(...words.slice(at, at + quantity.words));
      at += quantity.words;
    } else if (SEPARATORS.has(word)) {
      if (!negated && current.words.length > 0) segments.push(current);
      negated = NEGATIONS.has(word);
      current = { words: [], joined: JOINING[word] ?? null };
      at += 1;
    } else {
      current.words.push(word);
      at += 1;
    }
  }
  if (!negated && current.words.length > 0) segments.push(current);
  return segments;
}

interface Read {
  amount: Amount;
  rest: string[];
}

function readSize(words: readonly string[]): { size: Size | null; words: number } {
  if (words[0] === "extra" && words[1] === "large") return { size: "extra large", words: 2 };
  const size = SIZES[words[0] ?? ""] ?? null;
  return { size, words: size === null ? 0 : 1 };
}

/**
 * "two large slices of toast": quantity, size, measure, and what is left. A unit with nothing behind it is the food.
 */
function readAmount(words: readonly string[]): Read {
  const quantity = readQuantity(words);
  let rest = words.slice(quantity?.words ?? 0);
  const size = readSize(rest);
  rest = rest.slice(size.words);
  const read = readMeasure(rest);
  // "Bowl of soup" is a measure, "rice bowl" and "bar" alone are foods.
  const isMeant = quantity !== null || size.size !== null || rest[read?.words ?? 0] === "of";
  const measure = isMeant ? read : null;
  const behind = rest.slice(measure?.words ?? 0);
  const food = behind[0] === "of" ? behind.slice(1) : behind;
  const isFoodItself = measure?.measure.kind === "unit" && food.length === 0;
  return {
    amount: {
      quantity: quantity === null ? null : { low: quantity.low, high: quantity.high },
      measure: measure === null || isFoodItself ? null : measure.measure,
      size: size.size,
    },
    rest: isFoodItself ? [...rest] : food,
  };
}

/** "rice 200 g", "eggs x 2": the amount stands behind the food. */
function readTrailingAmount(words: readonly string[]): Read | null {
  for (let at = 1; at < words.length; at += 1) {
    const from = words[at] === "x" ? at + 1 : at;
    const quantity = readQuantity(words.slice(from));
    if (quantity === null || !/^[\d½⅓⅔¼¾]/u.test(words[from] ?? "")) continue;
    const measure = readMeasure(words.slice(from + quantity.words));
    if (from + quantity.words + (measure?.words ?? 0) !== words.length) continue;
    const amount: Amount = {
      quantity: { low: quantity.low, high: quantity.high },
      measure: measure?.measure ?? null,
      size: null,
    };
    return { amount, rest: words.slice(0, at) };
  }
  return null;
}

const isWord = (word: string): boolean => /\p{L}/u.test(word);

function readSegment({ words, joined }: Segment): MealItem | null {
  const said = withoutEdges(words);
  const leading = readAmount(said);
  const read = leading.amount.quantity === null ? (readTrailingAmount(leading.rest) ?? leading) : leading;
  // "0 eggs", "zero sugar": it was not eaten, and a meal of nothing has neither confidence nor score.
  if (read.amount.quantity?.high === 0) return null;
  const rest = withoutEdges(read.rest).filter(isWord);
  const name = (rest[0] === "a" || rest[0] === "an" ? rest.slice(1) : rest).join(" ");
  return name === ""
    ? null
    : { name, amount: { ...read.amount, size: read.amount.size ?? leading.amount.size }, joined };
}

/**
 * Reads the foods of a sentence such as "two eggs and a slice of toast with butter": quantities, sizes, measures and
 * names, in their order. English. Deterministic: what it cannot read stays in a name, which the food table then does
 * not know.
 */
export function parseMeal(text: string): MealItem[] {
  const words = text.toLowerCase().match(WORDS) ?? [];
  return cutIntoSegments(words)
    .map(readSegment)
    .filter((item) => item !== null);
}
