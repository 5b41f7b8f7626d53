/** A record that is still `pending` after this long has lost its wake-up call: the sweep sends another. */
export const PENDING_GRACE_MS = 60_000;

/** A consumer holds a record for at most this long; then another may begin. Longer than a job may take. */
export const LEASE_MS = 90_000;

/** The sweep leaves a lease that ran out this long to the queue, which redelivers on its own. */
export const LEASE_GRACE_MS = 5_000;

/** The sweep leaves the object this long to act on its own alarm before it wakes it. */
export const ALARM_GRACE_MS = 60_000;

/** After the sweep has acted on a record it leaves it alone for this long. */
export const SWEEP_AGAIN_MS = 120_000;
