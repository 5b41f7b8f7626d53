import type { FailureCode } from "../../records/record.ts";

/** A share of 1 in percent. */
export const asPercent = (share: number): string => `${Math.round(share * 100)} %`;

const TABLES: Readonly<Record<string, string>> = { usda_sr_legacy: "USDA SR Legacy" };

/** A food table by the name that people know it by. */
export const tableName = (table: string): string => TABLES[table] ?? table;

/** From which confidence on a word holds, the surest first. */
const SURENESS: readonly [from: number, word: string][] = [
  [0.8, "quite sure"],
  [0.6, "fairly sure"],
  [0.4, "not very sure"],
  [0, "a guess"],
];

/** A confidence in words. */
export const surenessOf = (confidence: number): string =>
  SURENESS.find(([from]) => confidence >= from)?.[1] ?? "a guess";

/** What a person can do about an analysis that has failed. */
export const FAILURE_HELP: Readonly<Record<FailureCode, readonly string[]>> = {
  no_food_found: [
    "Take the photo from above or at an angle, in good light, with the whole plate in the frame.",
    "Keep non-food items out of the frame: packages, hands, menus.",
  ],
  image_unreadable: ["Save the photo again as a JPEG, or take a new one.", "Upload the original, not a preview of it."],
  label_not_found: [
    "Hold the camera straight over the label, so that the label fills the frame and every line is sharp.",
  ],
  analysis_unavailable: [
    "The models were unavailable for a while. Try again in a few minutes: nothing is wrong with the photo.",
  ],
  timed_out: ["The analysis took too long, which has nothing to do with the photo. Try again."],
  canceled: ["The analysis was stopped before it finished. Upload the photo again if that was a mistake."],
};

/** What is said of one ingredient. */
export interface ToldIngredient {
  /** Null for what a user has said. */
  confidence: number | null;
  /** Whether a food of the table stands behind it. */
  isKnown: boolean;
  size: number;
}

const correctedText = (count: number, total: number): string =>
  total === 1 ? "You corrected it." : `You corrected ${count} of ${total} ingredients.`;

const unknownText = (count: number, total: number): string =>
  total === 1
    ? "It is not in the food table, and not counted."
    : `${count} of ${total} ingredients ${count === 1 ? "is" : "are"} not in the food table, and not counted.`;

/** How sure a dish is, of what was recognized in it and is known: what a user says, and what has no food, is neither. */
export function sureness(ingredients: readonly ToldIngredient[]): string {
  const total = ingredients.length;
  const recognized = ingredients.filter(({ confidence, isKnown }) => confidence !== null && isKnown);
  const corrected = ingredients.filter(({ confidence }) => confidence === null).length;
  const unknown = ingredients.filter(({ isKnown }) => !isKnown).length;
  const size = recognized.reduce((sum, ingredient) => sum + ingredient.size, 0);
  const mean = recognized.reduce((sum, ingredient) => sum + (ingredient.confidence ?? 0) * ingredient.size, 0) / size;
  return [
    ...(size > 0 ? [`${asPercent(mean)} confidence: ${surenessOf(mean)}.`] : []),
    ...(corrected > 0 ? [correctedText(corrected, total)] : []),
    ...(unknown > 0 ? [unknownText(unknown, total)] : []),
  ].join(" ");
}
