import { withEvent } from "./history.ts";
import type {
  AnalysisOutcome,
  Failure,
  ModelCall,
  NutritionRecord,
  RecordContent,
  RetryReason,
  Stage,
  Status,
} from "./record.ts";
import { analysableInput } from "./changes/reanalysis.ts";
import { retryTime, type Postponement, type Postponements, type AnalysisRetryPolicy } from "./retry-schedule.ts";
import {
  advance,
  changed,
  failAnalysis,
  heldUntil,
  stale,
  transition,
  type ChangeResult,
  type Lease,
  type StepContext,
  type Sequence,
  type Step,
} from "./sequence.ts";
import { EARLY_MS, LEASE_MS } from "./sweep-times.ts";
import { isFinal } from "./transitions.ts";

/** A record leased this often crashes its consumers: it fails instead of being retried forever. */
const MAX_BEGINS = 10;

/** A user can re-analyze a record any number of times; its row must not grow with it. */
const MAX_MODEL_CALLS = 30;

const NEVER_ENDED: Failure = {
  code: "timed_out",
  reason: "The analysis was started several times and never finished.",
};

/** The failure reason if a retry's cause has lasted too long. */
const UNAVAILABLE: Record<RetryReason, string> = {
  models_unavailable: "The models could not be reached, despite repeated attempts.",
  quota_exhausted: "The quota of the models was used up and did not reset in time.",
  model_misconfigured: "The service is misconfigured and could not call its models.",
  service_unavailable: "The service could not finish the analysis, despite repeated attempts.",
};

/** What the user can do then; the photo is kept for as long as the application keeps photos. */
const TRY_LATER = "Re-analyze the record later.";

export type BeginResult =
  /**
   * `hint`: what the user says about the meal, when it is analyzed again. `watched`: someone listens and would hear of
   * the stages; otherwise reporting them is wasted.
   */
  | { outcome: "leased"; lease: Lease; record: NutritionRecord; hint: string | null; watched: boolean }
  | { outcome: "busy"; retryAfterMs: number }
  /** Postponed until `retryAt` (Unix milliseconds). */
  | { outcome: "put_off"; retryAt: number }
  | { outcome: "stale"; status: Status };

/** How a record ended, returned to the lease holder. */
export type FinishResult =
  | { outcome: "changed"; status: Status; version: number; modifiedAt: number }
  | { outcome: "stale"; status: Status };

/**
 * An analysis ends with a result. A later one replaces all that was there, the portion and what was typed included. The
 * same analysis of a record that had failed completes it; one that the user has given a hint for is a change of theirs.
 */
function complete(sequence: Sequence, content: RecordContent, context: StepContext): Sequence | null {
  const { record, reanalysis } = sequence;
  const isFirst = reanalysis === null || (record.status === "failed" && reanalysis.hint === null);
  if (isFirst) return transition(sequence, "complete", { content, failure: null }, context);
  const inputType = analysableInput(record) ?? record.inputType;
  return transition(sequence, "update", { content, inputType, servingSize: null, failure: null }, context);
}

/** Why a consumer may not begin now; null when it may. */
function notYet(sequence: Sequence, { now }: StepContext): BeginResult | null {
  const { retry } = sequence.record;
  const until = heldUntil(sequence);
  if (until > now) return { outcome: "busy", retryAfterMs: until - now };
  return retry !== null && retry.at - EARLY_MS > now ? { outcome: "put_off", retryAt: retry.at } : null;
}

/** A consumer asks to work on the record. Only one holds it at a time; a lease that ran out may be taken over. */
export function begin(sequence: Sequence, context: StepContext): Step<BeginResult> {
  const { record, reanalysis, begins } = sequence;
  if (isFinal(record.status) && reanalysis === null) return stale(sequence);
  const refusal = notYet(sequence, context);
  if (refusal !== null) return { next: sequence, result: refusal };
  if (begins >= MAX_BEGINS) return stale(failAnalysis(sequence, NEVER_ENDED, context) ?? sequence);
  const { watched = false } = context;
  // Without listeners, the stage is set to the one that takes almost all of the time.
  const stage = watched ? "reading" : "recognising";
  const begun =
    reanalysis === null ? transition(sequence, "begin", {}, context, stage) : beginAgain(sequence, stage, context);
  if (begun === null) return stale(sequence);
  const lease: Lease = { id: context.newId(), expiresAt: context.now + LEASE_MS };
  const inputType = analysableInput(begun.record) ?? record.inputType;
  return {
    next: { ...begun, lease, begins: begins + 1 },
    result: {
      outcome: "leased",
      lease,
      record: { ...begun.record, inputType },
      hint: reanalysis?.hint ?? null,
      watched,
    },
  };
}

/** A re-analysis begins: the record stays as it is, unless D1 has to learn that it no longer waits. */
function beginAgain(sequence: Sequence, stage: Stage, context: StepContext): Sequence {
  const { record } = sequence;
  if (record.retry !== null) return advance(sequence, { retry: null }, stage, context);
  return { ...sequence, record: withEvent(record, stage, context.now) };
}

/** The lease holder reports how the analysis ended. Any other lease is too late. */
export function finish(
  sequence: Sequence,
  leaseId: string,
  outcome: AnalysisOutcome,
  context: StepContext,
): Step<FinishResult> {
  if (sequence.lease?.id !== leaseId) return stale(sequence);
  const asked = withCalls(sequence, outcome.calls);
  const finished =
    outcome.status === "completed"
      ? complete(asked, outcome.content, context)
      : failAnalysis(asked, outcome.failure, context);
  if (finished === null) return stale(sequence);
  const { status, version, modifiedAt } = finished.record;
  return { next: finished, result: { outcome: "changed", status, version, modifiedAt } };
}

/** The lease holder reports progress. The status and the version are unchanged. */
export function progress(sequence: Sequence, leaseId: string, stage: Stage, context: StepContext): Step<ChangeResult> {
  if (sequence.lease?.id !== leaseId) return stale(sequence);
  return changed({ ...sequence, record: withEvent(sequence.record, stage, context.now) });
}

/** The record with the latest of its calls of models. */
function withCalls(sequence: Sequence, calls: readonly ModelCall[] = []): Sequence {
  const { record } = sequence;
  const modelCalls = [...record.modelCalls, ...calls].slice(-MAX_MODEL_CALLS);
  return { ...sequence, record: { ...record, modelCalls } };
}

/** How putting an analysis off went; `retryAt` in Unix milliseconds. */
export type PostponeResult =
  | { outcome: "put_off"; retryAt: number }
  | { outcome: "ended"; status: Status }
  | { outcome: "stale"; status: Status };

/**
 * The lease holder releases the record unfinished, to be retried later; it does not count as crashed. A cause that has
 * lasted too long fails the analysis.
 */
export function postpone(
  sequence: Sequence,
  leaseId: string,
  { reason, detail, notBefore, calls }: Postponement,
  policy: AnalysisRetryPolicy,
  context: StepContext,
): Step<PostponeResult> {
  if (sequence.lease?.id !== leaseId) return stale(sequence);
  const { count, since } = sequence.postponements ?? { count: 0, since: context.now };
  const postponements: Postponements = { count: count + 1, since };
  const endsNow = reason === "model_misconfigured" && policy.failsFast;
  const at = endsNow ? null : retryTime(postponements, notBefore, context.now, policy);
  if (at === null) {
    const why = endsNow ? detail : `${UNAVAILABLE[reason]} ${TRY_LATER}`;
    const ended = failAnalysis(withCalls(sequence, calls), { code: "analysis_unavailable", reason: why }, context);
    return ended === null
      ? stale(sequence)
      : { next: ended, result: { outcome: "ended", status: ended.record.status } };
  }
  const stage = sequence.record.history.at(-1)?.stage ?? "queued";
  const waiting = advance(withCalls(sequence, calls), { retry: { at, reason } }, stage, context);
  const begins = Math.max(0, sequence.begins - 1);
  return { next: { ...waiting, lease: null, begins, postponements }, result: { outcome: "put_off", retryAt: at } };
}
