import type { PrintedAmount } from "./amounts.ts";

/** How a label writes its grams. */
export interface NumberStyle {
  /** Its reader reads characters one by one: points get lost, and letters are taken for digits. */
  readByCharacter: boolean;
  /** US and Canada print grams from 5 as whole numbers, below in steps of a half (21 CFR 101.9(c)). */
  halfGrams: boolean;
  /** Nearly all amounts have a unit: one without has lost it, and a "g" is often read as the digit 9. */
  unitsPrinted: boolean;
  /** Nearly all amounts have one decimal: one without has lost its point. */
  oneDecimal: boolean;
}

/** Digits as they may have been printed, and how many slips of a reader of characters that supposes. */
export interface Digits {
  text: string;
  slips: number;
}

/** What a "g" is taken for at the end of a number: "11.8 g" → "11.89" or "11.80", "55g" → "559", "6,9 g" → "6949". */
const MISREAD_GRAMS = [
  { ending: /(?<=\d[.,]?)[98]$/u, slips: 1 },
  { ending: /(?<=[.,]\d)0$/u, slips: 1 },
  { ending: /(?<=\d\d)0$/u, slips: 2 },
  { ending: /(?<=\d[.,]?)49$/u, slips: 3 },
] as const;
/** With its unit there, the letter may still have been read twice: "1,3 g" → "139g", "6,9 g" → "694g". */
const DOUBLED_GRAM = { ending: /(?<=\d[.,]?)[94]$/u, slips: 2 } as const;

/** The digits as printed, and without a "g" at their end that was taken for digits: likelier where the unit is missing. */
function wholeDigits({ digits, unit }: PrintedAmount, decimals: number, style: NumberStyle): Digits[] {
  const endings = (unit === null ? MISREAD_GRAMS : [DOUBLED_GRAM]).filter(({ ending }) => ending.test(digits));
  const lettersWereLost = unit === null && style.unitsPrinted && endings.length > 0;
  const printed = { text: digits, slips: lettersWereLost ? 1 : 0 };
  const isTooFine = (/[.,](\d+)$/u.exec(digits)?.[1]?.length ?? 0) > decimals;
  return [
    ...(unit === null && endings.length > 0 && isTooFine ? [] : [printed]),
    ...endings.map(({ ending, slips }) => ({
      text: digits.replace(ending, "").replace(/[.,]$/u, ""),
      slips: lettersWereLost ? slips - 1 : slips,
    })),
  ];
}

const hasNoPoint = ({ text }: Digits): boolean => text.length > 1 && !/[.,]/u.test(text);

/** With a point before the last so many digits: "7.4 g" is easily read as "74 g". */
const withPoint = ({ text, slips }: Digits, decimals: number, more: number): Digits => ({
  text: `${text.slice(0, -decimals)}.${text.slice(-decimals)}`,
  slips: slips + more,
});

const isHalfGram = ({ text }: Digits): boolean => /^[0-4]\.5$/u.test(text);

/** Every way to read an amount of grams, of a nutrient that labels print with one decimal at most. */
export function gramDigits(amount: PrintedAmount, style: NumberStyle): Digits[] {
  return wholeDigits(amount, 1, style).flatMap((digits) => {
    if (!hasNoPoint(digits)) return [digits];
    if (digits.text.startsWith("0")) return [withPoint(digits, digits.text.length - 1, 1)];
    const pointed = withPoint(digits, 1, style.oneDecimal ? 0 : 1);
    if (style.halfGrams && !isHalfGram(pointed)) return [digits];
    return [{ ...digits, slips: digits.slips + (style.oneDecimal ? 1 : 0) }, pointed];
  });
}

/**
 * Every way to read an amount of salt. EU and UK print it with one decimal at least and two at most (Commission guidance
 * on tolerances, 2012, table 4): digits without a point have lost it behind the first.
 */
export function saltDigits(amount: PrintedAmount, style: NumberStyle): Digits[] {
  return wholeDigits(amount, 2, style).map((digits) =>
    hasNoPoint(digits) ? withPoint(digits, digits.text.length - 1, 1) : digits,
  );
}
