import type { Column, ColumnHeading } from "./columns.ts";
import type { LabelStyle } from "./label-style.ts";
import type { LabelNutrient } from "./nutrient-names.ts";
import { fromOldDailyValue, readingsOf, type Reading } from "./readings.ts";
import { toNumber } from "./amounts.ts";
import type { PlacedAmount, Segment, Segmented } from "./segments.ts";

/** Kilojoules of a kilocalorie (EU 1169/2011, annex I). */
const KJ_PER_KCAL = 4.184;
/** A printed pair of kJ and kcal belongs together within this ratio; beyond it one of them was misread. */
const KJ_PER_KCAL_RANGE = [4.0, 4.4] as const;

/** Everything that one column of numbers may say. Energy is in kilocalories. */
export interface ColumnReadings {
  basis: "serving" | "per_100";
  energy: Reading[];
  nutrients: Map<Exclude<LabelNutrient, "calories" | "other" | "energy_kcal">, Reading[]>;
}

type Amounts = readonly PlacedAmount[];

/**
 * The amount in column `index` of `columns`. Where a row has fewer amounts than columns, each stands where its column
 * does; a surplus is a percentage without its sign, and those stand last.
 */
function inColumn(amounts: Amounts, columns: readonly Column[], index: number): PlacedAmount | undefined {
  if (amounts.length >= columns.length) return amounts[index];
  const nearest = (amount: PlacedAmount): Column | undefined =>
    columns.toSorted((a, b) => Math.abs(a.x - amount.x) - Math.abs(b.x - amount.x))[0];
  return amounts.find((amount) => nearest(amount) === columns[index]);
}

/** Segments that say something of the energy: those before the first other nutrient, as footnotes repeat the words. */
function energySegments(segments: readonly Segment[]): Segment[] {
  const isEnergy = ({ nutrient }: Segment): boolean => nutrient === "energy_kcal" || nutrient === "calories";
  const first = segments.findIndex((segment) => isEnergy(segment) && segment.amounts.length > 0);
  if (first === -1) return [];
  const others = segments.findIndex(
    (segment, index) => index > first && !isEnergy(segment) && segment.nutrient !== "other",
  );
  return segments.slice(first, others === -1 ? undefined : others).filter(isEnergy);
}

interface PrintedEnergy {
  kcal: PlacedAmount[];
  kj: PlacedAmount[];
  unknown: PlacedAmount[];
}

function sortEnergy(segments: readonly Segment[]): PrintedEnergy {
  const energy: PrintedEnergy = { kcal: [], kj: [], unknown: [] };
  for (const { nutrient, unit, amounts } of segments) {
    const plain = amounts.filter((amount) => amount.unit !== "percent");
    for (const [position, amount] of plain.entries()) {
      const paired = unit === "kj_and_kcal" ? (position % 2 === 0 ? "kj" : "kcal") : unit;
      const own = amount.unit ?? paired ?? (nutrient === "calories" ? "kcal" : null);
      if (own === "kcal") energy.kcal.push(amount);
      else if (own === "kj") energy.kj.push(amount);
      else if (own === null) energy.unknown.push(amount);
    }
  }
  return energy;
}

const energyReading = (amount: PlacedAmount | undefined, kjPerKcal: number, unit: "kcal" | "kj"): Reading[] =>
  amount === undefined
    ? []
    : [
        {
          value: toNumber(amount.digits, unit) / kjPerKcal,
          slips: 0,
          repaired: false,
          below: amount.below,
          rounding: 0.5 / kjPerKcal,
        },
      ];

/** "/ 360 kcal" read as "1360 kcal": a slash before the kilocalories taken for a digit. */
function withoutSlash(kcal: PlacedAmount | undefined, kj: Reading | undefined): Reading[] {
  if (kcal === undefined || kj === undefined || !/^[17]\d{2,}$/u.test(kcal.digits)) return [];
  const reading = energyReading({ ...kcal, digits: kcal.digits.slice(1) }, 1, "kcal");
  return reading.filter(({ value }) => isSameEnergy(value, kj));
}

const isSameEnergy = (kcal: number, kj: Reading): boolean => {
  const ratio = (kj.value * KJ_PER_KCAL) / kcal;
  return ratio >= KJ_PER_KCAL_RANGE[0] && ratio <= KJ_PER_KCAL_RANGE[1];
};

function readEnergy(segmented: Segmented, columns: readonly Column[], index: number): Reading[] {
  const printed = sortEnergy(energySegments(segmented.segments));
  const printedKcal = inColumn(printed.kcal, columns, index);
  const kcal = energyReading(printedKcal, 1, "kcal");
  const kj = energyReading(inColumn(printed.kj, columns, index), KJ_PER_KCAL, "kj");
  const [kcalReading, kjReading] = [kcal[0], kj[0]];
  if (kcalReading !== undefined && (kjReading === undefined || isSameEnergy(kcalReading.value, kjReading))) return kcal;
  const repaired = withoutSlash(printedKcal, kjReading);
  if (repaired.length > 0) return repaired;
  // Of two that contradict each other, the macronutrients decide.
  if (kjReading !== undefined) return [...kcal, { ...kjReading, slips: kcal.length }];
  const unknown = inColumn(printed.unknown, columns, index);
  return [...energyReading(unknown, 1, "kcal"), ...energyReading(unknown, KJ_PER_KCAL, "kj")];
}

/** A digit alone behind a number without a unit is its "g": "16 9" is "16 g". */
function joinGrams(amounts: Amounts): PlacedAmount[] {
  const joined: PlacedAmount[] = [];
  for (const amount of amounts) {
    const previous = joined.at(-1);
    const isLetter = /^[980]$/u.test(amount.digits) && amount.unit === null && previous?.unit === null;
    if (!isLetter || previous === undefined) joined.push(amount);
    else joined.splice(-1, 1, { ...previous, unit: "g" });
  }
  return joined;
}

function readNutrient(segment: Segment, columns: readonly Column[], index: number, style: LabelStyle): Reading[] {
  const printed = style.unitsPrinted && segment.unit === null ? joinGrams(segment.amounts) : segment.amounts;
  const amounts = printed
    .filter((amount) => amount.unit !== "percent")
    .map((amount) =>
      amount.unit === null && segment.unit !== null && segment.unit !== "kj_and_kcal"
        ? Object.assign({}, amount, { unit: segment.unit })
        : amount,
    );
  const amount = inColumn(amounts, columns, index);
  if (amount !== undefined) return readingsOf(segment.nutrient, amount, style);
  const [percentage] = segment.amounts;
  if (!style.oldDailyValues || amounts.length > 0 || percentage === undefined) return [];
  return [fromOldDailyValue(segment.nutrient, percentage)].filter((reading) => reading !== null);
}

const ZERO: Reading = { value: 0, slips: 0, repaired: false, below: false, rounding: 0 };

/** Reads one column of the table. Of nutrients that are named twice the first with an amount counts. */
function readColumn(
  segmented: Segmented,
  columns: readonly Column[],
  index: number,
  style: LabelStyle,
): ColumnReadings {
  const basis = columns[index]?.basis === "serving" ? "serving" : "per_100";
  const nutrients: ColumnReadings["nutrients"] = new Map();
  for (const segment of segmented.segments) {
    const { nutrient } = segment;
    if (nutrient === "energy_kcal" || nutrient === "calories" || nutrient === "other" || nutrients.has(nutrient))
      continue;
    const readings = readNutrient(segment, columns, index, style);
    if (readings.length > 0) nutrients.set(nutrient, readings);
  }
  for (const nutrient of segmented.insignificant) {
    if (nutrient === "energy_kcal" || nutrient === "calories" || nutrient === "other" || nutrients.has(nutrient))
      continue;
    nutrients.set(nutrient, [ZERO]);
  }
  return { basis, energy: readEnergy(segmented, columns, index), nutrients };
}

/** The columns that a label has numbers for. Without heads it is one: of the serving if one is stated, else of 100. */
export function readColumns(segmented: Segmented, heading: ColumnHeading, style: LabelStyle): ColumnReadings[] {
  const headed = heading.columns.filter(({ basis }) => basis !== "percent");
  const columns =
    headed.length > 0 ? headed : [{ basis: heading.serving === null ? "per_100" : "serving", x: 0 } as const];
  return columns.map((_, index) => readColumn(segmented, columns, index, style));
}
