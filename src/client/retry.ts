import type { MorselProblem } from "./problem.ts";

/** Grows by doubling: about 0.5 s, 1 s, 2 s … */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;
/** Who is asked to wait longer than this is told, instead of being kept waiting. */
const MAX_RETRY_AFTER_SECONDS = 60;
/** Clients that were turned away together must not come back together. */
const JITTER = 0.25;

/** With these, the service says that it has accepted nothing: whatever was asked may be asked again. */
const NOTHING_ACCEPTED = new Set([429, 503]);

/** The length of time with up to a quarter more, never less: a `Retry-After` is a lower bound. `random` is from 0 to 1. */
export const jittered = (ms: number, random: number): number => ms * (1 + JITTER * random);

/**
 * How long to wait before the same request is sent again, milliseconds; null = it is not.
 * @param repeatable Whether doing it twice is doing it once: it reads, it sets, or it carries an Idempotency-Key.
 * @param retries How often it was sent again already.
 */
export function retryDelayMs(
  problem: MorselProblem,
  { repeatable, retries, maxRetries }: { repeatable: boolean; retries: number; maxRetries: number },
  random: number,
): number | null {
  if (retries >= maxRetries) return null;
  if (!NOTHING_ACCEPTED.has(problem.status) && !(repeatable && problem.retryable)) return null;
  const asked = problem.retryAfterSeconds ?? 0;
  if (asked > MAX_RETRY_AFTER_SECONDS) return null;
  return jittered(Math.max(Math.min(FIRST_DELAY_MS * 2 ** retries, MAX_DELAY_MS), asked * 1000), random);
}
