import { type FusedFood, LIKELY_SCORE } from "./fuse-views.ts";
import { EMBEDDED_FOODS, PIECE_WEIGHTS, type WeightError } from "./piece-weights.ts";

const list = (names: readonly string[]): string => new Intl.ListFormat("en").format(names);

const TEN_FOODS = `only ten foods (${list(EMBEDDED_FOODS)})`;

const SUGGESTION =
  `This is the embedded detector's suggestion: please confirm it. It recognizes ${TEN_FOODS} ` +
  "and may mistake another food for one of them.";

const NOTHING_NAMED = `The embedded detector recognizes ${TEN_FOODS}.`;

const PORTIONS: [WeightError, (names: string) => string][] = [
  ["third", (names) => `Weight of ${names}: the number of pieces times a typical piece, give or take about 30 %.`],
  [
    "double",
    (names) => `Weight of ${names}: the number of pieces times a typical piece; it may be half or double that.`,
  ],
  [
    "unknown",
    (names) =>
      `Weight of ${names}: each counts as one slice until you enter the number of slices, or that it is whole.`,
  ],
];

const isLikely = ({ score }: FusedFood): boolean => score >= LIKELY_SCORE;
const isPossible = (food: FusedFood): boolean => !isLikely(food);

/** What a person must know before relying on the result, in sentences; never empty. */
export const detectorWarnings = (foods: FusedFood[]): string[] => [
  foods.length === 0 ? NOTHING_NAMED : SUGGESTION,
  ...about(foods.filter(isLikely), (names) => `Likely: ${names}.`),
  ...about(foods.filter(isPossible), (names) => `Possible, but not likely: ${names}.`),
  ...PORTIONS.flatMap(([error, sentence]) => {
    const concerned = foods.filter(({ label }) => PIECE_WEIGHTS[label].error === error);
    return about(concerned, sentence);
  }),
];

/** The sentence about these foods, or none if there are none. */
const about = (foods: FusedFood[], sentence: (names: string) => string): string[] =>
  foods.length === 0 ? [] : [sentence(list(foods.map(({ label }) => label)))];
