/** Shorter words are a letter away from too many others: "chia" and "chai", "lime" and "line". */
const MIN_LETTERS = 5;

/** A word of the food table, and in how many names it is. */
export interface KnownWord {
  word: string;
  names: number;
}

export const mayBeMisspelt = (word: string): boolean => word.length >= MIN_LETTERS && /^\p{L}+$/u.test(word);

/** Whether one letter more, less, other, or a swap of two neighbors makes the one word of the other. */
function isOneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/**
 * What a word that no food has is taken for: the word of the table that is one letter apart (Damerau–Levenshtein distance
 * 1), of several the one in most names. The first letter is taken as right. Null when there is none, or when the table
 * does have the word.
 */
export function correctWord(word: string, known: readonly KnownWord[]): string | null {
  if (!mayBeMisspelt(word) || known.some((one) => one.word === word)) return null;
  const near = known.filter((one) => one.word[0] === word[0] && isOneLetterApart(word, one.word));
  return near.toSorted((a, b) => b.names - a.names || a.word.localeCompare(b.word))[0]?.word ?? null;
}
