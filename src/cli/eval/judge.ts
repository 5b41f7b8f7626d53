import type { PhotoCase } from "./cases.ts";
import type { JudgedPhoto } from "./metrics.ts";
import type { JudgedName } from "./reliability.ts";
import type { SameFood } from "./same-food.ts";

/** A food that a response names. */
export interface NamedFood {
  name: string;
  grams: number;
  confidence: number | null;
}

/** What the service made of a photo. */
export interface PhotoResponse {
  /** "completed", or why there is no analysis. */
  outcome: string;
  /** Null when there is no analysis; so are the others. */
  dishName: string | null;
  foods: NamedFood[];
  grams: number | null;
  kcal: number | null;
  kcalRange: [number, number] | null;
  confidence: number | null;
  /** From the start of the upload to the end of the analysis. */
  seconds: number;
}

/**
 * "Apple, banana and cake" → the whole, then its first name: several foods on a plate are listed in the dish's name.
 */
const firstNames = (dishName: string | null): string[] =>
  dishName === null ? [] : [dishName, dishName.split(/, | and /u)[0] ?? dishName];

/** All names that judging a response needs to compare. */
export const namesToCompare = (photo: PhotoCase, answer: PhotoResponse): string[] => [
  ...photo.labels,
  ...photo.traces,
  ...firstNames(answer.dishName),
  ...answer.foods.map(({ name }) => name),
];

const isThere = (name: string, { labels, traces }: PhotoCase, foods: SameFood): boolean =>
  [...labels, ...traces].some((label) => foods.isKind(name, label) || foods.isPartOf(name, label));

/** Holds a response against what is in the photo. */
export function judgePhoto(photo: PhotoCase, answer: PhotoResponse, foods: SameFood): JudgedPhoto {
  const names = [...new Set([...firstNames(answer.dishName), ...answer.foods.map(({ name }) => name)])];
  const first = firstNames(answer.dishName);
  const ingredients = [...new Set(answer.foods.map(({ name }) => name))];
  const isLabel = (test: (a: string, b: string) => boolean, some: readonly string[]) => (label: string) =>
    some.some((name) => test(name, label));
  return {
    hasFood: photo.labels.length > 0,
    isAnswered: answer.dishName !== null,
    labels: photo.labels.length,
    found: {
      same: photo.labels.filter(isLabel(foods.isSame, names)).length,
      kind: photo.labels.filter(isLabel(foods.isKind, names)).length,
    },
    named: ingredients.length,
    right: ingredients.filter((name) => isThere(name, photo, foods)).length,
    first: {
      isSame: photo.labels.some(isLabel(foods.isSame, first)),
      isKind: photo.labels.some(isLabel(foods.isKind, first)),
    },
  };
}

/** The names of a response with their confidences, right or wrong. */
export const judgeNames = (photo: PhotoCase, answer: PhotoResponse, foods: SameFood): JudgedName[] =>
  answer.foods.flatMap(({ name, confidence }) =>
    confidence === null ? [] : [{ confidence, isRight: isThere(name, photo, foods) }],
  );
