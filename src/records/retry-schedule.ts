import type { ModelCall, RetryReason } from "./record.ts";
import { MINUTE_MS, SECOND_MS } from "../time.ts";

/** Waits before an analysis is retried: 5 s, 10 s, 20 s, … up to 10 minutes, each spread by ±20 %. */
const FIRST_RETRY_MS = 5 * SECOND_MS;
const MAX_RETRY_MS = 10 * MINUTE_MS;
const JITTER = 0.2;

/** Records that wait for the same moment, such as the reset of a quota, return within so long of it. */
const SPREAD_MS = 10 * MINUTE_MS;

/**
 * A retry that is due this soon gets its wake-up call at once, to arrive in time; a later one is the sweep's, which
 * looks once a minute and sends only so many at a time.
 */
export const SOON_MS = MINUTE_MS;

/** How an analysis that cannot be done now is postponed. */
export interface AnalysisRetryPolicy {
  /** From the first failure on, milliseconds: a cause that lasts longer ends the analysis. */
  giveUpAfterMs: number;
  /**
   * For local use: a misconfigured model fails the analysis immediately, because the person who can fix it is waiting.
   */
  failsFast: boolean;
  /** From 0 to 1. */
  random: () => number;
}

/** Why an analysis is postponed. `notBefore` (Unix milliseconds): nothing helps earlier. */
export interface Postponement {
  reason: RetryReason;
  /** A sentence for operators. */
  detail: string;
  notBefore?: number;
  /** The models whose calls failed. */
  calls?: readonly ModelCall[];
}

/** How often an analysis was postponed, and since when (Unix milliseconds). */
export interface Postponements {
  count: number;
  since: number;
}

/**
 * When an analysis that has been postponed `count` times, this one included, is retried; Unix milliseconds. Null when
 * the cause has lasted too long. No wait leads past that time: then it is tried once more.
 */
export function retryTime(
  { count, since }: Postponements,
  notBefore: number | undefined,
  now: number,
  { giveUpAfterMs, random }: AnalysisRetryPolicy,
): number | null {
  const giveUpAt = since + giveUpAfterMs;
  if (now >= giveUpAt) return null;
  const delay = Math.min(FIRST_RETRY_MS * 2 ** (count - 1), MAX_RETRY_MS);
  const spread = delay * (1 + JITTER * (2 * random() - 1));
  const earliest = notBefore === undefined ? 0 : notBefore + random() * SPREAD_MS;
  return Math.round(Math.min(Math.max(now + spread, earliest), giveUpAt));
}

/**
 * How long after the end of a lease the next consumer may begin, when so many have begun and never ended: a
 * photo that kills its isolate, or a platform that is failing. Milliseconds.
 */
export const pauseAfterLostBeginnings = (begins: number): number =>
  begins < 2 ? 0 : Math.min(MINUTE_MS * 2 ** (begins - 2), MAX_RETRY_MS);

const FIRST_ALARM_RETRY_MS = 30_000;

/** How long after the last of `failures` alarms in a row that failed (D1 is down) the next one rings; milliseconds. */
export const pauseAfterFailedAlarms = (failures: number): number =>
  Math.min(FIRST_ALARM_RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);

/**
 * When an alarm has to be set that is to ring at `until`, Unix milliseconds by the object's clock. An alarm that rang
 * for that time or a later one before the object's clock had come to it is a sign that this clock is behind the
 * platform's: the next one is set later than the last by what is missing, and by a second at least. Set to the same
 * time it would ring again at once, over and over, until the clock had caught up.
 */
export const alarmTime = (until: number, rangFor: number | null, now: number): number =>
  rangFor === null || rangFor < until ? until : rangFor + Math.max(SECOND_MS, until - now);
