import { targetKey, type FoodTable } from "./food-table.ts";
import { MATCH_THRESHOLD, rankCandidates, type NameMatch } from "./matching.ts";
import { searchWords } from "./name-words.ts";
import { nameKey } from "./normalise-name.ts";
import { scaleToGrams, sumNutrients, type Nutrients } from "./nutrients.ts";
import { wholeTraits } from "./plate-score.ts";
import { listAlternatives, type FoodMatch } from "./resolve-foods.ts";
import type { ScoreTraits } from "./score-traits.ts";

/** The food that a user's name for an ingredient leads to. */
export interface FoodChoice {
  name: string;
  /** Nutrients per 100 g; null when the table has no such food. */
  per100g: Nutrients | null;
  foodSource: FoodMatch | null;
  /** How it counts in a Nutri-Score. */
  traits: ScoreTraits | null;
  alternatives: (FoodMatch & { name: string })[];
}

/** A food or dish of the table by its id, under the name that it was offered by. */
export interface OfferedFood {
  table: string;
  id: string;
  name: string;
}

/** What is known of a food, or of a whole dish, which stays one ingredient; null when the table has lost it. */
async function describe(
  table: FoodTable,
  { candidate, score }: NameMatch,
): Promise<Pick<FoodChoice, "per100g" | "foodSource" | "traits"> | null> {
  const components = (await table.loadComponents([candidate.target])).get(targetKey(candidate.target));
  if (components === undefined) return null;
  const servingGrams = components.reduce((sum, { grams }) => sum + grams, 0);
  return {
    per100g: sumNutrients(
      components.map(({ food, grams }) => scaleToGrams(food.nutrients, (grams / servingGrams) * 100)),
    ),
    foodSource: { table: candidate.table, id: candidate.id, match: score },
    traits: wholeTraits(components.map(({ food, grams }) => ({ grams, traits: food.traits }))),
  };
}

async function choose(
  table: FoodTable,
  name: string,
  searched: string,
  isMeant: (match: NameMatch) => boolean,
): Promise<FoodChoice> {
  const [found = []] = await table.findNames([{ key: nameKey(searched), words: searchWords(searched) }]);
  const ranked = rankCandidates(searched, found);
  const meant = ranked.find(isMeant);
  const food = meant === undefined ? null : await describe(table, meant);
  const alternatives = listAlternatives(ranked.filter((match) => food === null || match !== meant));
  return { name, per100g: null, foodSource: null, traits: null, ...food, alternatives };
}

/** Looks a name up: the best match, if it is good enough to be claimed. Two round trips. */
export const chooseByName = (table: FoodTable, name: string): Promise<FoodChoice> =>
  choose(table, name, name, ({ score }) => score >= MATCH_THRESHOLD);

/** Takes the food that the user picked among those offered, shown under `name`. Two round trips. */
export const chooseOffered = (table: FoodTable, name: string, offered: OfferedFood): Promise<FoodChoice> =>
  choose(
    table,
    name,
    offered.name,
    ({ candidate }) => candidate.table === offered.table && candidate.id === offered.id,
  );
