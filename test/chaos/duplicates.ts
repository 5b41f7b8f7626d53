import type { Arrival, Intervention, Outage } from "./ledger.ts";
import type { StoredDelivery } from "./stored.ts";
import { ATTEMPT_TIMEOUT_MS } from "../../src/bounds.ts";

export const CAUSES = ["failed answer", "slow answer", "crash", "resend", "recovery"] as const;
export type Cause = (typeof CAUSES)[number];

/** A little less than an endpoint is granted, milliseconds: the answer has a way to go. */
const SLOW_MS = ATTEMPT_TIMEOUT_MS - 2000;
/** The outcome of an attempt is stored this soon after the answer, also beside a load, milliseconds. */
const OUTCOME_MS = 5000;
/** Between the service's claim of an attempt and its arrival, milliseconds. */
const TRANSPORT_MS = 3000;

const isSuccess = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** Why an event came once more after `before`; null when nothing explains it. */
export function causeOf(
  before: Arrival,
  again: Arrival,
  delivery: StoredDelivery | undefined,
  outages: readonly Outage[],
  interventions: readonly Intervention[],
): Cause | null {
  const attempt = (number: number) => delivery?.attempts.find((one) => one.number === number);
  if (attempt(again.attempt)?.trigger === "resend") return "resend";
  const { answer } = before;
  if (answer === null || !isSuccess(answer.status)) return "failed answer";
  // A busy machine may bring the request late: the service's clock begins with its claim.
  const claimedAt = Math.min(before.at, attempt(before.attempt)?.startedAt ?? before.at);
  if (answer.at - claimedAt >= SLOW_MS) return "slow answer";
  // A start that does not succeed is ended as well, so that an outage is more than the moment of its kill.
  const crashed = outages.some(
    ({ at, backAt }) => at <= answer.at + OUTCOME_MS && (backAt === null || backAt >= before.at - TRANSPORT_MS),
  );
  if (crashed) return "crash";
  const asked = interventions.filter(
    ({ applicationId, at }) => applicationId === again.applicationId && at <= again.at,
  );
  if (asked.some(({ what, recordId }) => what === "resend" && recordId === again.recordId)) return "resend";
  return asked.some(({ what, at }) => what === "recover" && at >= before.at) ? "recovery" : null;
}

/** The arrivals of each event, oldest first. */
export function byEvent(arrivals: readonly Arrival[]): Map<string, Arrival[]> {
  const events = new Map<string, Arrival[]>();
  for (const arrival of arrivals) events.set(arrival.eventId, [...(events.get(arrival.eventId) ?? []), arrival]);
  return events;
}
