import type { NumberStyle } from "./possible-digits.ts";
import type { PlacedAmount, Segmented } from "./segments.ts";

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

/** What holds for this share of a label's amounts is the label's way, and no chance. */
const NEARLY_ALL = 0.8;

const notPercent = (amounts: readonly PlacedAmount[]): PlacedAmount[] =>
  amounts.filter(({ unit }) => unit !== "percent");

const isNearlyAll = <Item>(items: readonly Item[], test: (item: Item) => boolean): boolean =>
  items.filter(test).length >= NEARLY_ALL * items.length;

const hasUnit = ({ unit, digits }: PlacedAmount): boolean => unit !== null || /.9$|[.,]\d[890]$/u.test(digits);

/** Tells by which country's rules a label is printed, from its words and units. */
export function styleOf({ segments, rows }: Segmented, readByCharacter: boolean): LabelStyle {
  const text = rows.map((row) => row.text).join("\n");
  const named = new Set(segments.map(({ nutrient }) => nutrient));
  const amounts = segments.flatMap((segment) => segment.amounts);
  const hasKj = amounts.some(({ unit }) => unit === "kj") || segments.some(({ unit }) => unit === "kj");
  const japanese = KANA.test(text);
  const american =
    !japanese && !hasKj && (named.has("calories") || /nutrition facts|total carb|valeur nutritive/u.test(text));
  const undecided = !american && !hasKj && !named.has("salt") && !HAN.test(text) && ENGLISH.test(text);
  const masses = segments.filter(({ nutrient }) => nutrient.endsWith("_g") || nutrient === "salt");
  const withoutHead = masses.filter(({ unit }) => unit === null).flatMap((segment) => notPercent(segment.amounts));
  const fractions = masses.flatMap((segment) => notPercent(segment.amounts)).filter(({ digits }) => digits !== "0");
  return {
    readByCharacter,
    halfGrams: american,
    unitsPrinted: isNearlyAll(withoutHead, hasUnit),
    oneDecimal: !american && isNearlyAll(fractions, ({ digits }) => /[.,]\d+$/u.test(digits)),
    carbohydrateHasFiber: american || japanese ? true : undecided ? null : false,
    saltPerSodium: japanese ? 2.54 : 2.5,
    oldDailyValues: american && /calories from fat/u.test(text),
  };
}
