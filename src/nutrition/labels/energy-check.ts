import type { ColumnReadings } from "./column-readings.ts";
import type { LabelNutrient } from "./nutrient-names.ts";
import type { Reading } from "./readings.ts";

/** Kilocalories a gram. The lower of two is what a label may count instead: fibre and polyols are not fully used. */
const KCAL_PER_G = { carbohydrate: 4, protein: 4, fat: 9, fiber: [0, 4], euFiber: [2, 2], polyols: [0, 2.4] } as const;

/** How far the printed energy may be from what the macronutrients explain: the larger of the two. */
const TOLERANCE_SHARE = 0.2;
const TOLERANCE_KCAL_PER_100 = 20;
/** Beyond the rounding of all, which in small servings is more than either. */
const MIN_TOLERANCE_KCAL = 5;

/** Energy is printed in steps of 10 kcal on US labels, of 1 elsewhere; half of the coarser is never a contradiction. */
const ENERGY_ROUNDING_KCAL = 5;

/** A slip of the reader is believed when it explains this share of the energy; found by trying, on rendered labels. */
const MISFIT_PER_SLIP = 1 / 100;
/** Below this energy a share would make slips out of rounding. */
const MIN_ENERGY_KCAL = 50;

/** How much of the food a column of numbers is for. */
export interface StatedPortion {
  amount: number;
  unit: "g" | "ml";
}

/** What was chosen for the nutrients that carry energy, in grams; carbohydrate with its fibre. */
export interface CheckedEnergy {
  kcal: number;
  fat: Reading | null;
  carbohydrate: Reading | null;
  protein: Reading | null;
  fiber: Reading | null;
  polyols: Reading | null;
  carbohydrateHasFiber: boolean;
}

/** `agrees` tells which share of the printed energy the rest leaves unexplained, beyond rounding; `mismatch` tells the printed energy and what the macronutrients explain at best, both in kilocalories. */
export type EnergyCheck =
  | { outcome: "agrees"; energy: CheckedEnergy; unexplained: number }
  | { outcome: "mismatch"; printed: number; explained: number }
  | { outcome: "incomplete" };

interface Candidate {
  energy: CheckedEnergy;
  slips: number;
  repaired: boolean;
  /** Kilocalories between the printed energy and what is explained, beyond rounding. */
  misfit: number;
  explained: number;
}

const amount = (reading: Reading | null): number => reading?.value ?? 0;
const rounding = (reading: Reading | null): number => reading?.rounding ?? 0;

/** The least and the most energy that these amounts may be counted as. */
function explainedKcal(energy: CheckedEnergy): [number, number] {
  const fiber = amount(energy.fiber);
  const polyols = amount(energy.polyols);
  const printed = amount(energy.carbohydrate);
  const digestible = Math.max(0, (energy.carbohydrateHasFiber ? printed - fiber : printed) - polyols);
  const certain =
    KCAL_PER_G.fat * amount(energy.fat) +
    KCAL_PER_G.protein * amount(energy.protein) +
    KCAL_PER_G.carbohydrate * digestible;
  const [low, high] = energy.carbohydrateHasFiber ? KCAL_PER_G.fiber : KCAL_PER_G.euFiber;
  return [
    certain + low * fiber + KCAL_PER_G.polyols[0] * polyols,
    certain + high * fiber + KCAL_PER_G.polyols[1] * polyols,
  ];
}

const energyReadings = ({ fat, carbohydrate, protein, fiber }: CheckedEnergy): Reading[] =>
  [fat, carbohydrate, protein, fiber].filter((reading) => reading !== null);

/** What is part of another nutrient cannot exceed it. */
export const PART_OF = {
  fat_saturated_g: "fat",
  fat_polyunsaturated_g: "fat",
  fat_monounsaturated_g: "fat",
  fat_trans_g: "fat",
  sugars_total_g: "carbohydrate",
} as const;

type Part = keyof typeof PART_OF;
/** A part that no reading fits under its whole contradicts it as much as this. */
const IMPOSSIBLE_PART_SLIPS = 3;

/** The slips that the parts of fat and carbohydrate take to stay below them. */
function slipsOfParts({ nutrients }: ColumnReadings, energy: Pick<CheckedEnergy, "fat" | "carbohydrate">): number {
  return (Object.keys(PART_OF) as Part[]).reduce((sum, part) => {
    const readings = nutrients.get(part);
    return readings === undefined ? sum : sum + (fittingPart(part, readings, energy)?.slips ?? IMPOSSIBLE_PART_SLIPS);
  }, 0);
}

/** The likeliest reading of a part that does not exceed its whole; null when none fits. */
export function fittingPart(
  part: Part,
  readings: readonly Reading[],
  energy: Pick<CheckedEnergy, "fat" | "carbohydrate">,
): Reading | null {
  const whole = energy[PART_OF[part]];
  const limit = whole === null ? Infinity : whole.value + whole.rounding;
  return readings.find(({ value }) => value <= limit) ?? null;
}

function assess(energy: CheckedEnergy, otherSlips: number): Candidate {
  const readings = energyReadings(energy);
  const slips = readings.reduce((sum, reading) => sum + reading.slips, otherSlips);
  const repaired = readings.some((reading) => reading.repaired);
  const [low, high] = explainedKcal(energy);
  const explained = Math.min(Math.max(energy.kcal, low), high);
  const slack =
    KCAL_PER_G.fat * rounding(energy.fat) +
    KCAL_PER_G.carbohydrate * rounding(energy.carbohydrate) +
    KCAL_PER_G.protein * rounding(energy.protein) +
    Math.min(ENERGY_ROUNDING_KCAL, energy.kcal / 20);
  return { energy, slips, repaired, misfit: Math.max(0, Math.abs(energy.kcal - explained) - slack), explained };
}

/** What was repaired rests on the energy alone, so it must agree more closely. */
const REPAIRED_TOLERANCE_SHARE = 0.01;
const REPAIRED_TOLERANCE_KCAL = 3;

function isTolerated({ energy, explained, repaired, misfit }: Candidate, portion: StatedPortion | null): boolean {
  if (repaired) return misfit <= Math.max(REPAIRED_TOLERANCE_KCAL, REPAIRED_TOLERANCE_SHARE * energy.kcal);
  const absolute = (TOLERANCE_KCAL_PER_100 * Math.min(portion?.amount ?? 100, 100)) / 100;
  const isNear = Math.abs(energy.kcal - explained) <= Math.max(absolute, TOLERANCE_SHARE * energy.kcal);
  return isNear || misfit <= MIN_TOLERANCE_KCAL;
}

/** Slips of the reader and disagreement with the energy, in one figure: the least is the likeliest reading. */
const costOf = ({ energy, slips, misfit }: Candidate): number =>
  slips + misfit / Math.max(energy.kcal, MIN_ENERGY_KCAL) / MISFIT_PER_SLIP;

/** Grams of what carries energy cannot outweigh the food; rounding may exceed it by a little. */
function weighsTooMuch(energy: CheckedEnergy, portion: StatedPortion | null): boolean {
  const { fat, carbohydrate, protein, fiber, carbohydrateHasFiber } = energy;
  const besides = carbohydrateHasFiber ? 0 : amount(fiber);
  const grams = amount(fat) + amount(carbohydrate) + amount(protein) + besides;
  return portion?.unit === "g" && grams > portion.amount * 1.02 + 1;
}

type EnergyNutrient = Extract<
  LabelNutrient,
  "fat_total_g" | "carbohydrate_g" | "protein_g" | "fiber_total_dietary_g" | "polyols"
>;

/** Every way to read the nutrients that carry energy together; a handful each, a few hundred in all. */
function candidatesOf(column: ColumnReadings, hasFiber: readonly boolean[]): Candidate[] {
  const { energy, nutrients } = column;
  const choices = (nutrient: EnergyNutrient): readonly (Reading | null)[] => nutrients.get(nutrient) ?? [null];
  const polyols = choices("polyols")[0] ?? null;
  return hasFiber
    .map((carbohydrateHasFiber) => ({ carbohydrateHasFiber, polyols }))
    .flatMap((chosen) => choices("fat_total_g").map((fat) => ({ ...chosen, fat })))
    .flatMap((chosen) => choices("protein_g").map((protein) => ({ ...chosen, protein })))
    .flatMap((chosen) => choices("carbohydrate_g").map((carbohydrate) => ({ ...chosen, carbohydrate })))
    .flatMap((chosen) => choices("fiber_total_dietary_g").map((fiber) => ({ ...chosen, fiber })))
    .filter(
      ({ carbohydrateHasFiber, carbohydrate, fiber }) => !carbohydrateHasFiber || amount(fiber) <= amount(carbohydrate),
    )
    .map((chosen) => ({ chosen, parts: slipsOfParts(column, chosen) }))
    .flatMap(({ chosen, parts }) => energy.map((kcal) => assess({ ...chosen, kcal: kcal.value }, kcal.slips + parts)));
}

const MACRONUTRIENTS = ["fat_total_g", "carbohydrate_g", "protein_g"] as const;

/**
 * Finds the reading of a column that agrees best with its own energy: 9 a gram of fat, 4 of protein and of digestible
 * carbohydrate, 2 of fibre (0-4 where the carbohydrate contains it) and up to 2.4 of polyols (EU 1169/2011 annex XIV;
 * 21 CFR 101.9(c)(1)). It must come within 20 %, or 20 kcal per 100 and the rounding. `portion` is what the column is for, if known.
 */
export function checkEnergy(
  column: ColumnReadings,
  carbohydrateHasFiber: boolean | null,
  portion: StatedPortion | null,
): EnergyCheck {
  const missing = MACRONUTRIENTS.filter((nutrient) => !column.nutrients.has(nutrient));
  if (column.energy.length === 0 || missing.length > 1) return { outcome: "incomplete" };
  const hasFiber = carbohydrateHasFiber === null ? [true, false] : [carbohydrateHasFiber];
  const candidates = candidatesOf(column, hasFiber);
  const possible = candidates.filter(({ energy }) => !weighsTooMuch(energy, portion));
  // Without one of the three a perfect agreement would explain away what is missing: the fewest slips decide.
  const cost = missing.length === 0 ? costOf : (candidate: Candidate) => candidate.slips;
  const byCost = (first: Candidate, second: Candidate): number => cost(first) - cost(second);
  const best = possible.filter((candidate) => isTolerated(candidate, portion)).toSorted(byCost)[0];
  if (best !== undefined)
    return {
      outcome: "agrees",
      energy: best.energy,
      unexplained: best.misfit / Math.max(best.energy.kcal, MIN_ENERGY_KCAL),
    };
  const nearest = (possible.length === 0 ? candidates : possible).toSorted(byCost)[0];
  if (nearest === undefined) return { outcome: "incomplete" };
  return { outcome: "mismatch", printed: nearest.energy.kcal, explained: nearest.explained };
}
