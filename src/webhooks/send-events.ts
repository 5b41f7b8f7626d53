import { prepareAttempt, sendAttempt, type DeliveryPorts } from "./deliver.ts";
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
  isSuccess,
  isUnrecorded,
  isWornOut,
  letGo,
  nextAttempt,
  nextAttemptNumber,
  withDelivery,
  type AttemptOutcome,
  type AttemptTrigger,
  type ListedEntry,
  type NextAttempt,
  type OutboxEntry,
} from "./outbox.ts";

/** The record of an event, as far as its delivery needs it. */
export interface EventRecord {
  id: string;
  applicationId: number;
  version: number;
}

/** One attempt of a webhook, as it is counted. */
export interface CountedAttempt {
  applicationId: number;
  eventType: string;
  trigger: AttemptTrigger;
  startedAt: number;
  outcome: AttemptOutcome;
}

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
  record(): EventRecord | null;
  sweepAt(): number | null;
}

export interface WebhookDeps extends DeliveryPorts, HealthPorts {
  random: () => number;
  /** The application's endpoint as it is right now; null when it has none. */
  readEndpoint(applicationId: number): Promise<Endpoint | null>;
  /** Writes the state of the delivery to D1. */
  recordDelivery(record: EventRecord, entry: ListedEntry, sweepAt: number | null): Promise<void>;
  /**
   * Sets when the sweep should look at the record again, for an event of which D1 keeps nothing; a row of a later
   * version knows better.
   */
  scheduleSweep(record: Pick<EventRecord, "id" | "version">, sweepAt: number | null): Promise<void>;
  /** Called with every attempt. */
  countAttempt(attempt: CountedAttempt): void;
}

/**
 * Makes the next attempt of a record, if one is due and its endpoint's state allows it. What was awaited is compared
 * with the present: an event that has changed meanwhile is left to the next caller. If it dies after
 * - the claim of an attempt, or its request: the next alarm closes it as interrupted and sends the same bytes again;
 * - the outcome, before the endpoint's health: one failure is not counted, or the next success closes the circuit;
 * - the outcome, before D1: the next alarm tells D1 first.
 */
export async function deliverNext(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  const next = dueAttempt(outbox, deps);
  const record = outbox.record();
  if (next === null || record === null) return;
  const { applicationId } = record;
  const { trigger } = next;
  const endpoint = await deps.readEndpoint(applicationId);
  const entry = stillDue(next, outbox, deps);
  if (entry === null) return;
  // A delivery that takes its object down each time ends, too.
  if (trigger === "schedule" && isWornOut(entry.delivery)) return end(entry, "worn_out", outbox);
  const isWanted = trigger === "resend" || endpoint?.events.includes(entry.eventType);
  if (endpoint === null || isWanted !== true) return end(entry, "unwanted", outbox);
  // A manual attempt should show its outcome: the circuit breaker does not hold it.
  const admission =
    trigger === "resend" && endpoint.health.disabledAt === null ? "send" : admit(endpoint.health, deps.now());
  if (admission === "refuse") return end(entry, "disabled", outbox);
  if (admission === "hold") return hold(entry, outbox);
  if (admission === "probe" && !(await deps.writeHealth(applicationId, claimProbe(endpoint.health, deps.now())))) {
    const late = stillDue(next, outbox, deps);
    return late === null ? undefined : hold(late, outbox);
  }
  const outcome = await claimAndSend(next, endpoint, outbox, deps);
  if (outcome === null) return;
  deps.countAttempt({ applicationId, eventType: entry.eventType, trigger, ...outcome });
  const health = await reportOutcome(applicationId, endpoint, outcome.outcome, admission === "probe", deps);
  const closed = entryOf(outbox, entry.eventId);
  if (closed === null || hasEnded(closed.delivery)) return;
  // Its next attempt would not be made anyway: saying so now spares an alarm and a write.
  if (health.disabledAt !== null) end(closed, "disabled", outbox);
  else if (health.probeAt !== null) hold(closed, outbox);
}

/** The next attempt, if its time has come. */
function dueAttempt(outbox: OutboxPort, { now }: Pick<WebhookDeps, "now">): NextAttempt | null {
  const next = nextAttempt(outbox.load());
  return next !== null && next.dueAt <= now() ? next : null;
}

/** The entry of an attempt as it is now; null when something else comes first by now, or the record is deleted. */
function stillDue({ entry, trigger }: NextAttempt, outbox: OutboxPort, deps: WebhookDeps): OutboxEntry | null {
  const next = dueAttempt(outbox, deps);
  return next?.entry.eventId === entry.eventId && next.trigger === trigger ? next.entry : null;
}

/** The entry as it is now; null when it has ended for good, or the record is deleted. */
const entryOf = (outbox: OutboxPort, eventId: string): OutboxEntry | null =>
  outbox.load().find((entry) => entry.eventId === eventId) ?? null;

function end(entry: OutboxEntry, why: Parameters<typeof endDelivery>[1], outbox: OutboxPort): void {
  outbox.save(withDelivery(entry, endDelivery(entry, why)));
}

function hold(entry: OutboxEntry, outbox: OutboxPort): void {
  if (entry.delivery.status !== "held") outbox.save(withDelivery(entry, holdDelivery(entry.delivery)));
}

interface SentAttempt {
  startedAt: number;
  outcome: AttemptOutcome;
}

/**
 * Prepares the attempt, then claims and sends it in one turn: a record that is deleted while a name is resolved gets no
 * webhook anymore. Null when nothing was sent because the entry has changed, or has gone.
 */
async function claimAndSend(
  next: NextAttempt,
  { url, keys }: Endpoint,
  outbox: OutboxPort,
  deps: WebhookDeps,
): Promise<SentAttempt | null> {
  const { eventId, body } = next.entry;
  const number = nextAttemptNumber(next.entry.delivery);
  const prepared = await prepareAttempt({ url, keys, eventId, body, number }, deps);
  const entry = stillDue(next, outbox, deps);
  if (entry === null || nextAttemptNumber(entry.delivery) !== number) return null;
  const { request, startedAt } = prepared;
  outbox.save(withDelivery(entry, claimAttempt(entry.delivery, next.trigger, request, startedAt)));
  const outcome = await sendAttempt(prepared, deps);
  const claimed = entryOf(outbox, eventId);
  if (claimed !== null) outbox.save(withDelivery(claimed, closeAttempt(claimed.delivery, outcome, deps.random())));
  return { startedAt, outcome };
}

/** Updates the endpoint's health with the outcome. A success of a healthy endpoint costs nothing. */
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
  const what =
    outcome.httpStatus === null ? `it failed with ${outcome.error}` : `it responded with ${outcome.httpStatus}`;
  return changeHealth(applicationId, (now) => afterFailure(now, what, isProbe, deps.now()), deps);
}

/**
 * Writes everything pending to D1. This is idempotent. A delivery that was held is looked
 * at once more afterwards: a circuit that closed in between has not seen it.
 */
export async function recordOutcomes(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  for (const { eventId } of outbox.load()) {
    const record = outbox.record();
    const entry = entryOf(outbox, eventId);
    if (record === null || entry === null || !isUnrecorded(entry)) continue;
    const { delivery } = entry;
    const { status } = delivery;
    if (status === "dropped") await deps.scheduleSweep(record, outbox.sweepAt());
    else await deps.recordDelivery(record, { ...entry, delivery: { ...delivery, status } }, outbox.sweepAt());
    // Before it counts as recorded: stopped in between, it is recorded and looked at again.
    if (status === "held") await changeHealth(record.applicationId, afterLateHold, deps);
    const now = entryOf(outbox, eventId);
    // Someone may have asked for a resend while D1 was written: then it has changes again.
    if (now !== null && now.revision === entry.revision) outbox.save({ ...now, known: true, recorded: true });
  }
}

/**
 * The application's circuit may have closed: what was held continues as planned. D1 learns of it with the attempt
 * that follows at once, or now if that is planned for later.
 */
export function releaseHeld(outbox: OutboxPort, now: number): void {
  for (const entry of outbox.load()) {
    const { delivery } = entry;
    if (delivery.status !== "held") continue;
    const followsAtOnce = delivery.dueAt === null || delivery.dueAt <= now;
    outbox.save({ ...withDelivery(entry, letGo(delivery)), recorded: followsAtOnce });
  }
}
