import { newDelivery, headOfOutbox, type OutboxEntry } from "../webhooks/outbox.ts";
import { eventId } from "../webhooks/event-id.ts";
import type { EditRefusal } from "./ingredient-edit.ts";
import { isUnderWay, withEvent } from "./history.ts";
import { presentRecord } from "./present.ts";
import { applyChange, type Changed, type RecordChange } from "./record-change.ts";
import type { AnalysisOutcome, Failure, NutritionRecord, Stage, Status } from "./record.ts";
import { ALARM_GRACE_MS, LEASE_MS } from "./sweep-times.ts";
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
  outbox: OutboxEntry[];
  /** The user deleted the record: nothing of it may be written or sent again, and what is left must go. */
  deleted: boolean;
}

/** A record that was begun this often takes its consumers down with it: it ends instead of coming back forever. */
const MAX_BEGINS = 10;

const NEVER_ENDED: Failure = {
  code: "timed_out",
  reason: "The analysis was started several times and never came to an end.",
};

const UNAVAILABLE: Failure = {
  code: "analysis_unavailable",
  reason: "The image models could not be reached, although it was tried several times. Upload the photo again later.",
};

const CANCELED: Failure = { code: "canceled", reason: "The analysis was canceled before it completed." };

/**
 * What an empty object begins with: its row in D1. A record that was complete when it was made (version 1) and still has
 * a sweep time has not been announced yet; any other outbox would still be in the object.
 */
export function startSequence(record: NutritionRecord, sweepTime: number | null, moment: Moment): Sequence {
  const isUnannounced = record.status === "completed" && record.version === 1 && sweepTime !== null;
  const outbox = isUnannounced ? [announce(record, moment)] : [];
  return { record, lease: null, begins: 0, outbox, deleted: false };
}

/** Time and randomness of one call. */
export interface Moment {
  now: number;
  newId: () => string;
  /** Whether somebody listens to the record's events; nobody does when left out. */
  watched?: boolean;
}

export type BeginAnswer =
  /** `watched`: somebody listens and would hear of the stages. Otherwise reporting them is wasted. */
  | { outcome: "leased"; lease: Lease; record: NutritionRecord; watched: boolean }
  | { outcome: "busy"; retryAfterMs: number }
  | { outcome: "stale"; status: Status };

/** Whether a call changed anything; `stale` names the status that stood in its way. */
export type ChangeAnswer = { outcome: "changed"; status: Status } | { outcome: "stale"; status: Status };

export interface Step<Answer> {
  next: Sequence;
  answer: Answer;
}

const stale = (sequence: Sequence): Step<{ outcome: "stale"; status: Status }> => ({
  next: sequence,
  answer: { outcome: "stale", status: sequence.record.status },
});

/** The events that an application may ask for; its own filter is applied when they are due. */
const ANNOUNCED: ReadonlySet<Status> = new Set(["completed", "failed"]);

function transition(
  sequence: Sequence,
  event: TransitionEvent,
  change: Changed & Partial<Pick<NutritionRecord, "failure">>,
  moment: Moment,
  stage: Stage = "done",
): Sequence | null {
  const status = nextStatus(sequence.record.status, event);
  if (status === null) return null;
  const changed: NutritionRecord = {
    ...sequence.record,
    ...change,
    status,
    version: sequence.record.version + 1,
    modifiedAt: moment.now,
  };
  const record = withEvent(changed, stage, moment.now);
  const outbox = ANNOUNCED.has(status) ? [...sequence.outbox, announce(record, moment)] : sequence.outbox;
  return { ...sequence, record, lease: null, outbox };
}

const announce = (record: NutritionRecord, moment: Moment): OutboxEntry => ({
  eventId: eventId(record.id, record.version),
  eventType: record.status,
  body: JSON.stringify(presentRecord(record)),
  createdAt: moment.now,
  delivery: newDelivery(moment.now),
  recorded: false,
});

/** A consumer asks to work on the record. Only one holds it at a time; a lease that ran out may be taken over. */
export function begin(sequence: Sequence, moment: Moment): Step<BeginAnswer> {
  if (isFinal(sequence.record.status)) return stale(sequence);
  if (sequence.lease !== null && sequence.lease.expiresAt > moment.now) {
    return { next: sequence, answer: { outcome: "busy", retryAfterMs: sequence.lease.expiresAt - moment.now } };
  }
  if (sequence.begins >= MAX_BEGINS) {
    const ended = transition(sequence, "fail", { failure: NEVER_ENDED }, moment);
    return stale(ended ?? sequence);
  }
  const { watched = false } = moment;
  // Where nobody hears of the stages, the record is told to be where almost all of the time goes.
  const begun = transition(sequence, "begin", {}, moment, watched ? "reading" : "recognising");
  if (begun === null) return stale(sequence);
  const lease: Lease = { id: moment.newId(), expiresAt: moment.now + LEASE_MS };
  return {
    next: { ...begun, lease, begins: sequence.begins + 1 },
    answer: { outcome: "leased", lease, record: begun.record, watched },
  };
}

/** The consumer that holds the lease hands in how the analysis ended. Any other lease comes too late. */
export function finish(
  sequence: Sequence,
  leaseId: string,
  outcome: AnalysisOutcome,
  moment: Moment,
): Step<ChangeAnswer> {
  if (sequence.lease?.id !== leaseId) return stale(sequence);
  const finished =
    outcome.status === "completed"
      ? transition(sequence, "complete", { content: outcome.content }, moment)
      : transition(sequence, "fail", { failure: outcome.failure }, moment);
  return finished === null ? stale(sequence) : changed(finished);
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
  if (sequence.lease !== null && sequence.lease.expiresAt > moment.now) {
    return { next: sequence, answer: { outcome: "busy", retryAfterMs: sequence.lease.expiresAt - moment.now } };
  }
  const ended = transition(sequence, "fail", { failure: UNAVAILABLE }, moment);
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

/** The user changes the record. With an `expectedVersion` (If-Match) only that version is changed. */
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
  const next = transition(sequence, "update", changes.value, moment);
  return next === null ? stale(sequence) : { next, answer: { outcome: "updated", record: next.record } };
}

/**
 * The user deletes the record. Whatever is under way is refused from here on, and events that are still due are not
 * sent; the object then removes what is stored elsewhere.
 */
export function remove(sequence: Sequence): Step<{ outcome: "removing" }> {
  const { record } = sequence;
  const status = isFinal(record.status) ? record.status : "canceled";
  const next: Sequence = { ...sequence, record: { ...record, status }, lease: null, outbox: [], deleted: true };
  return { next, answer: { outcome: "removing" } };
}

/** When the next webhook attempt is due, Unix milliseconds; null when none is. */
export const nextDueAt = (sequence: Sequence): number | null => headOfOutbox(sequence.outbox)?.delivery.dueAt ?? null;

/** When the sweep should look at a final record if its alarm has not acted; null when nothing is left to do. */
export function sweepAt(sequence: Sequence): number | null {
  const due = nextDueAt(sequence);
  return due === null ? null : due + ALARM_GRACE_MS;
}

/** Whether an analysis is under way or waits for its turn: listeners stay, and the object must not forget. */
export const isAtWork = (sequence: Sequence): boolean => !sequence.deleted && isUnderWay(sequence.record);

/** Whether nothing is left to do for this record: its analysis is over and every event has ended. */
export const isSettledSequence = (sequence: Sequence): boolean => !isAtWork(sequence) && sequence.outbox.length === 0;
