import type { Cast } from "./cast.ts";
import type { Clients } from "./clients.ts";
import type { Ledger } from "./invariants/ledger.ts";
import type { Platform } from "./world/platform.ts";
import { ADMIN_TOKEN } from "./world/platform.ts";

/** What people act in. */
export interface Scene {
  platform: Platform;
  clients: Clients;
  cast: Cast;
  ledger: Ledger;
  /** When the run began, Unix milliseconds. */
  start: number;
}

export const ADMINISTRATOR = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** Something that can be done, and how often compared with the others. */
export type Weighted<Act> = readonly (readonly [Act, number])[];

/** Each act as often as it weighs. The first is the harmless one. */
export const weigh = <Act>(acts: Weighted<Act>): Act[] =>
  acts.flatMap(([act, weight]) => Array.from({ length: weight }, () => act));
