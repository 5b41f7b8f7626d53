import type { NutritionRecord } from "../records/record.ts";
import { deliver, type DeliveryPorts } from "./deliver.ts";
import {
  claimAttempt,
  closeAttempt,
  dropDelivery,
  headOfOutbox,
  type AttemptOutcome,
  type Delivery,
  type OutboxEntry,
} from "./outbox.ts";

/** Where an application wants its events; `keys` are the live webhook keys, newest first. */
export interface Endpoint {
  url: string;
  events: readonly string[];
  keys: readonly [string, ...string[]];
}

/** The record object's outbox, as this algorithm needs it. `save` is synchronous and durable. */
export interface OutboxPort {
  load(): readonly OutboxEntry[];
  save(entry: OutboxEntry): void;
  record(): NutritionRecord | null;
  sweepAt(): number | null;
}

export interface WebhookDeps extends DeliveryPorts {
  random: () => number;
  /** The application's endpoint as it is right now; null when it has none. */
  readEndpoint(applicationId: number): Promise<Endpoint | null>;
  /** Writes how the delivery stands to D1. */
  recordDelivery(record: NutritionRecord, entry: OutboxEntry, sweepAt: number | null): Promise<void>;
  /** Sets when the sweep should look at a record again, for an event of which D1 keeps nothing. */
  scheduleSweep(recordId: string, sweepAt: number | null): Promise<void>;
}

/**
 * Makes the next attempt of a record's outbox: claim, send, close. Stopped after
 * - the claim or the request: the next alarm closes the attempt as interrupted and sends the same bytes again;
 * - the outcome: `recordOutcomes` of the next alarm tells D1.
 */
export async function attemptNext(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  const record = outbox.record();
  const entry = headOfOutbox(outbox.load());
  if (record === null || entry === null) return;
  const endpoint = await deps.readEndpoint(record.applicationId);
  // The user may have deleted the record while the endpoint was read: nothing follows then.
  if (!outbox.load().some(({ eventId }) => eventId === entry.eventId)) return;
  if (endpoint === null || !endpoint.events.includes(entry.eventType)) {
    outbox.save({ ...entry, delivery: dropDelivery(entry.delivery), recorded: false });
    return;
  }
  const claimed: OutboxEntry = { ...entry, delivery: claimAttempt(entry.delivery, deps.now()), recorded: false };
  outbox.save(claimed);
  const outcome = await send(claimed, endpoint, deps);
  outbox.save({ ...claimed, delivery: closeAttempt(claimed.delivery, outcome, deps.random()) });
}

/** Tells D1 of every outcome that it has not heard of. Telling it twice changes nothing. */
export async function recordOutcomes(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  const record = outbox.record();
  if (record === null) return;
  for (const entry of outbox.load()) {
    if (entry.recorded || entry.delivery.status === "sending" || isUntouched(entry.delivery)) continue;
    if (entry.delivery.status === "dropped") await deps.scheduleSweep(record.id, outbox.sweepAt());
    else await deps.recordDelivery(record, entry, outbox.sweepAt());
    outbox.save({ ...entry, recorded: true });
  }
}

const isUntouched = (delivery: Delivery): boolean => delivery.status === "waiting" && delivery.attempts.length === 0;

async function send(entry: OutboxEntry, endpoint: Endpoint, deps: WebhookDeps): Promise<AttemptOutcome> {
  const { eventId, body, delivery } = entry;
  return deliver({ url: endpoint.url, keys: endpoint.keys, eventId, body, attempt: delivery.attempts.length }, deps);
}
