import { targetKey, type FoodTable } from "./food-table.ts";
import { nameKey } from "./normalize-name.ts";
import { gramsOf, type FoodPortions } from "./portions.ts";
import { claimedTargets, matchNames, UNMATCHED, type MatchedName } from "./match-names.ts";
import type { UnresolvedFood } from "./resolve-foods.ts";
import type { MealItem } from "./text/parse-meal.ts";

/** A food of a sentence, weighed, with what the food table makes of its name. */
export interface WeighedItem {
  food: UnresolvedFood;
  match: MatchedName;
}

/** A person who says what they ate knows what it was. How well the table's food matches is reported separately. */
const SAID_CONFIDENCE = 0.95;

const NO_PORTIONS: FoodPortions = { servingGrams: null, portions: [] };

/** Whether the table knows "macaroni and cheese" as one food, by exactly this name. */
const isOneFood = (name: string, match: MatchedName | undefined): boolean =>
  match?.claimed?.candidate.nameKey === nameKey(name);

/** Two neighbors as one name; null where the second has an amount of its own and so is a food of its own. */
function jointName(first: MealItem | undefined, second: MealItem | undefined): string | null {
  const isBare = second?.amount.quantity === null && second.amount.measure === null;
  return first === undefined || !isBare || second.joined === null
    ? null
    : `${first.name} ${second.joined} ${second.name}`;
}

/** Puts together again what "and" or "with" joins to one food: "fish and chips", "chili with beans". */
async function joinNames(
  table: FoodTable,
  items: readonly MealItem[],
  countryCode: string | null,
): Promise<MealItem[]> {
  const names = items.map((item, index) => jointName(items[index - 1], item));
  const asked = names.filter((name) => name !== null);
  const matches = await matchNames(table, asked, countryCode);
  const joined: MealItem[] = [];
  for (const [index, item] of items.entries()) {
    const name = names[index] ?? null;
    const previous = joined.at(-1);
    const isJoint = name !== null && previous === items[index - 1] && isOneFood(name, matches[asked.indexOf(name)]);
    if (isJoint && previous !== undefined) joined[joined.length - 1] = { ...previous, name };
    else joined.push(item);
  }
  return joined;
}

/**
 * Looks up the foods of a sentence and weighs them by the table's household measures, in three round trips for all of
 * them, named as people of that country do. An item that no name fits is weighed as a usual portion of anything, with a
 * range that says so.
 */
export async function weighMeal(
  table: FoodTable,
  items: readonly MealItem[],
  countryCode: string | null = null,
): Promise<WeighedItem[]> {
  const joined = await joinNames(table, items, countryCode);
  const matches = await matchNames(
    table,
    joined.map(({ name }) => name),
    countryCode,
  );
  const portions = await table.loadPortions(claimedTargets(matches));
  return joined.map(({ name, amount }, index) => {
    const match = matches[index] ?? UNMATCHED;
    const known = match.claimed === null ? undefined : portions.get(targetKey(match.claimed.candidate.target));
    const weighed = gramsOf(amount, known ?? NO_PORTIONS);
    return { food: { name, ...weighed, confidence: SAID_CONFIDENCE }, match };
  });
}
