import { AsyncLocalStorage } from "node:async_hooks";
import type { Isolate } from "./isolates.ts";

/** What an object has stored in its present turn. */
export interface Turn {
  readonly isOpen: boolean;
  commit(): void;
  rollback(): void;
}

/**
 * One thing that the platform runs and may kill: a request, a batch of the queue, the sweep, or an object's life. Its
 * calls leave it at the end of the turn, once what the turn stored is committed: the platform's output gate.
 */
export interface Domain {
  readonly name: string;
  readonly kind: "world" | "invocation" | "object";
  /** Null for the world itself. */
  readonly isolate: Isolate | null;
  alive: boolean;
  /** Calls and answers that leave when the turn has ended. */
  outgoing: (() => void)[];
  /** What the world does when it is killed. */
  onKill: (() => void) | null;
  readonly turn: Turn | null;
}

/** Which domain the code that runs belongs to. */
export const whereabouts = new AsyncLocalStorage<Domain>();
