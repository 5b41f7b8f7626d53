import { describe, expect, it } from "vitest";
import { PIECE_WEIGHTS } from "../../../../src/analysis/recognizers/piece-weights.ts";
import { DICTIONARY_LANGUAGES, lookUp, readDictionary } from "../../../../src/nutrition/languages/dictionary.ts";

const entries = readDictionary();
const named = (entry: (typeof entries)[number]) => entry.names[0] ?? "";
/** The first names of the entries whose translation into that language is not as it has to be. */
const wrongIn = (language: string, isRight: (translated: string) => boolean) =>
  entries.filter(({ translations }) => !isRight(translations.get(language) ?? "")).map(named);

/** What a name may consist of besides letters of the language's own script. */
const PUNCTUATION = String.raw`\s',\-.＆（）・ー`;
const written = (scripts: string) => new RegExp(`^[${scripts}${PUNCTUATION}]+$`, "u");

describe("the dictionary", () => {
  it("knows more than 850 foods and dishes in seven languages", () => {
    expect(DICTIONARY_LANGUAGES).toEqual(["de", "fr", "es", "it", "pt", "ja", "zh"]);
    expect(entries.length).toBeGreaterThan(850);
  });

  it.each(DICTIONARY_LANGUAGES)("has every name in %s, and nothing around it", (language) => {
    expect(wrongIn(language, (text) => text !== "" && text === text.trim() && text.length <= 60)).toEqual([]);
  });

  it.each([
    ["de", String.raw`\p{Script=Latin}`],
    ["fr", String.raw`\p{Script=Latin}`],
    ["es", String.raw`\p{Script=Latin}`],
    ["it", String.raw`\p{Script=Latin}`],
    ["pt", String.raw`\p{Script=Latin}`],
    ["ja", String.raw`\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}`],
    ["zh", String.raw`\p{Script=Han}`],
  ])("writes %s in its own script", (language, scripts) => {
    expect(wrongIn(language, (text) => written(scripts).test(text))).toEqual([]);
  });

  it("has seven columns in every row, no more and no less", () => {
    expect(entries.filter(({ translations }) => translations.size !== 7).map(named)).toEqual([]);
    expect(
      entries.filter(({ names }) => names.some((name) => !/^[\p{L}][\p{L}\p{N}\s',\-()%]*$|^\d%/u.test(name))),
    ).toEqual([]);
  });

  it("has no name twice", () => {
    const names = entries.flatMap((entry) => entry.names.map((name) => name.toLowerCase()));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(DICTIONARY_LANGUAGES)("has all that the embedded detector can say in %s", (language) => {
    for (const label of Object.keys(PIECE_WEIGHTS)) expect(lookUp(label, language), label).not.toBeNull();
  });
});

describe("a name", () => {
  it.each([
    ["orange", "de", "Orange"],
    ["orange", "fr", "orange"],
    ["hot dog", "es", "perrito caliente"],
    ["broccoli", "it", "broccoli"],
    ["pineapple", "pt", "abacaxi"],
    ["miso soup", "ja", "味噌汁"],
    ["fried rice", "zh", "炒饭"],
  ])("%j is %s %j", (name, language, translated) => {
    expect(lookUp(name, language)).toBe(translated);
  });

  it.each([
    ["Apple", "Apfel", "capitals"],
    ["a slice of pizza", "Pizza", "a helping of it"],
    ["doughnut", "Donut", "another spelling"],
    ["omelet", "Omelett", "a synonym"],
    ["spinach, cooked", "gekochter Spinat", "a comma"],
    ["creme brûlée", "Crème brûlée", "accents"],
    ["egg", "Ei", "the singular"],
    ["eggs", "Eier", "the plural, where it is listed"],
    ["bagels", "Bagel", "the plural, where it is not"],
  ])("is found as %j: %s (%s)", (name, translated) => {
    expect(lookUp(name, "de")).toBe(translated);
  });

  it.each([
    ["apple and banana", "de", "Apfel und Banane"],
    ["apple, banana and cake", "fr", "pomme, banane et gâteau"],
    ["apple, banana and cake", "es", "manzana, plátano y pastel"],
    ["apple, banana, and cake", "ja", "りんご、バナナ、ケーキ"],
    ["apple and banana", "zh", "苹果和香蕉"],
  ])("of a plate, %j, is listed in %s: %j", (name, language, translated) => {
    expect(lookUp(name, language)).toBe(translated);
  });

  it("that is a dish is not taken for a list", () => {
    expect(lookUp("macaroni and cheese", "de")).toBe("Makkaroni mit Käse");
    expect(lookUp("fish and chips", "es")).toBe("pescado frito con patatas");
  });

  it.each([
    "flurb",
    "flurb and apple",
    "apple with flurb",
    "green apple",
    "apple banana",
    "fish, salmon",
    "",
    "  ",
    ",",
    "and",
  ])("that is not known word for word is not guessed: %j", (name) => {
    for (const language of DICTIONARY_LANGUAGES) expect(lookUp(name, language)).toBeNull();
  });

  it.each(["nl", "xx", "en", "constructor", "__proto__"])("is not known in %s", (language) => {
    expect(lookUp("apple", language)).toBeNull();
    expect(lookUp("apple and banana", language)).toBeNull();
  });
});
