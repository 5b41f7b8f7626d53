import { DEFAULT_WEBHOOK_EVENTS } from "../auth/application.ts";
import { isUnrecorded, newEntry, nextAttempt, type OutboxEntry } from "../webhooks/outbox.ts";
import { eventId } from "../webhooks/event-id.ts";
import type { EditRefusal } from "./ingredient-edit.ts";
import { isUnderWay, withEvent } from "./history.ts";
import { presentRecord } from "./present.ts";
import { applyChange, type Changed, type RecordChange } from "./record-change.ts";
import type { AnalysisOutcome, Failure, NutritionRecord, RecordContent, Stage, Status } from "./record.ts";
import { analysableInput, withoutResult, type Reanalysis } from "./reanalysis.ts";
import { ALARM_GRACE_MS, LEASE_MS, PENDING_GRACE_MS } from "./sweep-times.ts";
import { isFinal, nextStatus, type TransitionEvent } from "./transitions.ts";

/** A consumer's right to work on a record until `expiresAt` (Unix milliseconds). */
export interface Lease {
  id: string;
  expiresAt: number;
}

/** All that a record's object keeps: the order of the record's life. Plain data, so that every rule here is pure. */
export interface Sequence {
  record: NutritionRecord;
  lease: Lease | null;
  /** How often a consumer has begun. */
  begins: number;
  /** The re-analysis that is under way or waits for its turn; the record keeps its status meanwhile. */
  reanalysis: Reanalysis | null;
  outbox: OutboxEntry[];
  /** The user deleted the record: nothing of it may be written or sent again, and what is left must go. */
  deleted: boolean;
}

/** A record that was begun this often takes its consumers down with it: it ends instead of coming back forever. */
const MAX_BEGINS = 10;

/** A user may have a record analysed any number of times; its row must not grow with it. */
const MAX_MODEL_CALLS = 30;

const NEVER_ENDED: Failure = {
  code: "timed_out",
  reason: "The analysis was started several times and never came to an end.",
};

const UNAVAILABLE: Failure = {
  code: "analysis_unavailable",
  reason: "The models could not be reached, although it was tried several times. Send the meal again later.",
};

const CANCELED: Failure = { code: "canceled", reason: "The analysis was canceled before it completed." };

/**
 * What an empty object begins with: its row in D1. A record that was complete when it was made (version 1) and still has
 * a sweep time has not been announced yet; any other outbox would still be in the object.
 */
export function startSequence(record: NutritionRecord, sweepTime: number | null, moment: Moment): Sequence {
  const isUnannounced = record.status === "completed" && record.version === 1 && sweepTime !== null;
  const outbox = isUnannounced ? [announce(record, moment)] : [];
  return { record, lease: null, begins: 0, reanalysis: null, outbox, deleted: false };
}

/** Time and randomness of one call, and what the application wants to hear of. */
export interface Moment {
  now: number;
  newId: () => string;
  /** Whether somebody listens to the record's events; nobody does when left out. */
  watched?: boolean;
  /** The events that go into the outbox. What is in there is asked once more when it is due; the ends when left out. */
  announced?: ReadonlySet<string>;
}

export type BeginAnswer =
  /**
   * `hint`: what the user says about the meal, when it is analysed again. `watched`: somebody listens and would hear of
   * the stages; otherwise reporting them is wasted.
   */
  | { outcome: "leased"; lease: Lease; record: NutritionRecord; hint: string | null; watched: boolean }
  | { outcome: "busy"; retryAfterMs: number }
  | { outcome: "stale"; status: Status };

/** Whether a call changed anything; `stale` names the status that stood in its way. */
export type ChangeAnswer = { outcome: "changed"; status: Status } | { outcome: "stale"; status: Status };

/** How a record ended, for whoever handed the end in and shows it. */
export type FinishAnswer =
  | { outcome: "changed"; status: Status; version: number; modifiedAt: number }
  | { outcome: "stale"; status: Status };

export interface Step<Answer> {
  next: Sequence;
  answer: Answer;
}

const stale = (sequence: Sequence): Step<{ outcome: "stale"; status: Status }> => ({
  next: sequence,
  answer: { outcome: "stale", status: sequence.record.status },
});

/** What is announced unless the moment says otherwise. */
const ENDS: ReadonlySet<string> = new Set(DEFAULT_WEBHOOK_EVENTS);

/** A record that is begun a second time is not announced a second time. */
const isAnnounced = (before: Status, status: Status, { announced = ENDS }: Moment): boolean =>
  announced.has(status) && (status !== before || status === "updated");

type Change = Changed & Partial<Pick<NutritionRecord, "failure" | "status">>;

/** The record in its next version. */
function advance(sequence: Sequence, change: Change, stage: Stage, moment: Moment): Sequence {
  const changed = { ...sequence.record, ...change, version: sequence.record.version + 1, modifiedAt: moment.now };
  return { ...sequence, record: withEvent(changed, stage, moment.now) };
}

function transition(
  sequence: Sequence,
  event: TransitionEvent,
  change: Change,
  moment: Moment,
  stage: Stage = "done",
): Sequence | null {
  const status = nextStatus(sequence.record.status, event);
  if (status === null) return null;
  const next = advance(sequence, { ...change, status }, stage, moment);
  const isNews = isAnnounced(sequence.record.status, status, moment);
  const outbox = isNews ? [...next.outbox, announce(next.record, moment)] : next.outbox;
  return { ...next, lease: null, reanalysis: null, outbox };
}

const announce = (record: NutritionRecord, moment: Moment): OutboxEntry =>
  newEntry({
    eventId: eventId(record.id, record.version),
    eventType: record.status,
    body: JSON.stringify(presentRecord(record)),
    createdAt: moment.now,
  });

/** An analysis ends without a result. A first one fails the record; a later one leaves it as it was, with a warning. */
function fail(sequence: Sequence, failure: Failure, moment: Moment): Sequence | null {
  if (sequence.reanalysis === null) return transition(sequence, "fail", { failure }, moment);
  const content = withoutResult(sequence.record.content, failure);
  return { ...advance(sequence, { content }, "done", moment), lease: null, reanalysis: null };
}

/** An analysis ends with a result. A later one replaces all that was there, the portion and what was typed included. */
function complete(sequence: Sequence, content: RecordContent, moment: Moment): Sequence | null {
  if (sequence.reanalysis === null) return transition(sequence, "complete", { content }, moment);
  const inputType = analysableInput(sequence.record) ?? sequence.record.inputType;
  return transition(sequence, "update", { content, inputType, servingSize: null }, moment);
}

const busyUntil = ({ lease }: Sequence, { now }: Moment): { outcome: "busy"; retryAfterMs: number } | null =>
  lease !== null && lease.expiresAt > now ? { outcome: "busy", retryAfterMs: lease.expiresAt - now } : null;

/** A consumer asks to work on the record. Only one holds it at a time; a lease that ran out may be taken over. */
export function begin(sequence: Sequence, moment: Moment): Step<BeginAnswer> {
  const { record, reanalysis, begins } = sequence;
  if (isFinal(record.status) && reanalysis === null) return stale(sequence);
  const busy = busyUntil(sequence, moment);
  if (busy !== null) return { next: sequence, answer: busy };
  if (begins >= MAX_BEGINS) return stale(fail(sequence, NEVER_ENDED, moment) ?? sequence);
  const { watched = false } = moment;
  // Where nobody hears of the stages, the record is told to be where almost all of the time goes.
  const stage = watched ? "reading" : "recognising";
  const begun =
    reanalysis === null
      ? transition(sequence, "begin", {}, moment, stage)
      : { ...sequence, record: withEvent(record, stage, moment.now) };
  if (begun === null) return stale(sequence);
  const lease: Lease = { id: moment.newId(), expiresAt: moment.now + LEASE_MS };
  const inputType = analysableInput(begun.record) ?? record.inputType;
  return {
    next: { ...begun, lease, begins: begins + 1 },
    answer: {
      outcome: "leased",
      lease,
      record: { ...begun.record, inputType },
      hint: reanalysis?.hint ?? null,
      watched,
    },
  };
}

/** The consumer that holds the lease hands in how the analysis ended. Any other lease comes too late. */
export function finish(
  sequence: Sequence,
  leaseId: string,
  outcome: AnalysisOutcome,
  moment: Moment,
): Step<FinishAnswer> {
  if (sequence.lease?.id !== leaseId) return stale(sequence);
  const { record } = sequence;
  const modelCalls = [...record.modelCalls, ...(outcome.calls ?? [])].slice(-MAX_MODEL_CALLS);
  const asked: Sequence = { ...sequence, record: { ...record, modelCalls } };
  const finished =
    outcome.status === "completed" ? complete(asked, outcome.content, moment) : fail(asked, outcome.failure, moment);
  if (finished === null) return stale(sequence);
  const { status, version, modifiedAt } = finished.record;
  return { next: finished, answer: { outcome: "changed", status, version, modifiedAt } };
}

const changed = (next: Sequence): Step<ChangeAnswer> => ({
  next,
  answer: { outcome: "changed", status: next.record.status },
});

/** The consumer that holds the lease tells how far it is. The status and the version stay. */
export function progress(sequence: Sequence, leaseId: string, stage: Stage, moment: Moment): Step<ChangeAnswer> {
  if (sequence.lease?.id !== leaseId) return stale(sequence);
  return changed({ ...sequence, record: withEvent(sequence.record, stage, moment.now) });
}

/** The consumer gives the record back unfinished, to be begun again later. */
export function release(sequence: Sequence, leaseId: string): Step<ChangeAnswer> {
  return sequence.lease?.id === leaseId ? changed({ ...sequence, lease: null }) : stale(sequence);
}

export type GiveUpAnswer = ChangeAnswer | { outcome: "busy"; retryAfterMs: number };

/** Every retry of the queue is used up: the record ends, unless a consumer is at work on it right now. */
export function giveUp(sequence: Sequence, moment: Moment): Step<GiveUpAnswer> {
  const busy = busyUntil(sequence, moment);
  if (busy !== null) return { next: sequence, answer: busy };
  const ended = fail(sequence, UNAVAILABLE, moment);
  return ended === null ? stale(sequence) : changed(ended);
}

/** The user stops the analysis. A consumer at work loses its lease: what it hands in later is refused. */
export function cancel(sequence: Sequence, moment: Moment): Step<ChangeAnswer> {
  const canceled = transition(sequence, "cancel", { failure: CANCELED }, moment);
  return canceled === null ? stale(sequence) : changed(canceled);
}

export type UpdateAnswer =
  | { outcome: "updated"; record: NutritionRecord }
  | { outcome: "stale"; status: Status }
  | { outcome: "version_mismatch" }
  | { outcome: "refused"; refusal: EditRefusal };

/**
 * The user changes the record. With an `expectedVersion` (If-Match) only that version is changed. Whoever corrects a
 * record while it is analysed again has said how it is: the re-analysis ends, and its result comes too late.
 */
export function update(
  sequence: Sequence,
  change: RecordChange,
  expectedVersion: number | null,
  moment: Moment,
): Step<UpdateAnswer> {
  const { record } = sequence;
  if (expectedVersion !== null && expectedVersion !== record.version) {
    return { next: sequence, answer: { outcome: "version_mismatch" } };
  }
  if (nextStatus(record.status, "update") === null) return stale(sequence);
  const changes = applyChange(record, change);
  if (!changes.ok) return { next: sequence, answer: { outcome: "refused", refusal: changes.error } };
  const isContentKept = change.kind === "portion" && change.servingSize === undefined;
  const goesOn = sequence.reanalysis !== null && isContentKept;
  const stage = goesOn ? record.history.at(-1)?.stage : undefined;
  const next = transition(sequence, "update", changes.value, moment, stage);
  if (next === null) return stale(sequence);
  const { lease, reanalysis } = goesOn ? sequence : next;
  return { next: { ...next, lease, reanalysis }, answer: { outcome: "updated", record: next.record } };
}

export type ReanalyzeAnswer =
  | { outcome: "accepted"; record: NutritionRecord }
  | { outcome: "stale"; status: Status }
  | { outcome: "version_mismatch" }
  | { outcome: "refused"; refusal: "under_way" | "nothing_to_analyse" };

/**
 * The user wants the record analysed again. It keeps its status, and gets a new version at once, so that D1 learns when
 * the sweep has to look after it.
 */
export function requestReanalysis(
  sequence: Sequence,
  hint: string | null,
  expectedVersion: number | null,
  moment: Moment,
): Step<ReanalyzeAnswer> {
  const { record } = sequence;
  const refuse = (answer: ReanalyzeAnswer): Step<ReanalyzeAnswer> => ({ next: sequence, answer });
  if (expectedVersion !== null && expectedVersion !== record.version) return refuse({ outcome: "version_mismatch" });
  if (nextStatus(record.status, "update") === null) return stale(sequence);
  if (sequence.reanalysis !== null) return refuse({ outcome: "refused", refusal: "under_way" });
  if (analysableInput(record) === null) return refuse({ outcome: "refused", refusal: "nothing_to_analyse" });
  const requested = advance(sequence, {}, "queued", moment);
  return {
    next: { ...requested, begins: 0, reanalysis: { hint, requestedAt: moment.now } },
    answer: { outcome: "accepted", record: requested.record },
  };
}

/** Whether a re-analysis waits for a consumer: its wake-up call may have been lost. */
export const waitsForConsumer = (sequence: Sequence, now: number): boolean =>
  sequence.reanalysis !== null && (sequence.lease === null || sequence.lease.expiresAt <= now);

/**
 * The user deletes the record. Whatever is under way is refused from here on, and events that are still due are not
 * sent; the object then removes what is stored elsewhere.
 */
export function remove(sequence: Sequence): Step<{ outcome: "removing" }> {
  const { record } = sequence;
  const status = isFinal(record.status) ? record.status : "canceled";
  const next: Sequence = {
    ...sequence,
    record: { ...record, status },
    lease: null,
    reanalysis: null,
    outbox: [],
    deleted: true,
  };
  return { next, answer: { outcome: "removing" } };
}

/** When the next webhook attempt is due, Unix milliseconds; null when none is. */
export const nextDueAt = (sequence: Sequence): number | null => nextAttempt(sequence.outbox)?.dueAt ?? null;

/**
 * When the sweep should look at the record: while it is open, when its consumer must have ended; once it is final, when
 * its alarm has not made the webhook attempt that was due, or a re-analysis must have ended. Null when nothing is left to
 * do, or the endpoint's circuit holds it.
 */
export function sweepAt(sequence: Sequence): number | null {
  const { record, reanalysis, lease } = sequence;
  if (!isFinal(record.status)) return (lease?.expiresAt ?? record.modifiedAt) + PENDING_GRACE_MS;
  const due = nextDueAt(sequence);
  const times = [
    ...(due === null ? [] : [due + ALARM_GRACE_MS]),
    ...(reanalysis === null ? [] : [(lease?.expiresAt ?? reanalysis.requestedAt) + PENDING_GRACE_MS]),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/** Whether an analysis is under way or waits for its turn: listeners stay, and the object must not forget. */
export const isAtWork = (sequence: Sequence): boolean => !sequence.deleted && isUnderWay(sequence.record);

/** Whether nothing is left to do for this record: its analysis is over and every event has ended. */
export const isSettledSequence = (sequence: Sequence): boolean => !isAtWork(sequence) && sequence.outbox.length === 0;

/**
 * What a record's object does next about the world:
 * - `erase`: remove what is stored elsewhere of a deleted record, then itself;
 * - `project`: write the record to D1;
 * - `record`: tell D1 how deliveries stand;
 * - `deliver`: make the webhook attempt that is due;
 * - `clear`: forget everything, because D1 has it and nothing is left to do;
 * - `sleep`: until the next attempt is due (Unix milliseconds);
 * - `rest`: somebody else makes the next move: a consumer, a user, or whoever closes the endpoint's circuit.
 */
export type NextStep =
  | { do: "erase" | "project" | "record" | "deliver" | "clear" | "rest" }
  | { do: "sleep"; until: number };

/**
 * Decides from all that an object keeps, and the version that D1 is known to have. It is asked anew after everything
 * that is awaited. The order is the promise: D1 has a version before any webhook tells of it, and nothing is forgotten
 * that D1 does not have.
 */
export function nextStep(sequence: Sequence, projectedVersion: number, now: number): NextStep {
  if (sequence.deleted) return { do: "erase" };
  if (projectedVersion < sequence.record.version) return { do: "project" };
  if (sequence.outbox.some(isUnrecorded)) return { do: "record" };
  const due = nextDueAt(sequence);
  if (due !== null && due <= now) return { do: "deliver" };
  if (isSettledSequence(sequence)) return { do: "clear" };
  return due === null ? { do: "rest" } : { do: "sleep", until: due };
}
