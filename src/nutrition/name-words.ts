import { canonicalWords, contentWords, nameKey } from "./normalize-name.ts";

/** Ways to prepare food; within one, the words mean much the same for nutrients. */
const PREPARATION_WORDS = {
  raw: ["raw", "uncooked", "sashimi"],
  grilled: ["grilled", "barbecued", "bbq", "broiled", "charred", "seared"],
  roasted: ["roasted", "roast", "baked", "rotisserie", "toasted", "oven"],
  fried: ["fried", "sauteed", "pan", "deep", "battered", "breaded"],
  boiled: ["boiled", "steamed", "poached", "simmered", "blanched"],
  braised: ["braised", "stewed"],
  smoked: ["smoked"],
  dried: ["dried", "dehydrated"],
  cooked: ["cooked"],
} as const;

export type Preparation = keyof typeof PREPARATION_WORDS;

const PREPARATION_OF: ReadonlyMap<string, Preparation> = new Map(
  (Object.keys(PREPARATION_WORDS) as Preparation[]).flatMap((preparation) =>
    [...canonicalWords(PREPARATION_WORDS[preparation])].map((word) => [word, preparation] as const),
  ),
);

/** Sizes, praise and the set phrases of USDA's descriptions: they hardly tell one food from another. */
const WEAK_WORDS = canonicalWords(
  `all assorted baby boneless brand broiler choice chopped chunk classic cold commercial commercially creamy crispy
  crumble crumbled cube cubed cut diced drained eat enriched extra fillet finely floret fresh freshly fryer garnish
  garnished grade grated halved heat homemade hot juicy large leaf leafy lightly meat medium mini mixed moist
  natural only piece plain prepared quartered ready recipe regular ripe scoop segment select separable serve serving
  shaved shaving shredded side skinless slice sliced small spear stalk stem style thinly topping traditional trimmed
  type unenriched unspecified variety warm wedge whole`.split(/\s+/u),
);

/**
 * Shapes, helpings and dishes to eat from when seen ("bacon strips"), but foods in the table ("fish sticks", "avocado
 * dip").
 */
const WEAK_WHEN_SEEN = canonicalWords(
  "ball bowl cup dip dollop drizzle glass knob pat plate pod stick strip tender tray".split(" "),
);

/** Parts of an animal: of "duck breast" it is the duck that says what it is. */
const CUTS = canonicalWords("belly breast drumstick leg loin shoulder tail thigh wing".split(" "));

/** USDA descriptions that begin with a class of foods name the food itself after it: "Fish, salmon, Atlantic". */
const CLASS_NAMES: ReadonlySet<string> = new Set(
  `Alcoholic beverage|Alcoholic beverages|Babyfood|Beverages|Candies|Cereals|Cereals ready-to-eat|Crustaceans|Desserts|
  Fast food|Fast foods|Fish|Game meat|Mollusks|Nuts|Restaurant|Seeds|Snacks|Spices|Tomato products`
    .split(/\|\s*/u)
    .map(nameKey),
);

/** From here on a name says what comes along: "salmon with rice". */
const SIDE = /\s(?:with|in|on|topped|served|over)\s/iu;

/** How much a word says about which food is meant, against any other word. */
const WEIGHT = { head: 2, food: 1, preparation: 0.3, weak: 0.2 } as const;
/** Words of "with …" as seen: the main food decides, what comes along is often an item of its own. */
const SEEN_SIDE_WEIGHT = 0.5;
/** Segments of a description by position; after the second one they tell varieties apart ("long-grain, enriched"). */
const SEGMENT_WEIGHTS = [1, 0.5] as const;
const FAR_SEGMENT_WEIGHT = 0.15;

/** A name as words with their weights; preparations stand in it under their own name, "~grilled". */
export interface WeighedName {
  key: string;
  weights: ReadonlyMap<string, number>;
  /** The noun that says what it is: "omelette" of "cheese omelette". Null when nothing names a food. */
  head: string | null;
  /** The words that the head stands among, so that their order tells; none where "and" joins equals. */
  headPhrase: readonly string[];
  preparations: ReadonlySet<Preparation>;
}

interface Segment {
  text: string;
  weight: number;
}

const isFoodWord = (word: string): boolean =>
  !PREPARATION_OF.has(word) && !WEAK_WORDS.has(word) && !/^\p{N}+$/u.test(word);

function wordWeight(word: string): number {
  if (PREPARATION_OF.has(word)) return WEIGHT.preparation;
  return isFoodWord(word) ? WEIGHT.food : WEIGHT.weak;
}

/** Weighs a name's segments, the one that holds the head first. */
function weighSegments(name: string, segments: readonly Segment[], alsoWeak: ReadonlySet<string>): WeighedName {
  const read = segments.map(({ text, weight }) => ({ text, weight, words: contentWords(text) }));
  const isStrong = (word: string): boolean => isFoodWord(word) && !alsoWeak.has(word);
  const main = read.find(({ words }) => words.some(isStrong));
  const isWhole = (word: string): boolean => isStrong(word) && !CUTS.has(word);
  const head = main?.words.findLast(isWhole) ?? main?.words.findLast(isStrong) ?? null;
  const weights = new Map<string, number>();
  const preparations = new Set<Preparation>();
  for (const { words, weight } of read) {
    for (const word of words) {
      const preparation = PREPARATION_OF.get(word);
      if (preparation !== undefined) preparations.add(preparation);
      const entry = preparation === undefined ? word : `~${preparation}`;
      const base = alsoWeak.has(word) ? WEIGHT.weak : wordWeight(word);
      const weighed = (word === head ? WEIGHT.head : base) * weight;
      weights.set(entry, Math.max(weights.get(entry) ?? 0, weighed));
    }
  }
  const headPhrase = main === undefined || /\sand\s|&/iu.test(main.text) ? [] : main.words;
  return { key: nameKey(name), weights, head, headPhrase, preparations };
}

/** A name up to where it says what comes along, and the rest. */
export function splitSides(name: string): { main: string; sides: string } {
  const at = name.search(SIDE);
  return at === -1 ? { main: name, sides: "" } : { main: name.slice(0, at), sides: name.slice(at).trim() };
}

/** The words of a name that tell which food it is, in the form of `nameKey`. */
export const wordsOfFood = (name: string): string[] =>
  contentWords(name).filter((word) => isFoodWord(word) && !WEAK_WHEN_SEEN.has(word));

export const isCut = (word: string): boolean => CUTS.has(word);

/** The words of a name that tell how the food was prepared. */
export const preparationWords = (name: string): string[] =>
  contentWords(name).filter((word) => PREPARATION_OF.has(word));

/** The ways to prepare food that a description names; "cooked, roasted" is roasted and not any way of cooking. */
export function preparationsIn(description: string): ReadonlySet<Preparation> {
  const named = new Set(contentWords(description).flatMap((word) => PREPARATION_OF.get(word) ?? []));
  if (named.size > 1) named.delete("cooked");
  return named;
}

/** Reads a name as someone gave it: "grilled chicken breast with lemon", "rice, white, steamed". */
export function weighSeenName(name: string): WeighedName {
  const [main = "", ...sides] = name.split(SIDE);
  const segments = main.split(/[,(]/u).map((text) => ({ text, weight: 1 }));
  const sideSegments = sides.map((text) => ({ text, weight: SEEN_SIDE_WEIGHT }));
  return weighSegments(name, [...segments, ...sideSegments], WEAK_WHEN_SEEN);
}

/** Reads a name of the table; a description's segments ("Chicken, breast, meat only") matter by their position. */
export function weighTableName(name: string): WeighedName {
  const parts = name.split(/[,(]/u);
  const [first, second, ...others] = parts;
  const ordered =
    first !== undefined && second !== undefined && CLASS_NAMES.has(nameKey(first))
      ? [second, others[0] ?? "", first, ...others.slice(1)]
      : parts;
  const segments = ordered.flatMap((part, position) => {
    const weight = SEGMENT_WEIGHTS[position] ?? FAR_SEGMENT_WEIGHT;
    return part.split(SIDE).map((text) => ({ text, weight }));
  });
  return weighSegments(name, segments, new Set());
}

/** In too many names to find anything by. */
const COMMON_PREPARATIONS: ReadonlySet<Preparation | undefined> = new Set<Preparation>(["raw", "cooked"]);

/** More words than any food's name has; bounds the search for a model's chatter. */
const MAX_SEARCH_WORDS = 12;

/** The words of a name that full-text search should look for: those that tell foods apart, else all of them. */
export function searchWords(name: string): string[] {
  const words = [...new Set(contentWords(name))];
  const telling = words.filter((word) => {
    const preparation = PREPARATION_OF.get(word);
    return preparation === undefined ? isFoodWord(word) : !COMMON_PREPARATIONS.has(preparation);
  });
  return (telling.length > 0 ? telling : words).slice(0, MAX_SEARCH_WORDS);
}
