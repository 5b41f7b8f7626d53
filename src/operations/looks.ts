import type { RecordCount } from "../usage/counted.ts";
import { errorBudgetOf } from "../usage/error-budget.ts";
import { DISABLE_AFTER_MS, type EndpointHealth } from "../webhooks/endpoint-health.ts";
import {
  analysisUnavailable,
  errorBudgetSpent,
  failingEvents,
  firstThresholdAt,
  NEWS_MS,
  type OperationsEvent,
  type UnavailableCount,
} from "./events.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time.ts";

/** However many records fail without a model, one event is sent in this time. */
const UNAVAILABLE_WINDOW_MS = 15 * MINUTE_MS;

/** D1 learns of a record's end slightly later: records that ended within this time are left to the next check. */
const SETTLE_MS = MINUTE_MS;

/**
 * The budget is that of the last seven days: what the console shows first, long enough for a bad minute to be seen in
 * proportion, and short enough for all of its records to be counted (`MAX_COUNTED`) in most installations.
 */
const BUDGET_WINDOW_MS = 7 * DAY_MS;

/**
 * Counting a week may read 20,000 rows: it is done in these minutes of each hour, and not at all in a week that is
 * spent.
 */
const BUDGET_LOOK_EVERY_MINUTES = 15;

/** A budget of less than one analysis is no budget yet: a single failure never spends it. */
const MIN_FAILED_TO_SPEND = 2;

/** 1 − 0.995 is a little more than 0.005 in binary: five of a thousand are all that may fail, and not a little less. */
const ROUNDING = 1e-6;

/** An endpoint with the health that was read. */
export interface FailingEndpoint {
  applicationId: number;
  health: EndpointHealth;
}

/** An event about an endpoint that was read a moment ago: it counts only while that still fails since then. */
export interface EndpointFinding {
  event: OperationsEvent;
  applicationId: number;
  failingSince: number;
}

/** The latest event of a type. */
export interface LatestEvent {
  id: string;
  createdAt: number;
  body: string;
}

export interface LookPorts {
  /** Endpoints that are failing, not disabled, and have been since a time in this range, both ends inclusive. */
  failingEndpoints(from: number, to: number): Promise<FailingEndpoint[]>;
  /** Records the events about endpoints that still fail, once for each key. Returns how many were new. */
  recordFindings(findings: readonly EndpointFinding[]): Promise<number>;
  latestEvent(type: OperationsEvent["type"]): Promise<LatestEvent | null>;
  countUnavailable(since: number, until: number): Promise<Pick<UnavailableCount, "records" | "applications">>;
  /** What was uploaded in a range, by how it ended. */
  countRecords(range: { from: number; to: number; bucketMs: number }): Promise<RecordCount[]>;
  /** Records events, once for each key. Returns how many were new. */
  record(events: readonly OperationsEvent[]): Promise<number>;
  now: () => number;
}

/**
 * Finds endpoints that have crossed a threshold while no attempts were made: with an open circuit, or without any
 * event to send, attempts are rare. Returns how many events it recorded.
 */
export async function lookAtEndpoints(ports: LookPorts): Promise<number> {
  const now = ports.now();
  const found = await ports.failingEndpoints(now - DISABLE_AFTER_MS - NEWS_MS, now - firstThresholdAt(0));
  const findings = found.flatMap(({ applicationId, health }) =>
    failingEvents(applicationId, health, now).map((event): EndpointFinding => ({
      event,
      applicationId,
      failingSince: health.failingSince ?? now,
    })),
  );
  return findings.length === 0 ? 0 : ports.recordFindings(findings);
}

/** Where the next count of records that failed for want of models begins and ends; null if none is due. */
export function nextUnavailableLook(latest: LatestEvent | null, now: number): { since: number; until: number } | null {
  if (latest !== null && now < latest.createdAt + UNAVAILABLE_WINDOW_MS) return null;
  const until = now - SETTLE_MS;
  const told = latest === null ? null : endOf(latest.body);
  // Nothing was reported for a day: only the last hour or two is new. Rounding to the hour gives concurrent checks the
  // same start.
  const since = told === null || told < now - DAY_MS ? Math.floor(until / HOUR_MS) * HOUR_MS - HOUR_MS : told;
  return since < until ? { since, until } : null;
}

/** Where the count of an earlier event ended. */
const endOf = (body: string): number => Date.parse((JSON.parse(body) as { data: { until: string } }).data.until);

/**
 * Finds records that failed because no model responded since the last check. Returns how many events it recorded: one,
 * or none.
 */
export async function lookAtAnalyses(ports: LookPorts): Promise<number> {
  const now = ports.now();
  const look = nextUnavailableLook(await ports.latestEvent("analysis.unavailable"), now);
  if (look === null) return 0;
  const counted = await ports.countUnavailable(look.since, look.until);
  return counted.records === 0 ? 0 : ports.record([analysisUnavailable({ ...look, ...counted }, now)]);
}

/** Whether a week has passed since the budget was last reported as spent. */
const isBudgetLookDue = (latest: LatestEvent | null, now: number): boolean =>
  latest === null || now >= latest.createdAt + BUDGET_WINDOW_MS;

/**
 * Finds out whether the error budget of the last seven days is spent. Returns how many events it recorded: one, or
 * none.
 */
export async function lookAtErrorBudget(ports: LookPorts): Promise<number> {
  const now = ports.now();
  if (new Date(now).getUTCMinutes() % BUDGET_LOOK_EVERY_MINUTES !== 0) return 0;
  const latest = await ports.latestEvent("error_budget.spent");
  if (!isBudgetLookDue(latest, now)) return 0;
  const range = { from: now - BUDGET_WINDOW_MS, to: now };
  const budget = errorBudgetOf(await ports.countRecords({ ...range, bucketMs: BUDGET_WINDOW_MS }));
  if (budget.failed < Math.max(MIN_FAILED_TO_SPEND, budget.allowed - ROUNDING)) return 0;
  const after = latest?.id ?? String(Math.floor(now / BUDGET_WINDOW_MS));
  return ports.record([errorBudgetSpent(budget, range, after, now)]);
}
