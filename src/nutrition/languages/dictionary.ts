import { nameKey } from "../normalize-name.ts";
import { DRINKS } from "./words/drinks.ts";
import { FRUIT_AND_NUTS } from "./words/fruit-and-nuts.ts";
import { GRAINS } from "./words/grains.ts";
import { MEAT_AND_FISH } from "./words/meat-and-fish.ts";
import { MEALS_A_TO_E, MEALS_F_TO_Z } from "./words/meals.ts";
import { MILK_AND_EGGS } from "./words/milk-and-eggs.ts";
import { SAUCES } from "./words/sauces.ts";
import { SWEETS } from "./words/sweets.ts";
import { VEGETABLES } from "./words/vegetables.ts";

/** The languages of the dictionary, in the order of its columns after the English one. */
export const DICTIONARY_LANGUAGES = ["de", "fr", "es", "it", "pt", "ja", "zh"] as const;

/** One row: what a food is called in English, the first name and its synonyms, and in each language. */
export interface DictionaryEntry {
  names: readonly string[];
  translations: ReadonlyMap<string, string>;
}

const PAGES = [
  FRUIT_AND_NUTS,
  VEGETABLES,
  GRAINS,
  MEAT_AND_FISH,
  MILK_AND_EGGS,
  SAUCES,
  SWEETS,
  DRINKS,
  MEALS_A_TO_E,
  MEALS_F_TO_Z,
];

/** "green onions; scallions | Frühlingszwiebeln | …": English names, then a column for each language. */
function readRow(row: string): DictionaryEntry {
  const [english = "", ...columns] = row.split("|").map((cell) => cell.trim());
  return {
    names: english.split(";").map((name) => name.trim()),
    translations: new Map(columns.map((word, index) => [DICTIONARY_LANGUAGES[index] ?? "", word])),
  };
}

/** Every entry of the dictionary, as it is written. */
export const readDictionary = (): DictionaryEntry[] =>
  PAGES.flatMap((page) =>
    page
      .trim()
      .split("\n")
      .map((row) => readRow(row)),
  );

const asWritten = (name: string): string => name.trim().toLowerCase();

/** Entries by a form of their names; made at the first name that is looked up in it, for most isolates never need it. */
function indexBy(keyOf: (name: string) => string): (name: string) => DictionaryEntry | undefined {
  let index: ReadonlyMap<string, DictionaryEntry> | null = null;
  return (name) => (index ??= entriesBy(keyOf)).get(keyOf(name));
}

function entriesBy(keyOf: (name: string) => string): ReadonlyMap<string, DictionaryEntry> {
  const index = new Map<string, DictionaryEntry>();
  for (const entry of readDictionary()) {
    for (const name of entry.names) {
      const key = keyOf(name);
      // The first one counts: what is listed first is the more usual form.
      if (!index.has(key)) index.set(key, entry);
    }
  }
  return index;
}

/** Names as they are written, which tell "egg" from "eggs", and by `nameKey`, which knows no plural. */
const findWritten = indexBy(asWritten);
const findByKey = indexBy(nameKey);

/** What a food or dish is called in a language, as far as the dictionary knows its very name. */
function wordFor(name: string, language: string): string | null {
  const entry = findWritten(name) ?? findByKey(name);
  return entry?.translations.get(language) ?? null;
}

/** "apple, banana and cake": a plate is named after what is on it. Commas alone make no list: "fish, salmon" is one. */
const LIST = /\sand\s/u;
const BETWEEN_ITEMS = /,\s+(?:and\s+)?|(?<![\s,])\s+and\s+/u;

/**
 * Translates an English name of a food or dish, or a list of such names, without any outside help. Null for what the
 * dictionary does not know word for word: a name is never put together from its parts, except at "and".
 */
export function lookUp(name: string, language: string): string | null {
  const word = wordFor(name, language);
  if (word !== null || !LIST.test(name)) return word;
  const parts = name.split(BETWEEN_ITEMS);
  const words = parts.map((part) => wordFor(part, language)).filter((part) => part !== null);
  return words.length < parts.length ? null : new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}
