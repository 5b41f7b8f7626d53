import type { StatedPortion } from "./energy-check.ts";
import { findAmounts, type PrintedAmount, toNumber } from "./amounts.ts";
import type { PlainRow } from "./segments.ts";

/** What a column of numbers is for. */
export type ColumnBasis = "per_100" | "serving" | "percent";

export interface Column {
  basis: ColumnBasis;
  /** Across the label, as `LabelCell.x`. */
  x: number;
}

/** What a label's heading says of its numbers. */
export interface ColumnHeading {
  /** From left to right; empty when the heading names none. */
  columns: Column[];
  /** Grams or millilitres of one serving. */
  serving: StatedPortion | null;
  /** The unit of the 100 that values are given per. */
  unit: "g" | "ml" | null;
}

/** The "g" is often read as a digit. */
const PER_100 = /(?<!\d)100\s?(?<unit>g|ml|[98](?!\d))(?![a-z])/gu;

/** The words for a serving, in the languages of `nutrient-names.ts`. */
const SERVING = String.raw`serving|serve|portion(?:sgrosse)?|porcion|porzione|porcao|dose|portie|racion|食分|1食|1袋|1個|1本|1枚|每份|一份`;
const SERVING_COLUMN = new RegExp(
  String.raw`(?:per|pro|je|par|por|per une|por cada|amount\s?/?)?\s{0,9}(?:${SERVING})(?!s)`,
  "gu",
);
const PERCENT = /%|\b(?:nrv|vnr|dv|rda|vd|ri)\b/gu;

/**
 * "Serving size", "servings per container" and their like speak of the serving and head no column. Between words that belong
 * together stand at most 80 characters here and below: without a bound, each of many such words would be followed to the
 * end of the text.
 */
const NOT_A_COLUMN =
  /serving ?size[^|\d]{0,80}\d[^)]{0,80}?(?:\)|(?:g|ml)(?![a-z])|$)|servings? per \S+|(?:portions|porciones|porcoes|porzioni|porties) (?:par|por|per) \S+|portionen|(?<!\d)\d+ ?(?:servings|portions)/gu;

const blank = (text: string, pattern: RegExp): string => text.replace(pattern, (match) => " ".repeat(match.length));

interface Mention extends Column {
  row: number;
  index: number;
}

/** From left to right; where a whole row is one cell, in the order of the text. */
const byPlace = (first: Mention, second: Mention): number =>
  first.x - second.x || first.row - second.row || first.index - second.index;

/** Grams or millilitres of an amount in a heading; "309" is "30g" with its letter misread. Null for the 100 itself. */
function amountOf({ digits, unit }: PrintedAmount): number | null {
  const isMisread = unit === null && /^\d{2,}[98]$/u.test(digits);
  if (!isMisread && unit !== "g" && unit !== "ml") return null;
  const amount = toNumber(isMisread ? digits.slice(0, -1) : digits, "g");
  return amount === 100 || amount === 0 ? null : amount;
}

const isServing = (amount: PrintedAmount, serving: NonNullable<ColumnHeading["serving"]>): boolean =>
  amountOf(amount) === serving.amount;

function mentionsIn(row: PlainRow, rowIndex: number, serving: ColumnHeading["serving"]): Mention[] {
  const text = blank(row.text, NOT_A_COLUMN);
  const mention =
    (basis: ColumnBasis) =>
    ({ index = 0 }: { index?: number }): Mention => ({ basis, x: row.xAt(index), row: rowIndex, index });
  const servingAmounts = serving === null ? [] : findAmounts(text).filter((amount) => isServing(amount, serving));
  return [
    ...[...text.matchAll(PER_100)].map(mention("per_100")),
    ...[...text.matchAll(SERVING_COLUMN)].map(mention("serving")),
    ...servingAmounts.map(mention("serving")),
    ...[...text.matchAll(PERCENT)].map(mention("percent")),
  ];
}

/** The last mention of each kind: titles above may name the same, the column heads stand right above the numbers. */
function columnsOf(heading: readonly PlainRow[], serving: ColumnHeading["serving"]): Column[] {
  const mentions = heading.flatMap((row, index) => mentionsIn(row, index, serving));
  const bases: ColumnBasis[] = ["per_100", "serving", "percent"];
  return bases
    .flatMap((basis) => mentions.findLast((mention) => mention.basis === basis) ?? [])
    .toSorted(byPlace)
    .map(({ basis, x }) => ({ basis, x }));
}

const AMOUNT = String.raw`(?<amount>\d{1,9}(?:[.,]\d{1,9})?)\s?`;
/** In brackets, where a digit may have come off: "(1 70g)". */
const BRACKETED_QUANTITY = String.raw`\(\s{0,9}(?<amount>\d(?:\s?\d){0,8}(?:[.,]\d{1,9})?)\s?(?<unit>g|ml)?\s{0,9}\)`;
const QUANTITY_WITH_UNIT = String.raw`${AMOUNT}(?<unit>g|ml)(?![a-z\d])`;
/** In the order of how surely they mean the serving: "(55g)" behind its words, any amount behind them, "per 30 g". */
const SERVING_SIZES = [
  new RegExp(String.raw`(?:${SERVING})[^()]{0,40}${BRACKETED_QUANTITY}`, "u"),
  new RegExp(String.raw`(?:${SERVING})[^\d]{0,80}${QUANTITY_WITH_UNIT}`, "u"),
  new RegExp(String.raw`(?:per|pro|je|pour|por)\s+(?!100\s?(?:g|ml))${QUANTITY_WITH_UNIT}`, "u"),
  new RegExp(String.raw`(?<!\d)(?!100\s?(?:g|ml))${QUANTITY_WITH_UNIT}\s*(?:serving|serve|portion|当たり|あたり)`, "u"),
];
const MAX_SERVING = 2000;

/** Any bracketed amount in the heading is the serving, whatever the label calls it: "per 1/2 can (200g)". */
const BRACKETED = new RegExp(String.raw`\((?!100\s?(?:g|ml))\s*${QUANTITY_WITH_UNIT}\s*\)?`, "u");

/** "559" in brackets is "55g" with its letter misread. */
function readServing(text: string, patterns: readonly RegExp[]): ColumnHeading["serving"] {
  for (const pattern of patterns) {
    const { amount: digits = "", unit } = pattern.exec(text)?.groups ?? {};
    const isMisread = unit === undefined && /.[98]$/u.test(digits);
    if (digits === "" || (unit === undefined && !isMisread)) continue;
    const amount = toNumber((isMisread ? digits.slice(0, -1) : digits).replace(/\s/gu, ""), "g");
    if (amount > 0 && amount <= MAX_SERVING) return { amount, unit: unit === "ml" ? "ml" : "g" };
  }
  return null;
}

/** A second amount beside the 100 heads the column of the serving: "100 g | 30 g | %VD". */
function servingBeside100(heading: readonly PlainRow[]): ColumnHeading["serving"] {
  const row = heading.findLast(({ text }) => text.search(PER_100) !== -1);
  const beside = findAmounts(row?.text ?? "").find((amount) => amountOf(amount) !== null);
  const amount = beside === undefined ? null : amountOf(beside);
  return amount === null ? null : { amount, unit: beside?.unit === "ml" ? "ml" : "g" };
}

const textOf = (rows: readonly PlainRow[]): string => rows.map(({ text }) => text).join(" ");

/** Reads the heading of a table: its columns and the serving. `rows` are all rows: some print the serving below. */
export function readHeading(heading: readonly PlainRow[], rows: readonly PlainRow[]): ColumnHeading {
  const serving =
    readServing(textOf(heading), [...SERVING_SIZES, BRACKETED]) ??
    servingBeside100(heading) ??
    readServing(textOf(rows), SERVING_SIZES);
  const unit = heading.flatMap(({ text }) => [...text.matchAll(PER_100)]).at(-1)?.groups?.["unit"];
  return {
    columns: columnsOf(heading, serving),
    serving,
    unit: unit === undefined ? null : unit === "ml" ? "ml" : "g",
  };
}
