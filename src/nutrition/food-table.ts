import type { Nutrients } from "./nutrients.ts";
import type { FoodPortions } from "./portions.ts";
import type { ScoreTraits } from "./score-traits.ts";
import type { KnownWord } from "./spelling.ts";

/** Where a food's values stand: USDA's table, or Morsel's own dishes, which consist of USDA's foods. */
export type FoodTableName = "usda_sr_legacy" | "morsel_dishes";

/** A food of the table, with its nutrients per 100 g. */
export interface Food {
  fdcId: number;
  table: FoodTableName;
  /** USDA's NDB number, or the FDC id where a food has none. */
  id: string;
  /** What people call it, else the table's description. */
  name: string;
  nutrients: Nutrients;
  traits: ScoreTraits;
}

/** What one serving of a dish contains of a food. */
export interface DishComponent {
  food: Food;
  grams: number;
}

/** What a name leads to: one food, or a recipe that is computed from its components. */
export type FoodTarget = { kind: "food"; fdcId: number } | { kind: "recipe"; slug: string };

/** One name of the table that may be meant. Names of the same food or dish come as several of these. */
export interface NameCandidate {
  /** Orders names that fit equally well: dishes first, the more usual ones before the others. */
  nameId: number;
  name: string;
  nameKey: string;
  target: FoodTarget;
  table: FoodTableName;
  /** Identifies the target within its table. */
  id: string;
  /** How to show the target to people. */
  displayName: string;
  /** Dishes are given as eaten; foods may also be listed raw or dry, which their description says. */
  isDish: boolean;
  description: string | null;
  foodGroup: string | null;
}

/** How a name is searched for. */
export interface NameQuery {
  /** `nameKey` of the name, for the exact look-up. */
  key: string;
  /** The words that tell foods apart, in the form of `nameKey`, for full-text search; none: exact only. */
  words: readonly string[];
}

/** The food table as matching and resolving need it. */
export interface FoodTable {
  /** For each query the names equal to its key and the best full-text hits, in one round trip. */
  findNames(queries: readonly NameQuery[]): Promise<NameCandidate[][]>;
  /** The words of its names that begin like one of these and are about as long, in one round trip. */
  findWordsLike(words: readonly string[]): Promise<KnownWord[]>;
  /** The foods of these targets by target, in one round trip: a food is a single component of 100 g. */
  loadComponents(targets: readonly FoodTarget[]): Promise<ReadonlyMap<string, readonly DishComponent[]>>;
  /** The household measures and usual serving of these targets by target, in one round trip. */
  loadPortions(targets: readonly FoodTarget[]): Promise<ReadonlyMap<string, FoodPortions>>;
}

/** The key of a target in the response of `loadComponents`. */
export const targetKey = (target: FoodTarget): string =>
  target.kind === "food" ? `food:${target.fdcId}` : `recipe:${target.slug}`;
