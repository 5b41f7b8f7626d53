import { targetKey, type FoodTable } from "../../nutrition/food-table.ts";
import { matchNames } from "../../nutrition/match-names.ts";
import { weighSeenName } from "../../nutrition/name-words.ts";
import { nameKey } from "../../nutrition/normalize-name.ts";

/**
 * Whether two names mean one food, as the food table has it: "french_fries" and "fries" lead to the same row. Other
 * names for one thing are no error; neither are words that only the table could tell apart.
 */
export interface SameFood {
  /** The same words, or the same food or dish of the table. */
  isSame: (a: string, b: string) => boolean;
  /** The same food, or the same noun: "cherry pie" is at least a pie. */
  isKind: (a: string, b: string) => boolean;
  /** The food is one of the ingredients of which the table makes the dish. */
  isPartOf: (food: string, dish: string) => boolean;
}

/** Names that are looked up in one round trip. */
const NAMES_A_TRIP = 20;

async function findTargets(table: FoodTable, names: readonly string[], tell: (done: number) => void) {
  const targets = new Map<string, { key: string; parts: ReadonlySet<string> }>();
  for (let start = 0; start < names.length; start += NAMES_A_TRIP) {
    const some = names.slice(start, start + NAMES_A_TRIP);
    const matched = await matchNames(table, some);
    const claimed = matched.map(({ claimed: match }) => match?.candidate.target);
    const components = await table.loadComponents(claimed.filter((target) => target !== undefined));
    for (const [index, name] of some.entries()) {
      const target = claimed[index];
      if (target === undefined) continue;
      const key = targetKey(target);
      const parts = (components.get(key) ?? []).map(({ food }) => targetKey({ kind: "food", fdcId: food.fdcId }));
      targets.set(name, { key, parts: new Set(target.kind === "recipe" ? parts : []) });
    }
    tell(Math.min(start + NAMES_A_TRIP, names.length));
  }
  return targets;
}

/** Looks all names up once; the comparisons that follow need no queries. */
export async function compareFoods(
  table: FoodTable,
  names: Iterable<string>,
  tell: (done: number) => void,
): Promise<SameFood> {
  const targets = await findTargets(table, [...new Set(names)], tell);
  const isSame = (a: string, b: string): boolean => {
    const target = targets.get(a)?.key;
    return nameKey(a) === nameKey(b) || (target !== undefined && target === targets.get(b)?.key);
  };
  return {
    isSame,
    isKind: (a, b) => {
      const { head } = weighSeenName(a);
      return isSame(a, b) || (head !== null && head === weighSeenName(b).head);
    },
    isPartOf: (food, dish) => {
      const key = targets.get(food)?.key;
      return key !== undefined && (targets.get(dish)?.parts.has(key) ?? false);
    },
  };
}
