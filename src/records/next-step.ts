import { isUnrecorded, nextAttempt } from "../webhooks/outbox.ts";
import { isAnalysisUnderWay } from "./history.ts";
import { SOON_MS } from "./retry-schedule.ts";
import { heldUntil, type Sequence } from "./sequence.ts";
import { ALARM_GRACE_MS, PENDING_GRACE_MS } from "./sweep-times.ts";
import { isFinal } from "./transitions.ts";

/** Whether a re-analysis waits for a consumer: its wake-up call may have been lost. */
export const waitsForConsumer = (sequence: Sequence, now: number): boolean =>
  sequence.reanalysis !== null && heldUntil(sequence) <= now && (sequence.record.retry?.at ?? 0) <= now;

/** When the next webhook attempt is due, Unix milliseconds; null when none is. */
export const nextDueAt = (sequence: Sequence): number | null => nextAttempt(sequence.outbox)?.dueAt ?? null;

/**
 * When the sweep should look after an analysis that is in progress or waits since `waitingSince`; Unix milliseconds.
 */
function analysisSweepAt(sequence: Sequence, waitingSince: number): number {
  const { record, lease } = sequence;
  if (lease !== null) return heldUntil(sequence) + PENDING_GRACE_MS;
  if (record.retry === null) return waitingSince + PENDING_GRACE_MS;
  // A retry that is due soon has its wake-up call already.
  const { at } = record.retry;
  return at - record.modifiedAt <= SOON_MS ? at + PENDING_GRACE_MS : at;
}

/**
 * When the sweep should look at the record: while its analysis is in progress, when its consumer must have ended, or
 * when it is to be retried; once it is final, when its alarm has not made the webhook attempt that was due. Null when
 * nothing is left to do, or the endpoint's circuit holds it.
 */
export function sweepAt(sequence: Sequence): number | null {
  const { record, reanalysis } = sequence;
  if (!isFinal(record.status)) return analysisSweepAt(sequence, record.modifiedAt);
  const due = nextDueAt(sequence);
  const times = [
    ...(due === null ? [] : [due + ALARM_GRACE_MS]),
    ...(reanalysis === null ? [] : [analysisSweepAt(sequence, reanalysis.requestedAt)]),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * What D1 is notified of that with a version of the record; `undefined`: nothing. While a first analysis goes as it
 * should, the sweep's first look, a minute after the upload, is as good as a later one, and spares an index row.
 */
export const projectedSweepAt = (sequence: Sequence): number | null | undefined =>
  isFinal(sequence.record.status) || sequence.postponements !== null || sequence.begins > 1
    ? sweepAt(sequence)
    : undefined;

/** Whether an analysis is under way or waits for its turn: listeners stay, and the object must not forget. */
export const isAtWork = (sequence: Sequence): boolean => !sequence.deleted && isAnalysisUnderWay(sequence.record);

/** Whether nothing is left to do for this record: its analysis is over and every event has ended. */
export const isSettledSequence = (sequence: Sequence): boolean => !isAtWork(sequence) && sequence.outbox.length === 0;

/**
 * The next side effect of a record's object:
 * - `erase`: remove what is stored elsewhere of a deleted record, then itself;
 * - `project`: write the record to D1;
 * - `record`: tell D1 how deliveries stand;
 * - `deliver`: make the webhook attempt that is due;
 * - `clear`: delete everything, because D1 has it and no work remains;
 * - `sleep`: until the next attempt is due (Unix milliseconds);
 * - `rest`: wait for a consumer, a user, or the endpoint's circuit to close.
 */
export type NextStep =
  | { do: "erase" | "project" | "record" | "deliver" | "clear" | "rest" }
  | { do: "sleep"; until: number };

/**
 * Decides from all that an object keeps, and the version that D1 is known to have. It is asked again after everything
 * that is awaited. The order is the promise: D1 has a version before any webhook announces it, and nothing is forgotten
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
