import type { NutritionRecord } from "../records/record.ts";
import type { Counters } from "../usage/counters.ts";
import { deliver, signAttempt, type DeliveryPorts } from "./deliver.ts";
import {
  admit,
  afterFailure,
  afterLateHold,
  afterSuccess,
  claimProbe,
  type EndpointHealth,
} from "./endpoint-health.ts";
import { changeHealth, type HealthPorts } from "./health-store.ts";
import {
  claimAttempt,
  closeAttempt,
  endDelivery,
  hasEnded,
  holdDelivery,
  isBeingSent,
  isSuccess,
  isWornOut,
  letGo,
  nextAttempt,
  nextAttemptNumber,
  type AttemptOutcome,
  type AttemptTrigger,
  type ListedEntry,
  type OutboxEntry,
} from "./outbox.ts";

/** Where an application wants its events; `keys` are the live webhook keys, newest first. */
export interface Endpoint {
  url: string;
  events: readonly string[];
  keys: readonly [string, ...string[]];
  health: EndpointHealth;
}

/** The record object's outbox, as this algorithm needs it. `save` is synchronous and durable. */
export interface OutboxPort {
  load(): readonly OutboxEntry[];
  save(entry: OutboxEntry): void;
  record(): NutritionRecord | null;
  sweepAt(): number | null;
}

export interface WebhookDeps extends DeliveryPorts, HealthPorts {
  random: () => number;
  /** The application's endpoint as it is right now; null when it has none. */
  readEndpoint(applicationId: number): Promise<Endpoint | null>;
  /** Writes how the delivery stands to D1. */
  recordDelivery(record: NutritionRecord, entry: ListedEntry, sweepAt: number | null): Promise<void>;
  /** Sets when the sweep should look at a record again, for an event of which D1 keeps nothing. */
  scheduleSweep(recordId: string, sweepAt: number | null): Promise<void>;
  /** Is told of every attempt that was made. */
  countAttempt: Counters["countAttempt"];
}

/**
 * Delivers everything of a record that is due, in order, and tells D1. Stopped after
 * - the claim of an attempt, or its request: the next alarm closes it as interrupted and sends the same bytes again;
 * - the outcome, before the endpoint's health: one failure is not counted, or the next success closes the circuit;
 * - the outcome, before D1: the next alarm tells D1 first.
 */
export async function deliverDue(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  await recordOutcomes(outbox, deps);
  for (let next = nextAttempt(outbox.load()); isDue(next, deps); next = nextAttempt(outbox.load())) {
    await attempt(next.entry.eventId, next.trigger, outbox, deps);
    await recordOutcomes(outbox, deps);
  }
}

type Next = ReturnType<typeof nextAttempt>;
const isDue = (next: Next, deps: WebhookDeps): next is NonNullable<Next> => next !== null && next.dueAt <= deps.now();

/** The entry as it is now: the user may have deleted the record, or asked for a resend, while something was awaited. */
const entryOf = (outbox: OutboxPort, eventId: string): OutboxEntry | null =>
  outbox.load().find((entry) => entry.eventId === eventId) ?? null;

/** Makes the next attempt, if the endpoint's state allows it: claim, send, close. */
async function attempt(eventId: string, trigger: AttemptTrigger, outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  const record = outbox.record();
  if (record === null) return;
  const { applicationId } = record;
  const endpoint = await deps.readEndpoint(applicationId);
  const entry = entryOf(outbox, eventId);
  if (entry === null) return;
  // A delivery that takes its object down each time ends, too.
  if (trigger === "schedule" && isWornOut(entry.delivery)) return end(entry, "worn_out", outbox);
  const isWanted = trigger === "resend" || endpoint?.events.includes(entry.eventType);
  if (endpoint === null || isWanted !== true) return end(entry, "unwanted", outbox);
  // Somebody who asks for one attempt wants to see what happens: the circuit does not hold it.
  const admission =
    trigger === "resend" && endpoint.health.disabledAt === null ? "send" : admit(endpoint.health, deps.now());
  if (admission === "refuse") return end(entry, "disabled", outbox);
  if (admission === "hold") return hold(entry, outbox);
  if (admission === "probe" && !(await deps.writeHealth(applicationId, claimProbe(endpoint.health, deps.now())))) {
    return hold(entryOf(outbox, eventId), outbox);
  }
  const outcome = await claimAndSend(eventId, trigger, endpoint, outbox, deps);
  if (outcome === null) return;
  const health = await reportOutcome(applicationId, endpoint, outcome, admission === "probe", deps);
  const closed = entryOf(outbox, eventId);
  if (closed === null || hasEnded(closed.delivery)) return;
  // Its next attempt would not be made anyway: saying so now spares an alarm and a write.
  if (health.disabledAt !== null) end(closed, "disabled", outbox);
  else if (health.probeAt !== null) hold(closed, outbox);
}

function end(entry: OutboxEntry, why: Parameters<typeof endDelivery>[1], outbox: OutboxPort): void {
  outbox.save({ ...entry, delivery: endDelivery(entry, why), recorded: false });
}

function hold(entry: OutboxEntry | null, outbox: OutboxPort): void {
  if (entry === null || entry.delivery.status === "held") return;
  outbox.save({ ...entry, delivery: holdDelivery(entry.delivery), recorded: false });
}

/** Returns null when the entry has gone in the meantime. */
async function claimAndSend(
  eventId: string,
  trigger: AttemptTrigger,
  endpoint: Endpoint,
  outbox: OutboxPort,
  deps: WebhookDeps,
): Promise<AttemptOutcome | null> {
  const waiting = entryOf(outbox, eventId);
  if (waiting === null) return null;
  const { body } = waiting;
  const { url, keys } = endpoint;
  const startedAt = deps.now();
  const number = nextAttemptNumber(waiting.delivery);
  const request = await signAttempt({ url, keys, eventId, body, number, startedAt });
  const entry = entryOf(outbox, eventId);
  if (entry === null) return null;
  outbox.save({ ...entry, delivery: claimAttempt(entry.delivery, trigger, request, startedAt), recorded: false });
  const outcome = await deliver(request, body, deps);
  const applicationId = outbox.record()?.applicationId;
  if (applicationId !== undefined) {
    deps.countAttempt({ applicationId, eventType: waiting.eventType, trigger, startedAt, outcome });
  }
  const claimed = entryOf(outbox, eventId);
  if (claimed === null) return null;
  outbox.save({ ...claimed, delivery: closeAttempt(claimed.delivery, outcome, deps.random()) });
  return outcome;
}

/** Counts the outcome for or against the endpoint. A success of a healthy endpoint costs nothing. */
async function reportOutcome(
  applicationId: number,
  { health }: Endpoint,
  outcome: AttemptOutcome,
  isProbe: boolean,
  deps: WebhookDeps,
): Promise<EndpointHealth> {
  if (isSuccess(outcome.httpStatus)) {
    return afterSuccess(health) === health ? health : changeHealth(applicationId, afterSuccess, deps);
  }
  if (outcome.isOurFault === true) return health;
  const what = outcome.httpStatus === null ? `it ended as ${outcome.error}` : `it answered ${outcome.httpStatus}`;
  return changeHealth(applicationId, (now) => afterFailure(now, what, isProbe, deps.now()), deps);
}

/**
 * Tells D1 of everything that it has not heard of. Telling it twice changes nothing. A delivery that was held is looked
 * at once more afterwards: a circuit that closed in between has not seen it.
 */
export async function recordOutcomes(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  const record = outbox.record();
  if (record === null) return;
  for (const { eventId } of outbox.load()) {
    const entry = entryOf(outbox, eventId);
    if (entry === null || entry.recorded || isBeingSent(entry.delivery) || isUntouched(entry)) continue;
    const { delivery } = entry;
    const { status } = delivery;
    if (status === "dropped") await deps.scheduleSweep(record.id, outbox.sweepAt());
    else await deps.recordDelivery(record, { ...entry, delivery: { ...delivery, status } }, outbox.sweepAt());
    const now = entryOf(outbox, eventId);
    // Somebody may have asked for a resend while D1 was written: then it has news again.
    if (now !== null && now.delivery === delivery) outbox.save({ ...now, known: true, recorded: true });
    if (delivery.status === "held") await changeHealth(record.applicationId, afterLateHold, deps);
  }
}

/**
 * The application's circuit may have closed: what was held goes on as it was planned. D1 hears of it with the attempt
 * that follows at once, or now if that is planned for later.
 */
export function letHeldGo(outbox: OutboxPort, now: number): void {
  for (const entry of outbox.load()) {
    const { delivery } = entry;
    if (delivery.status !== "held") continue;
    const followsAtOnce = delivery.dueAt === null || delivery.dueAt <= now;
    outbox.save({ ...entry, delivery: letGo(delivery), recorded: followsAtOnce });
  }
}

/** D1 has no row of it yet, and needs none before the first attempt: the record's own row keeps the sweep's time. */
const isUntouched = ({ delivery, known }: OutboxEntry): boolean =>
  !known && delivery.status === "waiting" && delivery.attempts.length === 0;
