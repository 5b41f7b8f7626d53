import type { ColumnReadings } from "./column-readings.ts";
import type { ColumnHeading } from "./columns.ts";
import type { Reading } from "./readings.ts";

/** Beyond the rounding of both, the columns are computed from the same analysis and differ by nothing. */
const RATIO_TOLERANCE = 0.005;

/** Energies are rounded to whole kilocalories, and labels round servings. */
const SERVING_TOLERANCE_SHARE = 0.1;
const SERVING_TOLERANCE_KCAL = 1;

const byBasis = (columns: readonly ColumnReadings[], basis: ColumnReadings["basis"]): ColumnReadings | undefined =>
  columns.find((column) => column.basis === basis);

/**
 * The serving, if the energies of the two columns bear it out: as read, or without a last digit that was its "g" ("309 g"
 * → 30 g). Null when neither fits. With one column nothing can be compared, and it stays as read.
 */
export function confirmServing(
  columns: readonly ColumnReadings[],
  serving: ColumnHeading["serving"],
): ColumnHeading["serving"] {
  const [hundred, portion] = [byBasis(columns, "per_100"), byBasis(columns, "serving")];
  const [per100, perServing] = [hundred?.energy[0]?.value, portion?.energy[0]?.value];
  if (serving === null || per100 === undefined || perServing === undefined) return serving;
  const fits = (amount: number): boolean =>
    Math.abs(perServing - (per100 * amount) / 100) <= SERVING_TOLERANCE_KCAL + SERVING_TOLERANCE_SHARE * perServing;
  const amount = [serving.amount, Math.floor(serving.amount / 10)].find(
    (candidate) => candidate > 0 && fits(candidate),
  );
  return amount === undefined ? null : { ...serving, amount };
}

interface Pair {
  per100: Reading;
  serving: Reading;
}

/** Whether two readings can be the same amount, once of 100 and once of a serving `ratio` times as large. */
const isSame = ({ per100, serving }: Pair, ratio: number): boolean =>
  Math.abs(serving.value - per100.value * ratio) <=
  serving.rounding + per100.rounding * ratio + RATIO_TOLERANCE * serving.value;

const slipsOf = ({ per100, serving }: Pair): number => per100.slips + serving.slips;

/** Each reading once, with the fewest slips that a pair of it takes. */
function fewestSlips(pairs: readonly Pair[], side: keyof Pair): Reading[] {
  const readings = new Map<number, Reading>();
  for (const pair of pairs.toSorted((first, second) => slipsOf(first) - slipsOf(second))) {
    const reading = pair[side];
    if (!readings.has(reading.value)) readings.set(reading.value, { ...reading, slips: slipsOf(pair) });
  }
  return [...readings.values()];
}

/**
 * Compares a label's two columns: the same amounts are in both, so readings without a counterpart are wrong. Where no
 * reading has one, all stay. `serving` tells how many grams the serving column is for; without it nothing changes.
 */
export function reconcileColumns(columns: ColumnReadings[], serving: ColumnHeading["serving"]): ColumnReadings[] {
  const [hundred, portion] = [byBasis(columns, "per_100"), byBasis(columns, "serving")];
  if (hundred === undefined || portion === undefined || serving === null) return columns;
  const ratio = serving.amount / 100;
  for (const [nutrient, readings] of hundred.nutrients) {
    const pairs = readings
      .flatMap((per100) => (portion.nutrients.get(nutrient) ?? []).map((other) => ({ per100, serving: other })))
      .filter((pair) => isSame(pair, ratio));
    if (pairs.length === 0) continue;
    hundred.nutrients.set(nutrient, fewestSlips(pairs, "per100"));
    portion.nutrients.set(nutrient, fewestSlips(pairs, "serving"));
  }
  return columns;
}
