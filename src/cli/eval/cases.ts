/** What is known to be true of a meal; null = not known. */
export interface Truth {
  grams: number | null;
  kcal: number | null;
  protein_g: number | null;
  fat_g: number | null;
  carbohydrate_g: number | null;
}

export const TRUTH_FIELDS = [
  "grams",
  "kcal",
  "protein_g",
  "fat_g",
  "carbohydrate_g",
] as const satisfies (keyof Truth)[];

export const UNKNOWN_TRUTH: Truth = { grams: null, kcal: null, protein_g: null, fat_g: null, carbohydrate_g: null };

/** A photo and what it shows. */
export interface PhotoCase {
  name: string;
  /** Where the photo is. */
  file: string;
  /** The foods that a camera can see; none = there is no food in the photo. */
  labels: string[];
  /** Foods that are there too, but as traces: right when they are named, not missed when they are not. */
  traces: string[];
  truth: Truth;
}

/** A meal of known ingredients. */
export interface MealCase {
  name: string;
  items: { name: string; grams: number }[];
  truth: Truth;
}

/** Cases that were read, and sentences about what had to be omitted. */
export interface Cases<Case> {
  cases: Case[];
  notes: string[];
}
