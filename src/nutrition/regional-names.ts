import { splitSides } from "./name-words.ts";

/**
 * What a word means in a country, where it is another food than the food table's (American) word says, or one that the
 * table has under another word. Words that mean the same everywhere are in `normalise-name.ts` or among the table's names.
 */
const BRITISH = {
  bap: "hamburger bun",
  "bread roll": "dinner roll",
  "broad bean": "fava beans",
  "broad beans": "fava beans",
  "caster sugar": "sugar",
  chips: "french fries",
  crisps: "potato chips",
  biscuit: "cookie",
  biscuits: "cookies",
  coriander: "cilantro",
  digestive: "cookie",
  digestives: "cookies",
  "double cream": "heavy cream",
  "fizzy drink": "cola",
  gammon: "ham",
  gherkin: "pickle",
  gherkins: "pickles",
  "ice lolly": "popsicle",
  "jacket potato": "baked potato",
  jelly: "gelatin dessert",
  mince: "cooked ground beef",
  "minced beef": "cooked ground beef",
  "beef mince": "cooked ground beef",
  "turkey mince": "ground turkey",
  "lamb mince": "ground lamb",
  "pork mince": "ground pork",
  "monkey nuts": "peanuts",
  pitta: "pita bread",
  porridge: "oatmeal",
  rasher: "bacon",
  rashers: "bacon",
  "runner beans": "green beans",
  "single cream": "half and half",
  "spring onion": "green onions",
  "spring onions": "green onions",
  sultanas: "raisins",
  swede: "rutabaga",
  sweets: "gummy candy",
  sweetcorn: "sweet corn kernels",
  toastie: "grilled cheese sandwich",
  treacle: "molasses",
  wholemeal: "whole wheat bread",
} as const;

const AUSTRALASIAN = {
  biscuit: "cookie",
  biscuits: "cookies",
  capsicum: "bell pepper",
  chips: "french fries",
  "hot chips": "french fries",
  jelly: "gelatin dessert",
  kumara: "sweet potato",
  lollies: "gummy candy",
  mince: "cooked ground beef",
  "beef mince": "cooked ground beef",
  porridge: "oatmeal",
  rockmelon: "cantaloupe melon",
  "sausage sizzle": "hot dog",
  snags: "sausage",
  sultanas: "raisins",
  "tomato sauce": "ketchup",
} as const;

const INDIAN = {
  bhindi: "okra",
  biscuit: "cookie",
  biscuits: "cookies",
  brinjal: "eggplant",
  capsicum: "bell pepper",
  coriander: "cilantro",
  curd: "plain yogurt",
  dahi: "plain yogurt",
  "lady finger": "okra",
  "lady fingers": "okra",
  ladyfinger: "okra",
  aloo: "boiled potatoes",
  gobi: "cauliflower",
  rajma: "kidney beans",
  chana: "chickpeas",
  palak: "wilted spinach",
} as const;

const AMERICAN = { biscuit: "buttermilk biscuit", biscuits: "buttermilk biscuit", chips: "potato chips" } as const;

const BY_COUNTRY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  au: AUSTRALASIAN,
  ca: { chips: "potato chips" },
  gb: BRITISH,
  ie: BRITISH,
  in: INDIAN,
  nz: AUSTRALASIAN,
  us: AMERICAN,
  za: BRITISH,
};
const MEANINGS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(Object.entries(BY_COUNTRY));

/** "Beef chips" are chips, "jelly beans" no jelly: what a name ends in says what it is. */
const endsIn = (name: string, phrase: string): boolean => new RegExp(`(?:^|[\\s,-])${phrase}$`, "iu").test(name);

/** What a name means in a country. */
export interface RegionalName {
  name: string;
  /** The whole name has that meaning there, not only the noun that it ends in. */
  isWhole: boolean;
}

/**
 * The name of a food as the food table has it, for who calls it `name` in a country (ISO 3166, two lower-case letters).
 * Only what the name ends in is put in other words, up to where it says what comes along. Null when it means no other.
 */
export function nameIn(countryCode: string | null, name: string): RegionalName | null {
  const meanings = MEANINGS.get(countryCode ?? "") ?? {};
  const { main, sides } = splitSides(name);
  const food = main.trim();
  // The longest phrase first: "beef mince" before "mince".
  const phrases = Object.keys(meanings).toSorted((a, b) => b.length - a.length);
  const found = phrases.find((phrase) => endsIn(food, phrase));
  if (found === undefined) return null;
  const rest = food.slice(0, food.length - found.length);
  return { name: `${rest}${meanings[found] ?? found} ${sides}`.trim(), isWhole: rest === "" && sides === "" };
}

/** All of these words, for the test that the food table has what they mean. */
export const REGIONAL_NAMES = [...MEANINGS].flatMap(([country, meanings]) =>
  Object.entries(meanings).map(([name, meaning]) => ({ country, name, meaning })),
);
