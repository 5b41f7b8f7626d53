import type { MorselProblem } from "./problem.ts";

/** Grows by doubling: about 0.5 s, 1 s, 2 s … */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;
/** A longer `Retry-After` is reported to the caller instead of waited for. */
const MAX_RETRY_AFTER_SECONDS = 60;
/** Clients that were rejected together must not retry together. */
const JITTER = 0.25;

/** With these statuses the service has accepted nothing: any request can be retried. */
const NOTHING_ACCEPTED = new Set([429, 503]);

/**
 * The length of time with up to a quarter more, never less: a `Retry-After` is a lower bound. `random` is from 0 to 1.
 */
export const jittered = (ms: number, random: number): number => ms * (1 + JITTER * random);

/**
 * How long to wait before retrying the same request, milliseconds; null = no retry.
 * @param repeatable Whether the request is idempotent: it reads, it sets, or it carries an Idempotency-Key.
 * @param retries How often it was redelivered already.
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
