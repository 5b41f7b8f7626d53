/**
 * Nutri-Score, 2023 algorithm. The thresholds are those of the Scientific Committee's update, read where Open Food Facts
 * implements it. All amounts are per 100 g, or per 100 ml of a beverage, and are not rounded.
 */

export type NutriScoreCategory = "general" | "cheese" | "red_meat" | "fats" | "beverage" | "water";
export type NutriScoreGrade = "A" | "B" | "C" | "D" | "E";

/** What a score is made of, per 100 g or 100 ml. */
export interface NutriScoreInput {
  energyKj: number;
  sugarsG: number;
  saturatesG: number;
  /** All fat; only fats, oils, nuts and seeds are judged by it. */
  fatG: number;
  saltG: number;
  proteinG: number;
  fiberG: number;
  /** Share of fruit, vegetables and pulses, percent. */
  fruitVegetablesPulses: number;
  /** Whether a beverage has any non-nutritive sweetener. */
  sweetened: boolean;
}

/** The grade, the score it comes from, and the points of each component as they counted. */
export interface NutriScore {
  grade: NutriScoreGrade;
  score: number;
  unfavorable: { energy: number; sugars: number; saturates: number; salt: number; sweeteners: number };
  favorable: { protein: number; fiber: number; fruitVegetablesPulses: number };
}

/** `count` thresholds, each `step` above the one before. */
const steps = (step: number, count: number): number[] =>
  // Multiplied as whole hundredths: 0.2 × 3 would be 0.6000000000000001.
  Array.from({ length: count }, (_, index) => (Math.round(step * 100) * (index + 1)) / 100);

/** One point for each threshold that is exceeded. */
const ENERGY_KJ = steps(335, 10);
const ENERGY_BEVERAGES_KJ = [30, 90, 150, 210, 240, 270, 300, 330, 360, 390];
const ENERGY_FROM_SATURATES_KJ = steps(120, 10);
const SUGARS_G = [3.4, 6.8, 10, 14, 17, 20, 24, 27, 31, 34, 37, 41, 44, 48, 51];
const SUGARS_BEVERAGES_G = [0.5, 2, 3.5, 5, 6, 7, 8, 9, 10, 11];
const SATURATES_G = steps(1, 10);
/** Percent of all fat; a threshold counts when it is reached, unlike every other. */
const SATURATES_SHARE = [10, 16, 22, 28, 34, 40, 46, 52, 58, 64];
const SALT_G = steps(0.2, 20);
const PROTEIN_G = [2.4, 4.8, 7.2, 9.6, 12, 14, 17];
const PROTEIN_BEVERAGES_G = [1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3];
const FIBER_G = [3, 4.1, 5.2, 6.3, 7.4];
/** Points by the highest threshold that is exceeded, percent. */
const FRUIT: readonly [threshold: number, points: number][] = [
  [80, 5],
  [60, 2],
  [40, 1],
];
const FRUIT_BEVERAGES: readonly [threshold: number, points: number][] = [
  [80, 6],
  [60, 4],
  [40, 2],
];

const SWEETENER_POINTS = 4;
const KJ_PER_G_FAT = 37;
const MAX_RED_MEAT_PROTEIN_POINTS = 2;
/** From this many unfavorable points on, protein no longer counts. */
const PROTEIN_LIMIT = 11;
const PROTEIN_LIMIT_FATS = 7;

/** The highest score of A, B, C and D. */
const GRADES: Record<Exclude<NutriScoreCategory, "water">, readonly [number, number, number, number]> = {
  general: [0, 2, 10, 18],
  cheese: [0, 2, 10, 18],
  red_meat: [0, 2, 10, 18],
  fats: [-6, 2, 10, 18],
  // Only water is an A among the beverages.
  beverage: [Number.NEGATIVE_INFINITY, 2, 6, 9],
};

/**
 * Amounts come out of multiplications and divisions, and their last digits are noise: 2.3 of 23.0 is 9.999999999999998 %.
 * More digits than these no analysis has, and fewer than these no arithmetic here gets wrong.
 */
const SIGNIFICANT_DIGITS = 12;
const settled = (amount: number): number => Number(amount.toPrecision(SIGNIFICANT_DIGITS));

const exceeded = (amount: number, thresholds: readonly number[]): number =>
  thresholds.filter((threshold) => settled(amount) > threshold).length;
const reached = (amount: number, thresholds: readonly number[]): number =>
  thresholds.filter((threshold) => settled(amount) >= threshold).length;
const highest = (amount: number, table: readonly [number, number][]): number =>
  table.find(([threshold]) => settled(amount) > threshold)?.[1] ?? 0;

function unfavorablePoints(category: NutriScoreCategory, food: NutriScoreInput): NutriScore["unfavorable"] {
  const isBeverage = category === "beverage";
  const isFat = category === "fats";
  const energy = isFat
    ? exceeded(food.saturatesG * KJ_PER_G_FAT, ENERGY_FROM_SATURATES_KJ)
    : exceeded(food.energyKj, isBeverage ? ENERGY_BEVERAGES_KJ : ENERGY_KJ);
  const share = food.fatG === 0 ? 0 : (100 * food.saturatesG) / food.fatG;
  return {
    energy,
    sugars: exceeded(food.sugarsG, isBeverage ? SUGARS_BEVERAGES_G : SUGARS_G),
    saturates: isFat ? reached(share, SATURATES_SHARE) : exceeded(food.saturatesG, SATURATES_G),
    salt: exceeded(food.saltG, SALT_G),
    sweeteners: isBeverage && food.sweetened ? SWEETENER_POINTS : 0,
  };
}

function countsProtein(category: NutriScoreCategory, unfavorable: number): boolean {
  if (category === "cheese" || category === "beverage") return true;
  return unfavorable < (category === "fats" ? PROTEIN_LIMIT_FATS : PROTEIN_LIMIT);
}

function favorablePoints(
  category: NutriScoreCategory,
  food: NutriScoreInput,
  unfavorable: number,
): NutriScore["favorable"] {
  const isBeverage = category === "beverage";
  const protein = exceeded(food.proteinG, isBeverage ? PROTEIN_BEVERAGES_G : PROTEIN_G);
  const capped = category === "red_meat" ? Math.min(protein, MAX_RED_MEAT_PROTEIN_POINTS) : protein;
  return {
    protein: countsProtein(category, unfavorable) ? capped : 0,
    fiber: exceeded(food.fiberG, FIBER_G),
    fruitVegetablesPulses: highest(food.fruitVegetablesPulses, isBeverage ? FRUIT_BEVERAGES : FRUIT),
  };
}

const sum = (points: Record<string, number>): number =>
  Object.values(points).reduce((total, value) => total + value, 0);

function gradeOf(category: NutriScoreCategory, score: number): NutriScoreGrade {
  if (category === "water") return "A";
  const [a, b, c, d] = GRADES[category];
  if (score <= a) return "A";
  if (score <= b) return "B";
  if (score <= c) return "C";
  return score <= d ? "D" : "E";
}

/** The Nutri-Score of a food: unfavorable points less favorable ones. */
export function nutriScore(category: NutriScoreCategory, food: NutriScoreInput): NutriScore {
  const unfavorable = unfavorablePoints(category, food);
  const favorable = favorablePoints(category, food, sum(unfavorable));
  const score = sum(unfavorable) - sum(favorable);
  return { grade: gradeOf(category, score), score, unfavorable, favorable };
}
