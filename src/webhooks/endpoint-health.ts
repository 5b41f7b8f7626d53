import { DAY_MS, MINUTE_MS } from "../time.ts";

/**
 * After this many failed attempts one after the other, of whatever records, the circuit opens. As many as a single
 * record makes in all: an endpoint that fails one record alone is left to that record's own schedule.
 */
export const FAILURES_TO_OPEN = 10;

/**
 * While the circuit is open one attempt is made after 1, 2, 4, 8 and then every 15 minutes, for all records together.
 */
const FIRST_PROBE_MS = MINUTE_MS;
const LAST_PROBE_MS = 15 * MINUTE_MS;

/** An endpoint of which every attempt has failed for this long is disabled. */
export const DISABLE_AFTER_MS = 5 * DAY_MS;

/** How an application's endpoint is doing. Times in Unix milliseconds. */
export interface EndpointHealth {
  /** Grows by one with every change. */
  version: number;
  /** Consecutive failed attempts. */
  failures: number;
  /** When the first of them was made; null when the last attempt succeeded. */
  failingSince: number | null;
  /** The circuit is open: nothing is sent before this time, and then one attempt. Null while it is closed. */
  probeAt: number | null;
  disabledAt: number | null;
  /** Why it is disabled, or what the last failure was, as a sentence. */
  reason: string | null;
  /** Whether events that were held have to be woken. */
  releasing: boolean;
}

/** An endpoint that has never failed. */
export const HEALTHY: EndpointHealth = {
  version: 0,
  failures: 0,
  failingSince: null,
  probeAt: null,
  disabledAt: null,
  reason: null,
  releasing: false,
};

/** `open`: its events are held and one attempt at a time finds out whether it is back. */
export type EndpointState = "healthy" | "failing" | "open" | "disabled";

export function endpointState(health: EndpointHealth): EndpointState {
  if (health.disabledAt !== null) return "disabled";
  if (health.probeAt !== null) return "open";
  return health.failingSince === null ? "healthy" : "failing";
}

/** What an event that is due may do: be sent; be sent as the one probe, if it is claimed first; wait; or give up. */
export type AttemptDecision = "send" | "probe" | "hold" | "refuse";

export function admit(health: EndpointHealth, now: number): AttemptDecision {
  if (health.disabledAt !== null) return "refuse";
  if (health.probeAt === null) return "send";
  return health.probeAt <= now ? "probe" : "hold";
}

/** How long the circuit stays open after this many failures. */
const probeWaitMs = (failures: number): number =>
  Math.min(FIRST_PROBE_MS * 2 ** Math.max(0, failures - FAILURES_TO_OPEN), LAST_PROBE_MS);

/**
 * Claims the next probe: the first to store this sends it. The next one is due even if this one is lost because its
 * record's object was stopped.
 */
export const claimProbe = (health: EndpointHealth, now: number): EndpointHealth => ({
  ...health,
  version: health.version + 1,
  probeAt: now + probeWaitMs(health.failures),
});

const asTime = (ms: number): string => new Date(ms).toISOString();

/**
 * A failed attempt, whose end is described by `what` ("it responded with 503"). While the circuit is open only its
 * probes count: the others were in progress when it opened, and a thousand of them say no more than ten. It returns the
 * same object when nothing changes. Disabling needs both: enough failures for the circuit to open, and five days of
 * them.
 */
export function afterFailure(health: EndpointHealth, what: string, isProbe: boolean, now: number): EndpointHealth {
  if (health.disabledAt !== null || (health.probeAt !== null && !isProbe)) return health;
  const failures = health.failures + 1;
  const failingSince = health.failingSince ?? now;
  const failed: EndpointHealth = { ...health, version: health.version + 1, failures, failingSince, reason: what };
  if (failures < FAILURES_TO_OPEN) return failed;
  if (now - failingSince < DISABLE_AFTER_MS)
    return { ...failed, probeAt: now + probeWaitMs(failures), releasing: false };
  const reason = `Every attempt since ${asTime(failingSince)} has failed; the last time ${what}.`;
  return { ...failed, probeAt: null, disabledAt: now, reason, releasing: true };
}

const mayHold = (health: EndpointHealth): boolean => health.probeAt !== null || health.releasing;

/**
 * A successful attempt, or a person who says that the endpoint is another one now: the circuit closes, and what was
 * held is woken. The same object when nothing changes.
 */
export function afterSuccess(health: EndpointHealth): EndpointHealth {
  if (endpointState(health) === "healthy") return health;
  return { ...HEALTHY, version: health.version + 1, releasing: mayHold(health) };
}

/**
 * An event was held by a circuit that has closed in the meantime: it must be woken here, or nothing else would. While
 * the others are being woken this is a new version anyway, because whoever finds none left may not have seen this one.
 */
export const afterLateHold = (health: EndpointHealth): EndpointHealth =>
  health.probeAt !== null ? health : { ...health, version: health.version + 1, releasing: true };

/** Everything that was held has been woken. */
export const afterRelease = (health: EndpointHealth): EndpointHealth => ({
  ...health,
  version: health.version + 1,
  releasing: false,
});
