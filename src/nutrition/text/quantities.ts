/** How much someone said: "2" is 2 to 2, "two or three" is 2 to 3. */
export interface Quantity {
  low: number;
  high: number;
}

/** A quantity that stands at the beginning of some words, and how many of them it takes. */
export interface ReadQuantity extends Quantity {
  words: number;
}

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const WORD_VALUES: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.flatMap((word, tens) => (word === "" ? [] : [[word, tens * 10] as const])),
  ["dozen", 12],
]);

const PARTS: ReadonlyMap<string, number> = new Map([
  ["half", 1 / 2],
  ["third", 1 / 3],
  ["thirds", 1 / 3],
  ["quarter", 1 / 4],
  ["quarters", 1 / 4],
]);

const FRACTION_SIGNS: ReadonlyMap<string, number> = new Map([
  ["½", 1 / 2],
  ["⅓", 1 / 3],
  ["⅔", 2 / 3],
  ["¼", 1 / 4],
  ["¾", 3 / 4],
  ["⅕", 1 / 5],
  ["⅛", 1 / 8],
]);

/** Words for numbers that no one means exactly. */
const VAGUE: ReadonlyMap<string, Quantity> = new Map([
  ["couple", { low: 2, high: 2 }],
  ["few", { low: 2, high: 4 }],
  ["several", { low: 3, high: 5 }],
]);

/**
 * No meal has so many of anything, in whatever unit: a larger number is none of a quantity, and too long a one is
 * infinite.
 */
const MAX_NUMBER = 1_000_000;

const DECIMAL = /^\d+(?:[.,]\d+)?$/;
const FRACTION = /^(\d+)\/(\d+)$/;
const RANGE_WORDS: ReadonlySet<string | undefined> = new Set(["-", "–", "to", "or"]);

interface Value {
  value: number;
  words: number;
}

function readFraction(word: string | undefined): number | null {
  const [, above, below] = FRACTION.exec(word ?? "") ?? [];
  if (above === undefined || below === undefined || Number(below) === 0) return FRACTION_SIGNS.get(word ?? "") ?? null;
  const value = Number(above) / Number(below);
  return value <= MAX_NUMBER ? value : null;
}

const isArticle = (word: string | undefined): boolean => word === "a" || word === "an";

/** "half", "half a", "a half", "a quarter of a", "three quarters of a". */
function readPart(words: readonly string[]): Value | null {
  const before = isArticle(words[0]) ? 1 : (WORD_VALUES.get(words[0] ?? "") ?? 0);
  const at = before === 0 ? 0 : 1;
  const part = PARTS.get(words[at] ?? "");
  if (part === undefined) return null;
  const value = part * (before === 0 ? 1 : before);
  let used = at + 1;
  if (words[used] === "of") used += 1;
  if (words[used] === "dozen") return { value: value * 12, words: used + 1 };
  if (isArticle(words[used])) used += 1;
  return words[used] === "dozen" ? { value: value * 12, words: used + 1 } : { value, words: used };
}

/** "3", "1,5", "twelve", "twenty five", "a dozen", "two dozen". */
function readWhole(words: readonly string[]): Value | null {
  const [first = "", second = ""] = words;
  if (DECIMAL.test(first)) {
    const number = Number(first.replace(",", "."));
    return number <= MAX_NUMBER ? { value: number, words: 1 } : null;
  }
  if (isArticle(first) && second === "dozen") return { value: 12, words: 2 };
  const value = WORD_VALUES.get(first);
  if (value === undefined) return isArticle(first) ? { value: 1, words: 1 } : null;
  if (second === "dozen") return { value: value * 12, words: 2 };
  const ones = WORD_VALUES.get(second);
  const isCompound = value >= 20 && value % 10 === 0 && ones !== undefined && ones > 0 && ones < 10;
  return isCompound ? { value: value + ones, words: 2 } : { value, words: 1 };
}

/** "1 1/2", "1½", "two and a half", "a cup and a half" is not one: the measure stands between. */
function readNumber(words: readonly string[]): Value | null {
  const sign = readFraction(words[0]);
  if (sign !== null) return { value: sign, words: 1 };
  const part = readPart(words);
  if (part !== null) return part;
  const whole = readWhole(words);
  if (whole === null || isArticle(words[0])) return whole;
  const rest = words.slice(whole.words);
  const fraction = readFraction(rest[0]);
  if (fraction !== null) return { value: whole.value + fraction, words: whole.words + 1 };
  if (rest[0] !== "and") return whole;
  const more = readFraction(rest[1]) ?? null;
  if (more !== null) return { value: whole.value + more, words: whole.words + 2 };
  const morePart = readPart(rest.slice(1));
  return morePart === null ? whole : { value: whole.value + morePart.value, words: whole.words + 1 + morePart.words };
}

function readVague(words: readonly string[]): ReadQuantity | null {
  const at = isArticle(words[0]) ? 1 : 0;
  const vague = VAGUE.get(words[at] ?? "");
  if (vague === undefined) return null;
  return { ...vague, words: at + 1 + (words[at + 1] === "of" ? 1 : 0) };
}

/**
 * Reads the quantity that lower-case words begin with: digits, decimal points and commas, fractions, numbers in words,
 * dozens, vague words and ranges. Null when they begin with none. An article alone counts as one.
 */
export function readQuantity(words: readonly string[]): ReadQuantity | null {
  const vague = readVague(words);
  if (vague !== null) return vague;
  const first = readNumber(words);
  if (first === null) return null;
  if (RANGE_WORDS.has(words[first.words])) {
    const second = readNumber(words.slice(first.words + 1));
    if (second !== null && second.value >= first.value) {
      return { low: first.value, high: second.value, words: first.words + 1 + second.words };
    }
  }
  return { low: first.value, high: first.value, words: first.words };
}
