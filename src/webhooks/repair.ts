import {
  hasEnded,
  headOfOutbox,
  inOrder,
  withDelivery,
  type Attempt,
  type Delivery,
  type DeliveryStatus,
  type OutboxEntry,
} from "./outbox.ts";

/** A delivery as D1 keeps it. `body` is null for one from before bodies were kept. */
export interface StoredDelivery {
  eventId: string;
  eventType: string;
  body: string | null;
  createdAt: number;
  status: DeliveryStatus;
  attempts: Attempt[];
  revision: number;
}

/**
 * `queued`: it is redelivered; `waiting`: it is in progress already, or was sent in the meantime; `not_kept`: its body
 * is from before bodies were kept.
 */
export type RepairOutcome = "queued" | "waiting" | "not_its_turn" | "not_kept" | "unknown";

export interface Repair {
  outbox: OutboxEntry[];
  outcome: RepairOutcome;
}

/**
 * The entry that an event had in the outbox, made again from what D1 keeps. One that D1 has as open, although its
 * outbox has let it go, is due at once: with no due time it would keep every later event of its record waiting.
 */
function rebuild(stored: StoredDelivery | null, now: number): OutboxEntry | null {
  if (stored === null || stored.body === null) return null;
  const { eventId, eventType, body, createdAt, status, attempts, revision } = stored;
  const delivery: Delivery = { status, attempts, failures: attempts.length, dueAt: null, resendAt: null };
  const dueAt = hasEnded(delivery) ? null : now;
  return {
    eventId,
    eventType,
    body,
    createdAt,
    delivery: { ...delivery, dueAt },
    revision,
    known: true,
    recorded: false,
  };
}

const put = (outbox: readonly OutboxEntry[], entry: OutboxEntry): OutboxEntry[] =>
  inOrder([...outbox.filter(({ eventId }) => eventId !== entry.eventId), entry]);

/**
 * Asks for one attempt of an event, now, whatever the schedule says. It leaves the schedule as it is; its success ends
 * it. Only an event that never had its turn has to wait for it: a record's events go out in order.
 */
export function resend(
  outbox: readonly OutboxEntry[],
  eventId: string,
  stored: StoredDelivery | null,
  now: number,
): Repair {
  const waiting = outbox.find((entry) => entry.eventId === eventId);
  if (waiting !== undefined && !hasEnded(waiting.delivery) && headOfOutbox(outbox) !== waiting) {
    return { outbox: [...outbox], outcome: "not_its_turn" };
  }
  const entry = waiting ?? rebuild(stored, now);
  if (entry === null) return { outbox: [...outbox], outcome: stored === null ? "unknown" : "not_kept" };
  return { outbox: put(outbox, withDelivery(entry, { ...entry.delivery, resendAt: now })), outcome: "queued" };
}

const REPAIRABLE: ReadonlySet<DeliveryStatus> = new Set(["exhausted", "undelivered"]);

/**
 * Puts an event that was not delivered back to where it began: due now, with the whole schedule before it, in its place
 * among the record's events. Doing it twice changes nothing: an event that is waiting, or was tried after `until` (Unix
 * milliseconds, when the recovery was asked for), is left alone.
 */
export function recover(
  outbox: readonly OutboxEntry[],
  stored: StoredDelivery | null,
  until: number,
  now: number,
): Repair {
  const left: Repair = { outbox: [...outbox], outcome: "waiting" };
  if (outbox.some(({ eventId }) => eventId === stored?.eventId)) return left;
  const entry = rebuild(stored, now);
  if (entry === null) return { ...left, outcome: stored === null ? "unknown" : "not_kept" };
  const { delivery } = entry;
  if (!REPAIRABLE.has(delivery.status) || (delivery.attempts.at(-1)?.startedAt ?? 0) > until) return left;
  const again = withDelivery(entry, { ...delivery, status: "waiting", failures: 0, dueAt: now });
  return { outbox: put(outbox, again), outcome: "queued" };
}
