import { targetKey, type DishComponent, type FoodTable } from "./food-table.ts";
import { claimedTargets, matchNames, UNMATCHED, type FoodMatch, type MatchedName } from "./match-names.ts";
import { scaleToGrams, type Nutrients } from "./nutrients.ts";
import type { ScoreTraits } from "./score-traits.ts";

/** An item of a meal before the food table knows it. */
export interface UnresolvedFood {
  name: string;
  grams: number;
  /** 10th and 90th percentile of the grams. */
  sizeRange: [number, number];
  /** 0–1: how sure it is that this food is there. */
  confidence: number;
}

/** One ingredient, as a record keeps it. Nutrients are those of its size, unrounded; null when no food fits the name. */
export interface ResolvedFood extends Omit<UnresolvedFood, "grams"> {
  servingSize: number;
  unit: "g";
  /** Index of the item that it belongs to: the ingredients of one recipe share their item's error in grams. */
  item: number;
  nutrients: Nutrients | null;
  foodSource: FoodMatch | null;
  /** How it counts in a Nutri-Score; null when no food fits the name. */
  traits: ScoreTraits | null;
  /** The next best foods and dishes for the whole item. */
  alternatives: MatchedName["alternatives"];
}

/**
 * What is left of a food's confidence when its name does not quite fit the table's: all of it for an equal name, half of
 * it when no name fits at all. Set by judgment; `npm run eval` shows how it holds.
 */
const matchedShare = (match: number | null): number => 0.5 + 0.5 * (match ?? 0);

/** The seen grams shared out as the recipe shares them. A single food keeps the name that it was seen under. */
function expandItem(
  seen: UnresolvedFood,
  components: readonly DishComponent[],
  shared: Pick<ResolvedFood, "item" | "alternatives">,
  match: number,
): ResolvedFood[] {
  const servingGrams = components.reduce((sum, { grams }) => sum + grams, 0);
  return components.map(({ food, grams }) => {
    const share = grams / servingGrams;
    return {
      ...shared,
      name: components.length === 1 ? seen.name : food.name,
      servingSize: seen.grams * share,
      unit: "g",
      sizeRange: [seen.sizeRange[0] * share, seen.sizeRange[1] * share],
      confidence: seen.confidence * matchedShare(match),
      nutrients: scaleToGrams(food.nutrients, seen.grams * share),
      foodSource: { table: food.table, id: food.id, match },
      traits: food.traits,
    };
  });
}

/** An item that no name fits, as it was seen. */
const unmatchedFood = (
  { name, grams, sizeRange, confidence }: UnresolvedFood,
  shared: Pick<ResolvedFood, "item" | "alternatives">,
): ResolvedFood => ({
  ...shared,
  name,
  servingSize: grams,
  unit: "g",
  sizeRange,
  confidence: confidence * matchedShare(null),
  nutrients: null,
  foodSource: null,
  traits: null,
});

/**
 * Computes the ingredients of matched items, in one round trip. A dish becomes its components, with grams that add up to
 * the item's; an item that no name fits stays as it is, without nutrients.
 */
export async function expandFoods(
  table: FoodTable,
  items: readonly { food: UnresolvedFood; match: MatchedName }[],
): Promise<ResolvedFood[]> {
  const components = await table.loadComponents(claimedTargets(items.map(({ match }) => match)));
  return items.flatMap(({ food, match: { claimed, alternatives } }, item): ResolvedFood[] => {
    const parts = claimed === null ? undefined : components.get(targetKey(claimed.candidate.target));
    if (claimed === null || parts === undefined) {
      return [unmatchedFood(food, { item, alternatives })];
    }
    return expandItem(food, parts, { item, alternatives }, claimed.score);
  });
}

/**
 * Looks up every seen item in the food table, as people of that country name foods, and computes its ingredients, in two
 * round trips for all of them.
 */
export async function resolveFoods(
  table: FoodTable,
  seen: readonly UnresolvedFood[],
  countryCode: string | null = null,
): Promise<ResolvedFood[]> {
  if (seen.length === 0) return [];
  const names = seen.map(({ name }) => name);
  const matched = await matchNames(table, names, countryCode);
  return expandFoods(
    table,
    seen.map((food, index) => ({ food, match: matched[index] ?? UNMATCHED })),
  );
}
