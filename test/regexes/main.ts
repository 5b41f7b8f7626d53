/* oxlint-disable no-console -- what a command says */
import { glob } from "node:fs/promises";
import { checkSync } from "recheck";
import { regexesOf, regexesWhileLoading, type FoundRegex } from "./find-regexes.ts";

/** Of a pattern with a rare worst case, the search for it is given up after this long. */
const TIMEOUT_MS = 30_000;

/** Expressions that are constructed in calls, and why each is linear. */
const IN_CALLS: ReadonlyMap<string, string> = new Map([
  ["src/analysis/translation/translation-model.ts", "one character class"],
  ["src/nutrition/regional-names.ts", "a phrase of our own table, anchored at the end"],
]);

/** Expressions that are slow up to a bound of their own, by how they begin, and what it is. */
const BOUNDED: readonly (readonly [file: string, beginning: string, why: string])[] = [
  [
    "src/nutrition/labels/columns.ts",
    "(?:serving|serve|",
    "each word for a serving is followed for at most 80 characters",
  ],
];

const isBounded = ({ place, pattern }: FoundRegex): boolean =>
  BOUNDED.some(([file, beginning]) => fileOf(place) === file && pattern.startsWith(beginning));

const fileOf = (place: string): string => place.replace(/:\d{1,9}$/, "");

async function findAll(): Promise<{ regexes: FoundRegex[]; unknown: string[] }> {
  const regexes: FoundRegex[] = [];
  const unknown: string[] = [];
  const files = await Array.fromAsync(glob("src/**/*.{ts,tsx,mjs}"));
  for (const file of files.toSorted()) {
    const { written, isConstructing, constructedInCalls } = await regexesOf(file);
    regexes.push(...written, ...(isConstructing ? await regexesWhileLoading(file) : []));
    unknown.push(...constructedInCalls.filter((place) => !IN_CALLS.has(fileOf(place))));
  }
  return { regexes, unknown };
}

/** What is wrong with a regular expression; null when its time grows no faster than its input. */
function fault({ place, pattern, flags }: FoundRegex): string | null {
  const { status, complexity } = checkSync(pattern, flags, { timeout: TIMEOUT_MS });
  if (status === "safe" || isBounded({ place, pattern, flags })) return null;
  return `${place}: /${pattern}/${flags} takes ${complexity?.summary ?? "an unknown time"}`;
}

const { regexes, unknown } = await findAll();
const faults = [
  ...regexes.map(fault).filter((each) => each !== null),
  ...unknown.map((place) => `${place}: constructed in a function, where nobody has looked at it`),
];
for (const each of faults) console.error(each);
console.log(`regexes: ${regexes.length} are linear in their input: ${faults.length === 0 ? "yes" : "no"}`);
process.exitCode = faults.length === 0 ? 0 : 1;
