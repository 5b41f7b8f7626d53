import { MINUTE_MS } from "../time.ts";

/**
 * A record that is still open after this long may have lost its wake-up call: the sweep sends another. While a consumer
 * is at work the call waits for the end of its lease.
 */
export const PENDING_GRACE_MS = MINUTE_MS;

/** A consumer holds a record for at most this long; then another may begin. Longer than a job may take. */
export const LEASE_MS = 90_000;

/** Clocks differ: a wake-up call that comes this much before its time is in time. */
export const EARLY_MS = 30_000;

/** The sweep leaves the object this long to act on its own alarm before it wakes it. */
export const ALARM_GRACE_MS = MINUTE_MS;

/** After the sweep has acted on a record it leaves it alone for this long. */
export const SWEEP_AGAIN_MS = 120_000;
