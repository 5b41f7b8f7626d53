import type { EditRefusal } from "./changes/ingredient-edit.ts";
import { applyChange, type RecordChange } from "./changes/record-change.ts";
import type { Failure, FailureCode, NutritionRecord, Status } from "./record.ts";
import { analysableInput } from "./changes/reanalysis.ts";
import {
  advance,
  AT_REST,
  changed,
  stale,
  transition,
  type ChangeResult,
  type StepContext,
  type Sequence,
  type Step,
} from "./sequence.ts";
import { isFinal, nextStatus } from "./transitions.ts";

const CANCELED: Failure = { code: "canceled", reason: "The analysis was canceled before it completed." };

/** The user stops the analysis. A consumer at work loses its lease: what it hands in later is refused. */
export function cancel(sequence: Sequence, context: StepContext): Step<ChangeResult> {
  const canceled = transition(sequence, "cancel", { failure: CANCELED }, context);
  return canceled === null ? stale(sequence) : changed(canceled);
}

export type UpdateResult =
  | { outcome: "updated"; record: NutritionRecord }
  | { outcome: "stale"; status: Status }
  | { outcome: "version_mismatch" }
  | { outcome: "refused"; refusal: EditRefusal };

/**
 * The user changes the record. With an `expectedVersion` (If-Match) only that version is changed. Whoever corrects a
 * record while it is analyzed again has said how it is: the re-analysis ends, and its result comes too late.
 */
export function update(
  sequence: Sequence,
  change: RecordChange,
  expectedVersion: number | null,
  context: StepContext,
): Step<UpdateResult> {
  const { record } = sequence;
  if (expectedVersion !== null && expectedVersion !== record.version) {
    return { next: sequence, result: { outcome: "version_mismatch" } };
  }
  const isReplaced = change.kind === "content";
  if (nextStatus(record.status, "update") === null) return stale(sequence);
  // A failed record has nothing to correct; it can be replaced.
  if (record.status === "failed" && !isReplaced) return stale(sequence);
  const changes = applyChange(record, change);
  if (!changes.ok) return { next: sequence, result: { outcome: "refused", refusal: changes.error } };
  const isContentKept = change.kind === "portion" && change.servingSize === undefined;
  const goesOn = sequence.reanalysis !== null && isContentKept;
  const stage = goesOn ? record.history.at(-1)?.stage : undefined;
  const updated = { ...changes.value, failure: null, retry: goesOn ? record.retry : null };
  const next = transition(sequence, "update", updated, context, stage);
  if (next === null) return stale(sequence);
  const { lease, begins, postponements, reanalysis } = goesOn ? sequence : next;
  return {
    next: { ...next, lease, begins, postponements, reanalysis },
    result: { outcome: "updated", record: next.record },
  };
}

export type ReanalyzeResult =
  | { outcome: "accepted"; record: NutritionRecord }
  | { outcome: "stale"; status: Status }
  | { outcome: "version_mismatch" }
  | { outcome: "refused"; refusal: "under_way" | "nothing_to_analyse" | "hint_needed" };

/** Failures after which the same analysis may well succeed, and those after which one with a hint may. */
const MAY_PASS: ReadonlySet<FailureCode> = new Set(["analysis_unavailable"]);
const HINT_MAY_HELP: ReadonlySet<FailureCode> = new Set([...MAY_PASS, "no_food_found", "timed_out"]);

/** Why a failed record is not analyzed again like that; null when it is, or has not failed. */
function refuseFailed(
  { status, failure }: NutritionRecord,
  hint: string | null,
): "nothing_to_analyse" | "hint_needed" | null {
  if (status !== "failed") return null;
  if (failure === null || !HINT_MAY_HELP.has(failure.code)) return "nothing_to_analyse";
  return hint === null && !MAY_PASS.has(failure.code) ? "hint_needed" : null;
}

/**
 * The user wants the record analyzed again. It keeps its status, and gets a new version at once, so that D1 learns when
 * the sweep has to look after it.
 */
export function requestReanalysis(
  sequence: Sequence,
  hint: string | null,
  expectedVersion: number | null,
  context: StepContext,
): Step<ReanalyzeResult> {
  const { record } = sequence;
  const refuse = (result: ReanalyzeResult): Step<ReanalyzeResult> => ({ next: sequence, result });
  if (expectedVersion !== null && expectedVersion !== record.version) return refuse({ outcome: "version_mismatch" });
  if (nextStatus(record.status, "update") === null) return stale(sequence);
  if (sequence.reanalysis !== null) return refuse({ outcome: "refused", refusal: "under_way" });
  if (analysableInput(record) === null) return refuse({ outcome: "refused", refusal: "nothing_to_analyse" });
  const refusal = refuseFailed(record, hint);
  if (refusal !== null) return refuse({ outcome: "refused", refusal });
  const requested = advance(sequence, {}, "queued", context);
  return {
    next: { ...requested, ...AT_REST, reanalysis: { hint, requestedAt: context.now } },
    result: { outcome: "accepted", record: requested.record },
  };
}

/**
 * The user deletes the record. Whatever is in progress is refused from here on, and events that are still due are not
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
  return { next, result: { outcome: "removing" } };
}
