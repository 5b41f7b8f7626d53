import { LATIN_NAMES, LATIN_WORDS, UNSPACED_NAMES, type LabelNutrient } from "./nutrient-names.ts";

/** A nutrient's name in a text: from `start` up to `end`. */
export interface FoundName {
  nutrient: LabelNutrient;
  start: number;
  end: number;
}

/** "acidos grasos saturados", and one more for a word that was split. */
const MAX_NAME_WORDS = 4;

/** Letters that may be misread in a word of this length; short words have too many neighbors. */
const allowedErrors = (length: number): number => (length < 5 ? 0 : length < 8 ? 1 : 2);

/** Whether two words differ by at most `limit` letters put in, omitted or exchanged (Levenshtein). */
function isWithin(first: string, second: string, limit: number): boolean {
  if (Math.abs(first.length - second.length) > limit) return false;
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let i = 1; i <= first.length; i++) {
    const row = [i];
    for (let j = 1; j <= second.length; j++) {
      const exchanged = (previous[j - 1] ?? 0) + (first[i - 1] === second[j - 1] ? 0 : 1);
      row.push(Math.min(exchanged, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    if (Math.min(...row) > limit) return false;
    previous = row;
  }
  return (previous[second.length] ?? limit + 1) <= limit;
}

/** The letters of a word as bits, of `a` to `z` one each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) % 32);
  return letters;
}

/** An error changes which letters a word has by two at most; telling that spares nearly every comparison of words. */
function mayBeWithin(first: number, second: number, limit: number): boolean {
  let left = 2 * limit;
  for (let different = first ^ second; different !== 0; different &= different - 1) left -= 1;
  return left >= 0;
}

const CORRECTIONS = [...LATIN_WORDS]
  .filter((word) => word.length >= 5)
  .map((word) => ({ word, letters: lettersOf(word) }));

/** The word of a label that a misread word most likely is; the word itself when none is near. */
function correctWord(word: string): string {
  const errors = allowedErrors(word.length);
  if (errors === 0 || LATIN_WORDS.has(word)) return word;
  const own = lettersOf(word);
  for (let limit = 1; limit <= errors; limit++) {
    for (const known of CORRECTIONS) {
      if (mayBeWithin(own, known.letters, limit) && isWithin(word, known.word, limit)) return known.word;
    }
  }
  return word;
}

function findLatinNames(text: string): FoundName[] {
  const corrected = new Map<string, string>();
  const correct = (word: string): string => {
    const known = corrected.get(word) ?? correctWord(word);
    corrected.set(word, known);
    return known;
  };
  const words = [...text.matchAll(/(?<![a-z])[bdk]\d{1,2}(?!\d)(?!\s?m?c?g)|[a-z]+/gu)].map((match) => ({
    text: correct(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found: FoundName[] = [];
  for (let first = 0; first < words.length;) {
    const name = longestName(text, words.slice(first, first + MAX_NAME_WORDS));
    if (name !== null) found.push(name.found);
    first += name?.words ?? 1;
  }
  return found;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

/** The longest name that these words begin with; a name never reaches over a number. */
function longestName(text: string, words: readonly Word[]): { found: FoundName; words: number } | null {
  for (let count = words.length; count > 0; count--) {
    const used = words.slice(0, count);
    const nutrient = LATIN_NAMES.get(used.map((word) => word.text).join(""));
    const [start, end] = [used[0]?.start ?? 0, used.at(-1)?.end ?? 0];
    const gaps = used.slice(1).map((word, index) => text.slice(used[index]?.end, word.start));
    if (nutrient !== undefined && !gaps.some((gap) => /\d/u.test(gap))) {
      return { found: { nutrient, start, end }, words: count };
    }
  }
  return null;
}

function findUnspacedNames(text: string): FoundName[] {
  const found: FoundName[] = [];
  for (let index = 0; index < text.length;) {
    const name = UNSPACED_NAMES.find(([candidate]) => text.startsWith(candidate, index));
    if (name !== undefined) found.push({ nutrient: name[1], start: index, end: index + name[0].length });
    index += name?.[0].length ?? 1;
  }
  return found;
}

/** Every nutrient that a text in plain letters (`toPlainText`) names, in its order. Linear labels name many. */
export const findNames = (text: string): FoundName[] =>
  [...findLatinNames(text), ...findUnspacedNames(text)].toSorted((first, second) => first.start - second.start);
