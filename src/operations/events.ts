import { DISABLE_AFTER_MS, type EndpointHealth } from "../webhooks/endpoint-health.ts";
import type { ErrorBudget } from "../usage/error-budget.ts";
import { FAILING_PERCENTS, type OperationsEventBody, type OperationsEventType } from "./event-schema.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time.ts";

/** What became true longer ago is no news: the event of it was made then, and may have been deleted since. */
export const NEWS_MS = 7 * DAY_MS;

/** A model that is misconfigured fails for every photo, and is notified of once in this time. */
const MISCONFIGURED_WINDOW_MS = HOUR_MS;
/** A reconciliation may run every minute, and is notified of once in this time. */
const HEALED_WINDOW_MS = 10 * MINUTE_MS;
/** Reasons are truncated to this many characters. */
const MAX_REASON_LENGTH = 200;

/** An operational event before it has an id. */
export type OperationsEvent = {
  [Type in OperationsEventType]: {
    type: Type;
    /** What it is about: two events with the same key say the same, and the first one is sent. */
    key: string;
    /** When it happened, Unix milliseconds. */
    at: number;
    data: Extract<OperationsEventBody, { type: Type }>["data"];
  };
}[OperationsEventType];

/** Lets work continue behind a response, or until the end of a batch. */
type KeepAlive = (work: Promise<unknown>) => void;

/** Where events are reported. */
export interface OperationsPort {
  /**
   * Puts the event into the outbox, once for its key; while D1 is down it is sent from here, as well as that goes.
   * Never throws. With `keepAlive` it is sent at once, without it by the next sweep.
   */
  report(event: OperationsEvent, keepAlive?: KeepAlive): Promise<void>;
}

const asTime = (ms: number): string => new Date(ms).toISOString();

/** When so much of the time until an endpoint is disabled has passed. */
const thresholdAt = (failingSince: number, percent: number): number =>
  failingSince + (DISABLE_AFTER_MS * percent) / 100;

/** Before this time no endpoint that has failed since then is worth an event. */
export const firstThresholdAt = (failingSince: number): number => thresholdAt(failingSince, FAILING_PERCENTS[0]);

/** The thresholds that an endpoint has crossed which has failed until `now`, and is not disabled, in their order. */
export function failingEvents(applicationId: number, health: EndpointHealth, now: number): OperationsEvent[] {
  const { failingSince, disabledAt, failures, reason } = health;
  if (failingSince === null || disabledAt !== null) return [];
  return FAILING_PERCENTS.filter((percent) => {
    const at = thresholdAt(failingSince, percent);
    return at <= now && at > now - NEWS_MS;
  }).map((percent) => ({
    type: "endpoint.failing",
    key: `endpoint.failing:${applicationId}:${failingSince}:${percent}`,
    at: now,
    data: {
      application_id: applicationId,
      percent,
      failing_since: asTime(failingSince),
      disables_at: asTime(failingSince + DISABLE_AFTER_MS),
      failures,
      reason,
    },
  }));
}

/**
 * What follows from a change of an endpoint's health at `now`, in the order of notification. A
 * threshold that was crossed while no one attempted anything belongs to the change that ends the wait. An endpoint
 * whose failure was not reported recovers silently.
 */
export function endpointEvents(
  applicationId: number,
  before: EndpointHealth,
  after: EndpointHealth,
  now: number,
): OperationsEvent[] {
  const isStillFailing = after.failingSince !== null && after.disabledAt === null;
  const crossed = failingEvents(applicationId, isStillFailing ? after : before, now);
  if (isStillFailing || before.failingSince === null) return crossed;
  if (after.disabledAt !== null) {
    return before.disabledAt === null
      ? [...crossed, disabledEvent(applicationId, before.failingSince, after, now)]
      : [];
  }
  const wasDisabled = before.disabledAt !== null;
  return wasDisabled || firstThresholdAt(before.failingSince) <= now
    ? [...crossed, recoveredEvent(applicationId, before.failingSince, wasDisabled, now)]
    : [];
}

const disabledEvent = (
  applicationId: number,
  failingSince: number,
  { failures, reason }: EndpointHealth,
  now: number,
): OperationsEvent => ({
  type: "endpoint.disabled",
  key: `endpoint.disabled:${applicationId}:${failingSince}`,
  at: now,
  data: { application_id: applicationId, percent: 100, failing_since: asTime(failingSince), failures, reason },
});

const recoveredEvent = (
  applicationId: number,
  failingSince: number,
  wasDisabled: boolean,
  now: number,
): OperationsEvent => ({
  type: "endpoint.recovered",
  key: `endpoint.recovered:${applicationId}:${failingSince}`,
  at: now,
  data: { application_id: applicationId, failing_since: asTime(failingSince), was_disabled: wasDisabled },
});

/**
 * A model that cannot answer as it is set up, such as one that does not exist. `reason` is in words of our own, never
 * what the model answered: that may repeat what a user wrote.
 */
export const modelMisconfigured = (model: string, reason: string, now: number): OperationsEvent => ({
  type: "model.misconfigured",
  key: `model.misconfigured:${model}:${Math.floor(now / MISCONFIGURED_WINDOW_MS)}`,
  at: now,
  data: { model, reason: reason.slice(0, MAX_REASON_LENGTH) },
});

/** The reconciliation had to heal records; `kinds` says what was wrong with how many of them, in snake_case. */
export const recordsHealed = (kinds: Readonly<Record<string, number>>, now: number): OperationsEvent => ({
  type: "records.healed",
  key: `records.healed:${Math.floor(now / HEALED_WINDOW_MS)}`,
  at: now,
  data: { records: Object.values(kinds).reduce((sum, count) => sum + count, 0), kinds: { ...kinds } },
});

/** Records that failed because no model answered, from `since` inclusive to `until` exclusive, Unix milliseconds. */
export interface UnavailableCount {
  since: number;
  until: number;
  records: number;
  applications: number;
}

/** Two that looked at the same time began where the same event ended, and have the same key. */
export const analysisUnavailable = (count: UnavailableCount, now: number): OperationsEvent => ({
  type: "analysis.unavailable",
  key: `analysis.unavailable:${count.since}`,
  at: now,
  data: {
    records: count.records,
    applications: count.applications,
    since: asTime(count.since),
    until: asTime(count.until),
  },
});

/** `after` names the event before it, or the time that it is the first of. */
export const errorBudgetSpent = (
  budget: ErrorBudget,
  range: { from: number; to: number },
  after: string,
  now: number,
): OperationsEvent => ({
  type: "error_budget.spent",
  key: `error_budget.spent:${after}`,
  at: now,
  data: {
    objective: budget.objective,
    finished: budget.finished,
    failed: budget.failed,
    allowed: budget.allowed,
    from: asTime(range.from),
    to: asTime(range.to),
  },
});

/** A sample, to find out whether a receiver takes events. */
export const testEvent = (id: string, now: number): OperationsEvent => ({
  type: "operations.test",
  key: `operations.test:${id}`,
  at: now,
  data: { message: "This is a test. No action is needed." },
});
