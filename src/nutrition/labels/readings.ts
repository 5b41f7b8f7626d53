import type { NutrientField } from "../nutrient-table.ts";
import type { LabelNutrient } from "./nutrient-names.ts";
import { toNumber, type LabelUnit, type PrintedAmount } from "./amounts.ts";
import { type Digits, gramDigits, type NumberStyle, saltDigits } from "./possible-digits.ts";

/** One way to read a printed amount. */
export interface Reading {
  /** In the field's unit; salt and polyols in grams. */
  value: number;
  /** How many slips of the reader of characters it supposes; 0 = as printed. */
  slips: number;
  /** Whether the value is another one than the digits say that were read. */
  repaired: boolean;
  /** Only bounded from above; the value is half of the bound. */
  below: boolean;
  /** Half a unit of the last printed digit, in the field's unit. */
  rounding: number;
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

function digitsOf(nutrient: LabelNutrient, amount: PrintedAmount, style: NumberStyle): Digits[] {
  const inGrams = amount.unit === "g" || amount.unit === null;
  if (!inGrams || !style.readByCharacter || unitOfField(nutrient) !== "g") return [{ text: amount.digits, slips: 0 }];
  return nutrient === "salt" ? saltDigits(amount, style) : gramDigits(amount, style);
}

/** Every way to read one amount, likeliest first; empty when its unit cannot be one of the field's. */
export function readingsOf(nutrient: LabelNutrient, amount: PrintedAmount, style: NumberStyle): Reading[] {
  const factor = factorOf(nutrient, amount.unit);
  if (factor === null) return [];
  return digitsOf(nutrient, amount, style)
    .toSorted((first, second) => first.slips - second.slips)
    .map(({ text, slips }) => {
      const decimals = /[.,](\d+)$/u.exec(text)?.[1]?.length ?? 0;
      const value = toNumber(text, amount.unit) * factor;
      return {
        value: amount.below ? value / 2 : value,
        slips,
        repaired: text !== amount.digits,
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
  return {
    value: (toNumber(amount.digits, "percent") / 100) * daily,
    slips: 0,
    repaired: false,
    below: false,
    rounding: daily / 200,
  };
}
