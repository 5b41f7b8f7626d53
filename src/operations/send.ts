import { prepareAttempt, sendAttempt, type DeliveryPorts } from "../webhooks/deliver.ts";
import { isSuccess, newAttempt, withOutcome, type Attempt, type AttemptOutcome } from "../webhooks/outbox.ts";
import { testEvent } from "./events.ts";
import {
  claimOperationsAttempt,
  closeOperationsAttempt,
  eventIdOf,
  hasOperationsEventEnded,
  newOutboxEvent,
  type OutboxEvent,
} from "./outbox.ts";
import type { OperationsEndpoint } from "./settings.ts";

/** How many events one sweep sends at most; what is left is sent a minute later. */
const MAX_SENT = 50;

export interface SendPorts extends DeliveryPorts {
  /** Null if no webhook is configured. */
  endpoint: OperationsEndpoint | null;
  /** Events that are due, the longest due first. */
  dueEvents(now: number, limit: number): Promise<OutboxEvent[]>;
  /** Stores an event's state if it is unchanged since; returns whether it did. */
  moveEvent(before: OutboxEvent, after: OutboxEvent): Promise<boolean>;
  random: () => number;
}

/** Makes one signed attempt, the `number`th. */
async function send(
  { id, body }: Pick<OutboxEvent, "id" | "body">,
  number: number,
  { url, key }: OperationsEndpoint,
  ports: DeliveryPorts,
): Promise<{ attempt: Attempt; outcome: AttemptOutcome }> {
  const prepared = await prepareAttempt({ url, keys: [key], eventId: id, body, number }, ports);
  const outcome = await sendAttempt(prepared, ports);
  return { attempt: newAttempt(number, "schedule", prepared.request, prepared.startedAt), outcome };
}

/**
 * Sends the events that are due, one after the other. The first one that is not taken ends it: the receiver is down,
 * and each of the others is tried in a sweep of its own. If it dies after
 * - the claim, or the request: the lease of the attempt runs out, and the same bytes are redelivered under the same id;
 * - the outcome, before it is stored: the same. Returns how many were taken.
 */
export async function sendDue(ports: SendPorts): Promise<number> {
  const { endpoint, now } = ports;
  if (endpoint === null) return 0;
  let taken = 0;
  for (const due of await ports.dueEvents(now(), MAX_SENT)) {
    const claimed = claimOperationsAttempt(due, now());
    // Another sweep was faster, or it was the end of its schedule.
    if (!(await ports.moveEvent(due, claimed)) || hasOperationsEventEnded(claimed)) continue;
    const { outcome } = await send(claimed, claimed.attempts, endpoint, ports);
    await ports.moveEvent(claimed, closeOperationsAttempt(claimed, outcome, ports.random()));
    if (!isSuccess(outcome.httpStatus)) break;
    taken += 1;
  }
  return taken;
}

/** How a sample event went. */
export interface TestOutcome {
  delivered: boolean;
  eventId: string;
  body: string;
  attempt: Attempt;
}

/** Sends a signed sample event and waits for the receiver's answer. It is not stored and not repeated. */
export async function sendSample(
  endpoint: OperationsEndpoint,
  newId: () => string,
  ports: DeliveryPorts,
): Promise<TestOutcome> {
  const id = eventIdOf(newId());
  const sample = newOutboxEvent(testEvent(id, ports.now()), true, id);
  const { attempt, outcome } = await send(sample, 1, endpoint, ports);
  return {
    delivered: isSuccess(outcome.httpStatus),
    eventId: sample.id,
    body: sample.body,
    attempt: withOutcome({ ...attempt, trigger: "test" }, outcome),
  };
}

/** Sends an event that could not be stored, once. */
export const sendUnstored = async (
  event: OutboxEvent,
  endpoint: OperationsEndpoint,
  ports: DeliveryPorts,
): Promise<AttemptOutcome> => (await send(event, 1, endpoint, ports)).outcome;
