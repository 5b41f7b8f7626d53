import type { NutrientField } from "../nutrients.ts";
import type { LabelNutrient } from "./nutrient-names.ts";
import { toNumber, type LabelUnit, type PrintedAmount } from "./amounts.ts";

/** One way to read a printed amount. */
export interface Reading {
  /** In the field's unit; salt and polyols in grams. */
  value: number;
  /** How many slips of the reader of characters it supposes; 0 = as printed. */
  slips: number;
  /** Only bounded from above; the value is half of the bound. */
  below: boolean;
  /** Half a unit of the last printed digit, in the field's unit. */
  rounding: number;
}

/** How a label writes its numbers. */
export interface NumberStyle {
  /** US and Canada print grams from 5 as whole numbers, below in steps of a half (21 CFR 101.9(c)). */
  halfGrams: boolean;
  /** EU and UK print salt with one decimal at least (Commission guidance on tolerances, 2012, table 4). */
  saltHasDecimals: boolean;
  /** Most amounts stand with their unit: one without has lost it, and a "g" is often read as the digit 9. */
  unitsPrinted: boolean;
}

/** International units in the field's own (NIH DSLD; vitamin A as retinol, vitamin E as the natural form). */
const PER_IU: Partial<Record<LabelNutrient, number>> = {
  vitamin_a_rae_mcg: 0.3,
  vitamin_d_mcg: 0.025,
  vitamin_e_mg: 0.67,
};

const GRAMS: Partial<Record<LabelUnit, number>> = { g: 1, mg: 1e-3, mcg: 1e-6 };

const unitOfField = (nutrient: LabelNutrient): LabelUnit => {
  const suffix = /_(mg|mcg)$/u.exec(nutrient)?.[1];
  return suffix === undefined ? "g" : (suffix as LabelUnit);
};

/** Only grams may lack their unit: of a vitamin, "8" could be milligrams or a percentage that lost its sign. */
const mayLackUnit = (nutrient: LabelNutrient): boolean =>
  unitOfField(nutrient) === "g" || nutrient === "sodium_mg" || nutrient === "cholesterol_mg";

function factorOf(nutrient: LabelNutrient, unit: LabelUnit | null): number | null {
  const own = unitOfField(nutrient);
  if (unit === null) return mayLackUnit(nutrient) ? 1 : null;
  if (unit === "iu") return PER_IU[nutrient] ?? null;
  const [from, to] = [GRAMS[unit], GRAMS[own]];
  return from === undefined || to === undefined ? null : from / to;
}

interface Digits {
  text: string;
  slips: number;
}

/** What a "g" is taken for at the end of a number, and how many slips that is: "11.8 g" → "11.89", "6,9 g" → "6949". */
const MISREAD_GRAMS = [
  { ending: /(?<=\d[.,]?)[98]$/u, slips: 1 },
  { ending: /(?<=\d[.,]?)49$/u, slips: 2 },
] as const;
/** With its unit there, the letter may still have been read twice: "1,3 g" → "139g". */
const DOUBLED_GRAM = { ending: /(?<=\d[.,]?)9$/u, slips: 2 } as const;

/** Labels print grams with one decimal at most; salt apart, which `restorePoint` knows. */
const TWO_DECIMALS = /[.,]\d[98]$/u;

/** The digits as printed, and without a "g" at their end that was taken for digits: likelier where the unit is missing. */
function wholeDigits({ digits, unit }: PrintedAmount, style: NumberStyle): Digits[] {
  const endings = (unit === null ? MISREAD_GRAMS : [DOUBLED_GRAM]).filter(({ ending }) => ending.test(digits));
  const lettersWereLost = unit === null && style.unitsPrinted && endings.length > 0;
  const printed = { text: digits, slips: lettersWereLost ? 1 : 0 };
  return [
    ...(endings.length > 0 && TWO_DECIMALS.test(digits) ? [] : [printed]),
    ...endings.map(({ ending, slips }) => ({
      text: digits.replace(ending, "").replace(/[.,]$/u, ""),
      slips: lettersWereLost ? slips - 1 : slips,
    })),
  ];
}

/** A lost decimal point ("7.4 g" → "74 g"): before the last digit or the last two. */
const withPoint = ({ text, slips }: Digits): Digits[] =>
  /[.,]/u.test(text)
    ? []
    : [1, 2]
        .filter((decimals) => decimals < text.length)
        .map((decimals) => ({ text: `${text.slice(0, -decimals)}.${text.slice(-decimals)}`, slips: slips + decimals }));

const isUsual = ({ text }: Digits, style: NumberStyle): boolean => !style.halfGrams || /^[0-4]\.5$/u.test(text);

/** "05" and "002" have lost their point for certain; so has "113 g" of salt where salt has decimals. */
function restorePoint(nutrient: LabelNutrient, { text, slips }: Digits, style: NumberStyle): Digits | null {
  if (/[.,]/u.test(text) || text.length < 2) return null;
  const lost = text.startsWith("0") || (nutrient === "salt" && style.saltHasDecimals);
  return lost ? { text: `${text.slice(0, 1)}.${text.slice(1)}`, slips: slips + 1 } : null;
}

function possibleDigits(nutrient: LabelNutrient, amount: PrintedAmount, style: NumberStyle): Digits[] {
  const inGrams = amount.unit === "g" || amount.unit === null;
  if (!inGrams || unitOfField(nutrient) !== "g") return [{ text: amount.digits, slips: 0 }];
  return wholeDigits(amount, style).flatMap((digits) => {
    const restored = restorePoint(nutrient, digits, style);
    return restored === null ? [digits, ...withPoint(digits).filter((pointed) => isUsual(pointed, style))] : [restored];
  });
}

/** Every way to read one amount, likeliest first; empty when its unit cannot be one of the field's. */
export function readingsOf(nutrient: LabelNutrient, amount: PrintedAmount, style: NumberStyle): Reading[] {
  const factor = factorOf(nutrient, amount.unit);
  if (factor === null) return [];
  return possibleDigits(nutrient, amount, style)
    .toSorted((first, second) => first.slips - second.slips)
    .map(({ text, slips }) => {
      const decimals = /[.,](\d+)$/u.exec(text)?.[1]?.length ?? 0;
      const value = toNumber(text, amount.unit) * factor;
      return {
        value: amount.below ? value / 2 : value,
        slips,
        below: amount.below,
        rounding: (0.5 * factor) / 10 ** decimals,
      };
    });
}

/** Amounts that 100 % of the daily value stood for on US labels before 2016, which print nothing else (21 CFR 101.9). */
const OLD_DAILY_VALUES: Partial<Record<NutrientField, number>> = {
  vitamin_a_rae_mcg: 1500,
  vitamin_c_mg: 60,
  calcium_mg: 1000,
  iron_mg: 18,
  vitamin_d_mcg: 10,
};

/** The amount behind a percentage that stands alone on an old US label; null where no daily value is known. */
export function fromOldDailyValue(nutrient: LabelNutrient, amount: PrintedAmount): Reading | null {
  const daily = OLD_DAILY_VALUES[nutrient as NutrientField];
  if (daily === undefined || amount.unit !== "percent") return null;
  return { value: (toNumber(amount.digits, "percent") / 100) * daily, slips: 0, below: false, rounding: daily / 200 };
}
