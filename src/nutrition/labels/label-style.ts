import type { Segmented } from "./segments.ts";
import type { NumberStyle } from "./readings.ts";

/** The rules that a label was printed under, as far as its words tell. */
export interface LabelStyle extends NumberStyle {
  /**
   * Whether the printed carbohydrate contains the fibre: US, Canada and Japan; not in the EU, UK, Australia, New Zealand,
   * China and Brazil. Null where both occur (India): the energy decides.
   */
  carbohydrateHasFiber: boolean | null;
  /** Grams of salt that a gram of sodium makes: 2.5 by EU 1169/2011 annex I, 2.54 in Japan. */
  saltPerSodium: number;
  /** US label of before 2016: vitamins and minerals as percentages only. */
  oldDailyValues: boolean;
}

const KANA = /[\u3040-\u30ff]/u;
const HAN = /\p{Script=Han}/u;
const ENGLISH = /\b(?:protein|carbohydrates?|sugars?|energy|fat)\b/u;

/** This share of the amounts has a unit, or ends in the digit that a "g" is taken for: too many to be chance. */
const UNITS_PRINTED_SHARE = 0.8;

/** Tells by which country's rules a label is printed, from its words and units. */
export function styleOf({ segments, rows }: Segmented): LabelStyle {
  const text = rows.map((row) => row.text).join("\n");
  const named = new Set(segments.map(({ nutrient }) => nutrient));
  const amounts = segments.flatMap((segment) => segment.amounts);
  const hasKj = amounts.some(({ unit }) => unit === "kj") || segments.some(({ unit }) => unit === "kj");
  const japanese = KANA.test(text);
  const american =
    !japanese && !hasKj && (named.has("calories") || /nutrition facts|total carb|valeur nutritive/u.test(text));
  const undecided = !american && !hasKj && !named.has("salt") && !HAN.test(text) && ENGLISH.test(text);
  const masses = segments
    .filter(({ unit, nutrient }) => unit === null && nutrient !== "energy_kcal" && nutrient !== "calories")
    .flatMap((segment) => segment.amounts.filter(({ unit }) => unit !== "percent"));
  const withUnit = masses.filter(({ unit, digits }) => unit !== null || /.9$/u.test(digits));
  return {
    halfGrams: american,
    saltHasDecimals: named.has("salt") && !japanese,
    unitsPrinted: withUnit.length >= UNITS_PRINTED_SHARE * masses.length,
    carbohydrateHasFiber: american || japanese ? true : undecided ? null : false,
    saltPerSodium: japanese ? 2.54 : 2.5,
    oldDailyValues: american && /calories from fat/u.test(text),
  };
}
