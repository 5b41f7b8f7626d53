import type { NameCandidate } from "./food-table.ts";
import {
  isCut,
  preparationsIn,
  weighSeenName,
  weighTableName,
  type Preparation,
  type WeighedName,
} from "./name-words.ts";

/** Below this nothing is claimed: half of what was named, or of what the table's name says, is something else. */
export const MATCH_THRESHOLD = 0.5;

/** Only an equal name scores 1. */
const BEST_INEXACT_SCORE = 0.98;

/** What the parts of a score cost at most; set by judgment, checked against a list of names in the tests. */
const OTHER_PREPARATION = 0.85;
const RAW_FOR_COOKED = 0.7;
const NOT_AS_EATEN_FACTOR = 0.8;
const SPECIAL_GROUP_FACTOR = 0.7;
const OTHER_ORDER = 0.45;

const HEATED: ReadonlySet<Preparation> = new Set(["grilled", "roasted", "fried", "boiled", "braised", "cooked"]);

/** What a description says of foods that are not ready to eat. Fish "cooked, dry heat" and dry-roasted nuts are. */
const UNCOOKED = /\b(?:raw|uncooked|unheated|unprepared|ready-to-bake)\b/iu;
const DRY = /\b(?:dried|dehydrated|powder|powdered|condensed|concentrate)\b|\bdry\b(?!,? heat|[- ]roasted)/iu;

/** Groups whose foods are eaten raw as a rule, and those that are also sold dry as a rule. */
const EATEN_RAW: ReadonlySet<string> = new Set([
  "Fruits and Fruit Juices",
  "Vegetables and Vegetable Products",
  "Nut and Seed Products",
  "Spices and Herbs",
]);
const EATEN_DRY: ReadonlySet<string> = new Set(["Nut and Seed Products", "Spices and Herbs"]);

/** Groups that are meant only by who names them. */
const SPECIAL_GROUPS: ReadonlyMap<string, RegExp> = new Map([
  ["Baby Foods", /\b(?:baby|infant|toddler)/iu],
  ["American Indian/Alaska Native Foods", /\b(?:alaska|native|navajo|apache|hopi)/iu],
]);

/** Why a score is what it is: each part is 0–1, the score is their product. */
export interface MatchParts {
  /** Share of the seen name's words, by weight, that the table's name has. */
  named: number;
  /** Share of the table name's words, by weight, that were seen. */
  described: number;
  /** Lower when both name a preparation and not the same; the table's may stand in the food's description. */
  preparation: number;
  /** Lower for raw, dry or infant forms that no one asked for. */
  asEaten: number;
  /** Lower when the same words name another thing: "milk chocolate", "chocolate milk". */
  order: number;
  /** Lower when another name was looked up: the usual member of a class of foods, or a word spelt otherwise. */
  meaning: number;
}

export interface NameMatch {
  candidate: NameCandidate;
  /** 0–1; 1 is an equal name. */
  score: number;
  parts: MatchParts;
}

const EXACT: MatchParts = { named: 1, described: 1, preparation: 1, asEaten: 1, order: 1, meaning: 1 };

/** "Cooked" is any way of heating, so it agrees with each of them. */
const agrees = (preparation: Preparation, others: ReadonlySet<Preparation>): boolean =>
  others.has(preparation) ||
  (preparation === "cooked" && [...others].some((other) => HEATED.has(other))) ||
  (others.has("cooked") && HEATED.has(preparation));

const hasWord = (name: WeighedName, word: string): boolean =>
  name.weights.has(word) || (word.startsWith("~") && agrees(word.slice(1) as Preparation, name.preparations));

/** Share of `name`'s weight whose words `other` has too. */
function coveredShare(name: WeighedName, other: WeighedName): number {
  let covered = 0;
  let total = 0;
  for (const [word, weight] of name.weights) {
    total += weight;
    if (hasWord(other, word)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}

function preparationFactor(seen: WeighedName, table: WeighedName, { description }: NameCandidate): number {
  const named = table.preparations.size > 0 ? table.preparations : preparationsIn(description ?? "");
  if (seen.preparations.size === 0 || named.size === 0) return 1;
  if ([...seen.preparations].some((preparation) => agrees(preparation, named))) return 1;
  return seen.preparations.has("raw") || named.has("raw") ? RAW_FOR_COOKED : OTHER_PREPARATION;
}

function asEatenFactor(seenName: string, { isDish, description, foodGroup }: NameCandidate): number {
  if (isDish || description === null || foodGroup === null) return 1;
  const asked = SPECIAL_GROUPS.get(foodGroup);
  const group = asked !== undefined && !asked.test(seenName) ? SPECIAL_GROUP_FACTOR : 1;
  const uncooked = UNCOOKED.test(description) && !EATEN_RAW.has(foodGroup) && !UNCOOKED.test(seenName);
  const dry = DRY.test(description) && !EATEN_DRY.has(foodGroup) && !DRY.test(seenName);
  return uncooked || dry ? group * NOT_AS_EATEN_FACTOR : group;
}

/** What stands before a noun only describes it: of "chocolate milk" and "milk chocolate" the last word decides. */
const orderFactor = (seen: WeighedName, table: WeighedName): number =>
  seen.head !== null && !isCut(seen.head) && seen.head !== table.head && table.headPhrase.includes(seen.head)
    ? OTHER_ORDER
    : 1;

/**
 * How well a name of the table fits a name as seen, with the reasons. A name without any food fits only an equal one.
 */
function scoreName(seenName: string, seen: WeighedName, candidate: NameCandidate, meaning: number): NameMatch {
  if (seen.key !== "" && seen.key === candidate.nameKey) {
    return { candidate, score: meaning, parts: { ...EXACT, meaning } };
  }
  const table = weighTableName(candidate.name);
  const parts: MatchParts = {
    named: seen.head === null ? 0 : coveredShare(seen, table),
    described: coveredShare(table, seen),
    preparation: preparationFactor(seen, table, candidate),
    asEaten: asEatenFactor(seenName, candidate),
    order: orderFactor(seen, table),
    meaning,
  };
  const fit = parts.named * parts.described * parts.preparation * parts.asEaten * parts.order;
  return { candidate, score: Math.min(fit, BEST_INEXACT_SCORE) * meaning, parts };
}

const byScore = (a: NameMatch, b: NameMatch): number =>
  b.score - a.score ||
  Number(b.candidate.isDish) - Number(a.candidate.isDish) ||
  a.candidate.nameId - b.candidate.nameId;

/**
 * The foods and dishes that a name may mean, best first, each once with its best-fitting name. The caller claims the
 * first only from `MATCH_THRESHOLD` on. `meaning` is how sure it is that this name is what was meant, 0–1.
 */
export function rankCandidates(seenName: string, candidates: readonly NameCandidate[], meaning = 1): NameMatch[] {
  const seen = weighSeenName(seenName);
  const ranked = candidates.map((candidate) => scoreName(seenName, seen, candidate, meaning)).sort(byScore);
  const targets = new Set<string>();
  return ranked.filter(({ candidate }) => {
    const target = `${candidate.table}:${candidate.id}`;
    return !targets.has(target) && targets.add(target);
  });
}
