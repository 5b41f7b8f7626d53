import { DEFAULT_WEBHOOK_EVENTS } from "../applications/application.ts";
import { eventId } from "../webhooks/event-id.ts";
import { newEntry, type OutboxEntry } from "../webhooks/outbox.ts";
import { isAnalysisUnderWay, withEvent } from "./history.ts";
import { presentRecord } from "./present.ts";
import type { Changed } from "./changes/record-change.ts";
import type { Failure, NutritionRecord, Stage, Status } from "./record.ts";
import { withoutResult, type Reanalysis } from "./changes/reanalysis.ts";
import { pauseAfterLostBeginnings, type Postponements } from "./retry-schedule.ts";
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
  /** How many consumers have begun and not ended since: at most one of them still works. */
  begins: number;
  /** Null while the analysis has never been postponed. */
  postponements: Postponements | null;
  /** The re-analysis that is in progress or waits for its turn; the record keeps its status meanwhile. */
  reanalysis: Reanalysis | null;
  outbox: OutboxEntry[];
  /** The user deleted the record: nothing of it may be written or sent anymore, and its remains must be deleted. */
  deleted: boolean;
}

/**
 * What an empty object begins with: its row in D1. A record that was complete when it was made (version 1) and still
 * has a sweep time has not been announced yet; any other outbox would still be in the object.
 */
export function startSequence(record: NutritionRecord, sweepTime: number | null, context: StepContext): Sequence {
  const isUnannounced = record.status === "completed" && record.version === 1 && sweepTime !== null;
  const outbox = isUnannounced ? [announce(record, context)] : [];
  const reanalysis = leftReanalysis(record);
  return { record, lease: null, begins: 0, postponements: null, reanalysis, outbox, deleted: false };
}

/**
 * The re-analysis of a row that says it is in progress although its object has forgotten it, as objects of earlier
 * versions have: it is done after all, without its hint.
 */
function leftReanalysis(record: NutritionRecord): Reanalysis | null {
  if (!isFinal(record.status) || !isAnalysisUnderWay(record)) return null;
  return { hint: null, requestedAt: record.history.at(-1)?.at ?? record.modifiedAt };
}

/** Time and randomness of one call, and the events that the application subscribes to. */
export interface StepContext {
  now: number;
  newId: () => string;
  /** Whether someone listens to the record's events; no one does if omitted. */
  watched?: boolean;
  /** The events that go into the outbox. What is in there is asked once more when it is due; the ends if omitted. */
  announced?: ReadonlySet<string>;
}

/** What a rule makes of a sequence: the next one, the same object when nothing changes, and the caller's result. */
export interface Step<Result> {
  next: Sequence;
  result: Result;
}

/** Whether a call changed anything; `stale` names the status that prevented it. */
export type ChangeResult = { outcome: "changed"; status: Status } | { outcome: "stale"; status: Status };

/** Nothing changes: the record's status prevents it. */
export const stale = (sequence: Sequence): Step<{ outcome: "stale"; status: Status }> => ({
  next: sequence,
  result: { outcome: "stale", status: sequence.record.status },
});

/** The record has changed. */
export const changed = (next: Sequence): Step<ChangeResult> => ({
  next,
  result: { outcome: "changed", status: next.record.status },
});

/** Announced unless the context says otherwise. */
const ENDS: ReadonlySet<string> = new Set(DEFAULT_WEBHOOK_EVENTS);

/** A record that is begun a second time, or fails for the same cause again, is not announced a second time. */
const isNews = (before: NutritionRecord, after: NutritionRecord): boolean =>
  after.status !== before.status ||
  after.status === "updated" ||
  (after.status === "failed" && after.failure?.code !== before.failure?.code);

type Change = Changed & Partial<Pick<NutritionRecord, "failure" | "status" | "retry">>;

/** The record in its next version. */
export function advance(sequence: Sequence, change: Change, stage: Stage, context: StepContext): Sequence {
  const { record } = sequence;
  const next = { ...record, ...change, version: record.version + 1, modifiedAt: context.now };
  return { ...sequence, record: withEvent(next, stage, context.now) };
}

/**
 * The record in the status that follows, announced if the application subscribes to it; null if the transition is not
 * allowed.
 */
export function transition(
  sequence: Sequence,
  event: TransitionEvent,
  change: Change,
  context: StepContext,
  stage: Stage = "done",
): Sequence | null {
  const status = nextStatus(sequence.record.status, event);
  if (status === null) return null;
  const next = advance(sequence, { retry: null, ...change, status }, stage, context);
  const { announced = ENDS } = context;
  const isAnnounced = announced.has(status) && isNews(sequence.record, next.record);
  const outbox = isAnnounced ? [...next.outbox, announce(next.record, context)] : next.outbox;
  return { ...next, ...(isFinal(status) && AT_REST), lease: null, outbox };
}

/** What an analysis leaves behind that has ended. */
export const AT_REST = { lease: null, begins: 0, postponements: null, reanalysis: null } as const;

const announce = (record: NutritionRecord, context: StepContext): OutboxEntry =>
  newEntry({
    eventId: eventId(record.id, record.version),
    eventType: record.status,
    body: JSON.stringify(presentRecord(record)),
    createdAt: context.now,
  });

/**
 * An analysis ends without a result. A first one fails the record, and so does one of a record that had failed before;
 * any other leaves the record as it was, with a warning.
 */
export function failAnalysis(sequence: Sequence, failure: Failure, context: StepContext): Sequence | null {
  const { record, reanalysis } = sequence;
  if (reanalysis === null || record.status === "failed") return transition(sequence, "fail", { failure }, context);
  const content = withoutResult(record.content, failure);
  return { ...advance(sequence, { content, retry: null }, "done", context), ...AT_REST };
}

/**
 * Until when no other consumer may begin, Unix milliseconds: leases that were lost are spaced out.
 */
export const heldUntil = ({ lease, begins }: Sequence): number =>
  lease === null ? 0 : lease.expiresAt + pauseAfterLostBeginnings(begins);
