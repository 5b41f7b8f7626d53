import type { Morsel } from "./morsel.ts";

/** Throws when what the sentence says is not so. */
type Check = (morsel: Morsel) => Promise<void>;

/** One sentence of the contract, and the test that finds it true or not. */
export interface Sentence {
  chapter: string;
  says: string;
  check: Check;
}

/** A chapter of the contract: its sentences, each with its check. */
export const chapter = (name: string, checks: Record<string, Check>): Sentence[] =>
  Object.entries(checks).map(([says, check]) => ({ chapter: name, says, check }));
