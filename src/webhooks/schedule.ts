import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../time.ts";

/** Waits before the 2nd, 3rd, … attempt: 5 s, 2 min, 30 min, 2 h, then every 12 h; ten attempts in all. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  2 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  ...Array.from({ length: 5 }, () => 12 * HOUR_MS),
];

/** Attempts that the schedule makes in all. */
export const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;

/** Each wait has a jitter of ±10 %, so that records which failed together do not retry together. */
const JITTER = 0.1;

/**
 * Milliseconds to wait after `attempts` failed attempts (1 = the first has failed), or null when none is left.
 * `random` is in 0–1. `retryAfterMs`, what the endpoint asked for, counts between 1× and 2× the planned wait only: an
 * endpoint can neither hurry the sender nor park work forever.
 */
export function retryDelayMs(attempts: number, random: number, retryAfterMs: number | null = null): number | null {
  const planned = RETRY_DELAYS_MS[attempts - 1];
  if (planned === undefined) return null;
  const jittered = planned * (1 + JITTER * (2 * random - 1));
  if (retryAfterMs === null) return Math.round(jittered);
  return Math.round(Math.min(Math.max(retryAfterMs, jittered), 2 * planned));
}
