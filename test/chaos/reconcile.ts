import { CHECKS } from "./checks.ts";
import type { Ledger } from "./ledger.ts";
import type { Stored } from "./stored.ts";

/** All that is known when everything rests. */
export interface Evidence {
  ledger: Ledger;
  stored: Stored;
  /** The events that each application's endpoint must hear of. */
  wants: ReadonlyMap<number, ReadonlySet<string>>;
  /** How many kills were asked for. */
  kills: number;
}

/** Something that is not as it was promised. */
export interface Flaw {
  /** The record that it is about; null for none. */
  recordId: string | null;
  /** What was expected, and what is there instead. */
  expected: string;
}

/** One promise, how many things it was held against, and where it was not kept. */
export interface Check {
  name: string;
  looked: number;
  flaws: Flaw[];
}

/** Holds everything that was promised against what is there. */
export const reconcile = (evidence: Evidence): Check[] => CHECKS.map(({ name, look }) => ({ name, ...look(evidence) }));
