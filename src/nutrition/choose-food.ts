import { targetKey, type FoodTable } from "./food-table.ts";
import { listAlternatives, matchNames, UNMATCHED, type FoodMatch } from "./match-names.ts";
import { rankCandidates, type NameMatch } from "./matching.ts";
import { searchWords } from "./name-words.ts";
import { nameKey } from "./normalize-name.ts";
import { scaleToGrams, sumNutrients, type Nutrients } from "./nutrients.ts";
import { wholeTraits } from "./plate-score.ts";
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

const NO_FOOD = { per100g: null, foodSource: null, traits: null } as const;

/** Looks a name up, as people of that country say it: the best match, if it is good enough to be claimed. */
export async function chooseByName(table: FoodTable, name: string, countryCode: string | null): Promise<FoodChoice> {
  const [{ claimed, alternatives } = UNMATCHED] = await matchNames(table, [name], countryCode);
  const food = claimed === null ? null : await describe(table, claimed);
  return { name, ...NO_FOOD, ...food, alternatives };
}

/** Takes the food that the user picked among those offered, shown under `name`. Two round trips. */
export async function chooseOffered(table: FoodTable, name: string, offered: OfferedFood): Promise<FoodChoice> {
  const [found = []] = await table.findNames([{ key: nameKey(offered.name), words: searchWords(offered.name) }]);
  const ranked = rankCandidates(offered.name, found);
  const meant = ranked.find(({ candidate }) => candidate.table === offered.table && candidate.id === offered.id);
  const food = meant === undefined ? null : await describe(table, meant);
  const alternatives = listAlternatives(ranked.filter((match) => food === null || match !== meant));
  return { name, ...NO_FOOD, ...food, alternatives };
}
