import type { CallReason, RetryReason } from "../records/record.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { DAY_MS, HOUR_MS } from "../time.ts";

/** What can be wrong with a model or the Images binding; a bad photo is not one of these. */
export const TROUBLE_KINDS = ["busy", "quota", "misconfigured", "request_refused"] as const satisfies CallReason[];
export type TroubleKind = (typeof TROUBLE_KINDS)[number];

/** Why something that an analysis needs did not serve it. */
export interface Trouble {
  kind: TroubleKind;
  /** A sentence for operators: what it is and what helps. It names no key and repeats nothing that a user said. */
  detail: string;
  /** Unix milliseconds: retrying earlier is pointless. */
  notBefore?: number;
}

/**
 * What a trouble means for a record that waits for it to pass. A request of ours that is refused waits like a wrong
 * setting: no repetition helps, and a deployment mends both.
 */
const REASONS: Record<TroubleKind, RetryReason> = {
  busy: "models_unavailable",
  quota: "quota_exhausted",
  misconfigured: "model_misconfigured",
  request_refused: "model_misconfigured",
};

/** The record's side of a trouble. The record cannot wait for less than all of what keeps it. */
export const postponedBy = ({ kind, detail, notBefore }: Trouble, busy: RetryReason = REASONS.busy): Postponement => ({
  reason: kind === "busy" ? busy : REASONS[kind],
  detail,
  ...(notBefore !== undefined && { notBefore }),
});

/** The next time at which it is this hour in UTC. */
export const nextHourUtc = (at: number, hour: number): number => {
  const today = at - (at % DAY_MS) + hour * HOUR_MS;
  return today > at ? today : today + DAY_MS;
};

/** The beginning of the next month in UTC. */
export function nextMonthUtc(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
