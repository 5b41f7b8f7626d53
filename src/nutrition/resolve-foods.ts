import { targetKey, type DishComponent, type FoodTable, type FoodTableName, type FoodTarget } from "./food-table.ts";
import { MATCH_THRESHOLD, rankCandidates, type NameMatch } from "./matching.ts";
import { searchWords } from "./name-words.ts";
import { nameKey } from "./normalise-name.ts";
import { scaleToGrams, type Nutrients } from "./nutrients.ts";
import type { ScoreTraits } from "./score-traits.ts";

/** An item of a meal before the food table knows it. */
export interface UnresolvedFood {
  name: string;
  grams: number;
  /** 10th and 90th percentile of the grams. */
  gramsRange: [number, number];
  /** 0–1: how sure it is that this food is there. */
  confidence: number;
}

/** A food of the table; `match` 0–1 says how well its name fits. */
export interface FoodMatch {
  table: FoodTableName;
  id: string;
  match: number;
}

/** One ingredient. Nutrients are those of its grams, unrounded; null when no food fits the name. */
export interface ResolvedFood extends UnresolvedFood {
  /** Index of the item that it belongs to: the ingredients of one recipe share their item's error in grams. */
  item: number;
  nutrients: Nutrients | null;
  foodSource: FoodMatch | null;
  /** How it counts in a Nutri-Score; null when no food fits the name. */
  traits: ScoreTraits | null;
  /** The next best foods and dishes for the whole item. */
  alternatives: (FoodMatch & { name: string })[];
}

const MAX_ALTERNATIVES = 4;
/** An alternative may fit worse than what is claimed by itself, but must share more than a word in passing. */
const ALTERNATIVE_THRESHOLD = 0.3;

/**
 * What is left of a food's confidence when its name does not quite fit the table's: all of it for an equal name, half of
 * it when no name fits at all. Set by judgement; `npm run eval` shows how it holds.
 */
const matchedShare = (match: number | null): number => 0.5 + 0.5 * (match ?? 0);

const toAlternative = ({ candidate, score }: NameMatch): FoodMatch & { name: string } => ({
  name: candidate.displayName,
  table: candidate.table,
  id: candidate.id,
  match: score,
});

/** The foods to offer beside the one that is claimed, best first. */
export function listAlternatives(ranked: readonly NameMatch[]): ResolvedFood["alternatives"] {
  return ranked
    .filter(({ score }) => score >= ALTERNATIVE_THRESHOLD)
    .slice(0, MAX_ALTERNATIVES)
    .map(toAlternative);
}

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
      grams: seen.grams * share,
      gramsRange: [seen.gramsRange[0] * share, seen.gramsRange[1] * share],
      confidence: seen.confidence * matchedShare(match),
      nutrients: scaleToGrams(food.nutrients, seen.grams * share),
      foodSource: { table: food.table, id: food.id, match },
      traits: food.traits,
    };
  });
}

/** What the food table makes of a name: the best fitting one, if any fits well enough, and the next best. */
export interface MatchedName {
  claimed: NameMatch | null;
  alternatives: ResolvedFood["alternatives"];
}

/** Looks up names in the food table, in one round trip for all of them. */
export async function matchNames(table: FoodTable, names: readonly string[]): Promise<MatchedName[]> {
  if (names.length === 0) return [];
  const found = await table.findNames(names.map((name) => ({ key: nameKey(name), words: searchWords(name) })));
  return names.map((name, index) => {
    const ranked = rankCandidates(name, found[index] ?? []);
    const [best, ...others] = ranked;
    const claimed = best !== undefined && best.score >= MATCH_THRESHOLD ? best : null;
    return { claimed, alternatives: listAlternatives(claimed === null ? ranked : others) };
  });
}

/** The targets of the names that were claimed. */
export const claimedTargets = (matched: readonly MatchedName[]): FoodTarget[] =>
  matched.flatMap(({ claimed }) => (claimed === null ? [] : [claimed.candidate.target]));

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
      const confidence = food.confidence * matchedShare(null);
      return [{ ...food, confidence, item, nutrients: null, foodSource: null, traits: null, alternatives }];
    }
    return expandItem(food, parts, { item, alternatives }, claimed.score);
  });
}

/** Looks up every seen item in the food table and computes its ingredients, in two round trips for all of them. */
export async function resolveFoods(table: FoodTable, seen: readonly UnresolvedFood[]): Promise<ResolvedFood[]> {
  if (seen.length === 0) return [];
  const matched = await matchNames(
    table,
    seen.map(({ name }) => name),
  );
  return expandFoods(
    table,
    seen.map((food, index) => ({ food, match: matched[index] ?? { claimed: null, alternatives: [] } })),
  );
}
