/** The foods that the embedded detector can name, as people say them and as the food table lists them. */
export const EMBEDDED_FOODS = [
  "banana",
  "apple",
  "sandwich",
  "orange",
  "broccoli",
  "carrot",
  "hot dog",
  "pizza",
  "donut",
  "cake",
] as const;

export type EmbeddedFood = (typeof EMBEDDED_FOODS)[number];

export type WeightError = "third" | "double" | "unknown";

/** What one box on the photo weighs, in grams as eaten. */
interface PieceWeight {
  grams: number;
  /** Light and heavy piece, about the 10th and 90th percentile. */
  range: [number, number];
  /**
   * How far a piece can be off: `third`, about 30 %; `double`, half or twice the weight; `unknown`, because the box may
   * hold a slice or the whole.
   */
  error: WeightError;
}

/** Slices of a whole pizza, for the upper end of what a box labeled "pizza" may hold. */
const SLICES_PER_PIZZA = 8;

/**
 * Medium pieces, with the small and the large one as range: household portions of USDA SR Legacy. Where the table has
 * one portion only (hot dog) or where sizes vary more than its portions (sandwich, cake), the range follows `error`.
 * The boxes' areas are not used: even with a scale in the photo, the typical piece predicted these weights as well.
 */
export const PIECE_WEIGHTS: Record<EmbeddedFood, PieceWeight> = {
  banana: { grams: 118, range: [81, 152], error: "third" },
  apple: { grams: 182, range: [149, 223], error: "third" },
  orange: { grams: 131, range: [96, 184], error: "third" },
  carrot: { grams: 61, range: [50, 72], error: "third" },
  "hot dog": { grams: 98, range: [69, 127], error: "third" },
  donut: { grams: 60, range: [31, 75], error: "third" },
  // A cup; the range is a spear and a whole stalk.
  broccoli: { grams: 91, range: [31, 151], error: "double" },
  sandwich: { grams: 180, range: [90, 360], error: "double" },
  cake: { grams: 95, range: [48, 190], error: "double" },
  // A slice of 96-127 g, or a whole one.
  pizza: { grams: 107, range: [96, 127 * SLICES_PER_PIZZA], error: "unknown" },
};
