import { commonForm } from "./common-forms.ts";
import type { FoodTable, FoodTableName, FoodTarget, NameCandidate, NameQuery } from "./food-table.ts";
import { MATCH_THRESHOLD, rankCandidates, type NameMatch } from "./matching.ts";
import { wordsOfFood, searchWords } from "./name-words.ts";
import { nameKey, replaceWords } from "./normalize-name.ts";
import { nameIn } from "./regional-names.ts";
import { correctWord, mayBeMisspelt } from "./spelling.ts";

/** A food of the table; `match` 0–1 says how well its name fits. */
export interface FoodMatch {
  table: FoodTableName;
  id: string;
  match: number;
}

/** What the food table makes of a name: the best fitting one, if any fits well enough, and the next best. */
export interface MatchedName {
  claimed: NameMatch | null;
  alternatives: (FoodMatch & { name: string })[];
}

/** A name that the table knows nothing of. */
export const UNMATCHED: MatchedName = { claimed: null, alternatives: [] };

const MAX_ALTERNATIVES = 4;
/** An alternative may fit worse than what is claimed on its own, but must share more than a word in passing. */
const ALTERNATIVE_THRESHOLD = 0.3;

/** What is left of a score where the usual member of a class was taken, or a misspelled word; set by judgment. */
const COMMON_FORM_MEANING = 0.8;
const CORRECTED_MEANING = 0.9;

/** A way to understand a name. Where only its exact name counts, it is another food than the words on their own. */
interface Reading {
  name: string;
  isExactOnly: boolean;
  meaning: number;
}

/** The ways to understand a name, the first that leads to something counts: "chips" may be French fries, "fish" cod. */
function readings(name: string, countryCode: string | null): Reading[] {
  const regional = nameIn(countryCode, name);
  const tableName = regional?.name ?? name;
  // "Fish and chips" is a dish of the table before its chips are what the country says.
  const asSaid: Reading[] = regional === null || regional.isWhole ? [] : [{ name, isExactOnly: true, meaning: 1 }];
  const form = commonForm(tableName);
  if (form === null) return [...asSaid, { name: tableName, isExactOnly: false, meaning: 1 }];
  return [
    ...asSaid,
    { name: tableName, isExactOnly: true, meaning: 1 },
    { name: form, isExactOnly: false, meaning: COMMON_FORM_MEANING },
  ];
}

const queryFor = ({ name, isExactOnly }: Reading): NameQuery => ({
  key: nameKey(name),
  words: isExactOnly ? [] : searchWords(name),
});

interface ReadName {
  ranked: NameMatch[];
  /** Food words that none of the found names has. */
  unknownWords: string[];
}

function rankReading({ name, isExactOnly, meaning }: Reading, candidates: readonly NameCandidate[]): ReadName {
  const key = nameKey(name);
  const known = new Set(candidates.flatMap((candidate) => candidate.nameKey.split(" ")));
  return {
    ranked: rankCandidates(
      name,
      isExactOnly ? candidates.filter((candidate) => candidate.nameKey === key) : candidates,
      meaning,
    ),
    unknownWords: isExactOnly ? [] : wordsOfFood(name).filter((word) => !known.has(word)),
  };
}

/** Looks up every reading of every name, in one round trip; of each name the first reading that leads to something. */
async function readNames(table: FoodTable, names: readonly (readonly Reading[])[]): Promise<ReadName[]> {
  const found = await table.findNames(names.flat().map(queryFor));
  return names.map((ways) => {
    const read = ways.map((way) => rankReading(way, found.shift() ?? []));
    return read.find(({ ranked }) => ranked.length > 0) ?? read.at(-1) ?? { ranked: [], unknownWords: [] };
  });
}

/** The names with their misspelled words corrected, where there is such a word; one round trip, none if all are known. */
async function correctNames(table: FoodTable, read: readonly ReadName[], names: readonly string[]): Promise<string[]> {
  const unknown = [...new Set(read.flatMap(({ unknownWords }) => unknownWords).filter(mayBeMisspelt))];
  if (unknown.length === 0) return [...names];
  const words = await table.findWordsLike(unknown);
  return names.map((name, index) => {
    const wrong = new Set(read[index]?.unknownWords);
    return replaceWords(name, (word) => (wrong.has(word) ? correctWord(word, words) : null));
  });
}

/** The foods to offer beside the one that is claimed, best first. */
export const listAlternatives = (ranked: readonly NameMatch[]): MatchedName["alternatives"] =>
  ranked
    .filter(({ score }) => score >= ALTERNATIVE_THRESHOLD)
    .slice(0, MAX_ALTERNATIVES)
    .map(({ candidate, score }) => ({
      name: candidate.displayName,
      table: candidate.table,
      id: candidate.id,
      match: score,
    }));

function claimBest(ranked: readonly NameMatch[]): MatchedName {
  const [best, ...others] = ranked;
  const claimed = best !== undefined && best.score >= MATCH_THRESHOLD ? best : null;
  return { claimed, alternatives: listAlternatives(claimed === null ? ranked : others) };
}

/**
 * Looks up names in the food table, as people of a country say them, in one round trip for all of them; in two more
 * when one has a word that no food has, which may be misspelled.
 */
export async function matchNames(
  table: FoodTable,
  names: readonly string[],
  countryCode: string | null = null,
): Promise<MatchedName[]> {
  if (names.length === 0) return [];
  const read = await readNames(
    table,
    names.map((name) => readings(name, countryCode)),
  );
  const corrected = await correctNames(table, read, names);
  const changed = corrected.filter((name, index) => name !== names[index]);
  const again =
    changed.length === 0
      ? []
      : await readNames(
          table,
          changed.map((name) =>
            readings(name, countryCode).map((way) => ({ ...way, meaning: way.meaning * CORRECTED_MEANING })),
          ),
        );
  return names.map((name, index) => {
    const asRead = claimBest(read[index]?.ranked ?? []);
    const asCorrected = corrected[index] === name ? null : claimBest(again.shift()?.ranked ?? []);
    return asCorrected !== null && (asCorrected.claimed?.score ?? 0) > (asRead.claimed?.score ?? 0)
      ? asCorrected
      : asRead;
  });
}

/** The targets of the names that were claimed. */
export const claimedTargets = (matched: readonly MatchedName[]): FoodTarget[] =>
  matched.flatMap(({ claimed }) => (claimed === null ? [] : [claimed.candidate.target]));
