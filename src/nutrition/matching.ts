import type { NameCandidate } from "./food-table.ts";
import { weighSeenName, weighTableName, type Preparation, type WeighedName } from "./name-words.ts";

/** Below this nothing is claimed: half of what was named, or of what the table's name says, is something else. */
export const MATCH_THRESHOLD = 0.5;

/** Only an equal name scores 1. */
const BEST_INEXACT_SCORE = 0.98;

/** What the parts of a score cost at most; set by judgement, checked against a list of names in the tests. */
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
  /** Lower when both name a preparation and not the same. */
  preparation: number;
  /** Lower for raw, dry or infant forms that nobody asked for. */
  asEaten: number;
  /** Lower when the same words name another thing: "milk chocolate", "chocolate milk". */
  order: number;
}

export interface NameMatch {
  candidate: NameCandidate;
  /** 0–1; 1 is an equal name. */
  score: number;
  parts: MatchParts;
}

const EXACT: MatchParts = { named: 1, described: 1, preparation: 1, asEaten: 1, order: 1 };

/** "Cooked" is any way of heating, so it agrees with each of them. */
function hasWord(name: WeighedName, word: string): boolean {
  if (name.weights.has(word)) return true;
  if (word === "~cooked") return [...name.preparations].some((preparation) => HEATED.has(preparation));
  return name.preparations.has("cooked") && HEATED.has(word.slice(1) as Preparation);
}

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

function preparationFactor(seen: WeighedName, table: WeighedName): number {
  if (seen.preparations.size === 0 || table.preparations.size === 0) return 1;
  if ([...seen.preparations].some((preparation) => hasWord(table, `~${preparation}`))) return 1;
  return seen.preparations.has("raw") || table.preparations.has("raw") ? RAW_FOR_COOKED : OTHER_PREPARATION;
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
  seen.head !== null && seen.head !== table.head && table.headPhrase.includes(seen.head) ? OTHER_ORDER : 1;

/** How well a name of the table fits a name as seen, with the reasons. */
function scoreName(seenName: string, seen: WeighedName, candidate: NameCandidate): NameMatch {
  if (seen.key !== "" && seen.key === candidate.nameKey) return { candidate, score: 1, parts: EXACT };
  const table = weighTableName(candidate.name);
  const parts: MatchParts = {
    named: coveredShare(seen, table),
    described: coveredShare(table, seen),
    preparation: preparationFactor(seen, table),
    asEaten: asEatenFactor(seenName, candidate),
    order: orderFactor(seen, table),
  };
  const product = parts.named * parts.described * parts.preparation * parts.asEaten * parts.order;
  return { candidate, score: Math.min(product, BEST_INEXACT_SCORE), parts };
}

const byScore = (a: NameMatch, b: NameMatch): number =>
  b.score - a.score ||
  Number(b.candidate.isDish) - Number(a.candidate.isDish) ||
  a.candidate.nameId - b.candidate.nameId;

/**
 * The foods and dishes that a name may mean, best first, each once with its best-fitting name. The caller claims the
 * first only from `MATCH_THRESHOLD` on.
 */
export function rankCandidates(seenName: string, candidates: readonly NameCandidate[]): NameMatch[] {
  const seen = weighSeenName(seenName);
  const ranked = candidates.map((candidate) => scoreName(seenName, seen, candidate)).sort(byScore);
  const targets = new Set<string>();
  return ranked.filter(({ candidate }) => {
    const target = `${candidate.table}:${candidate.id}`;
    return !targets.has(target) && targets.add(target);
  });
}
