import { log } from "../log.ts";
import type { BeginResult, FinishResult } from "../records/analysis-steps.ts";
import type { AnalysisOutcome, NutritionRecord } from "../records/record.ts";
import { SOON_MS, type Postponement } from "../records/retry-schedule.ts";
import type { PhotoOwner } from "../photos/photo-store.ts";
import type { Sequencer } from "../record-object/sequencer.ts";
import { fail, type Result } from "../result.ts";
import { reportStages, UNHEARD, type TellStage } from "./stage-reports.ts";

/** Dependencies of working on a record. */
export interface WorkPorts {
  sequencer: Sequencer;
  /** `hint`: what the user says about the meal, when it is analyzed again. */
  analyze(
    record: NutritionRecord,
    hint: string | null,
    tell: TellStage,
  ): Promise<Result<AnalysisOutcome, Postponement>>;
  /** Retries a failed call to the record's object, for about as long as a lease can last. */
  insist<Answer>(call: () => Promise<Answer>): Promise<Answer>;
  /** Enqueues a wake-up call with a delay in seconds. */
  enqueue(recordId: string, delaySeconds: number): Promise<void>;
  /** Deletes a photo, if there is one. */
  deletePhoto(owner: PhotoOwner): Promise<void>;
  now: () => number;
}

/** A record and the right to work on it. */
export type Begun = Extract<BeginResult, { outcome: "leased" }>;

/** How an analysis ended and what the record's object said to it; null when the record is gone. */
export interface HandedIn {
  outcome: AnalysisOutcome;
  answer: FinishResult | null;
}

/**
 * Analyzes a leased record and reports the outcome; null if it was postponed instead, to be leased again by a later
 * consumer. Used by the queue consumer and by requests that wait (`isAwaited`). Model output is kept until the record's
 * object has it. If it dies after
 * - the models' output: the lease runs out; a message of the queue or of the sweep comes, and the models are asked
 *   again;
 * - `finish`: the record is final, and later consumers find it so;
 * - `postpone`: the sweep sends the wake-up call.
 */
export async function workOn(begun: Begun, isAwaited: boolean, ports: WorkPorts): Promise<HandedIn | null> {
  const { record, lease, hint, watched } = begun;
  const stages = watched ? reportStages(record.id, lease.id, ports.sequencer) : UNHEARD;
  const result = await tryToAnalyze(record, hint, stages.tell, ports).finally(stages.told);
  if (!result.ok) {
    await putOff(begun, result.error, ports);
    return null;
  }
  const outcome = result.value;
  const answer = await ports.insist(() => ports.sequencer.finish(record.id, lease.id, outcome, isAwaited));
  return { outcome, answer };
}

/** An analysis that throws hit an outage of storage, or a bug that a deployment can fix: either way it is postponed. */
async function tryToAnalyze(
  record: NutritionRecord,
  hint: string | null,
  tell: TellStage,
  ports: WorkPorts,
): Promise<Result<AnalysisOutcome, Postponement>> {
  try {
    return await ports.analyze(record, hint, tell);
  } catch (error) {
    log("error", "analysis.threw", "analysis threw", { record_id: record.id }, error);
    return fail({
      reason: "service_unavailable",
      detail: "The analysis was aborted by an error; see the logs.",
    });
  }
}

/** Releases the record. A retry that is due soon is enqueued immediately; a later one is left to the sweep. */
async function putOff({ record, lease }: Begun, why: Postponement, ports: WorkPorts): Promise<void> {
  log("warn", "analysis.postponed", "analysis postponed", {
    record_id: record.id,
    reason: why.reason,
    detail: why.detail,
  });
  const answer = await ports.insist(() => ports.sequencer.postpone(record.id, lease.id, why));
  if (answer?.outcome !== "put_off") return;
  const delayMs = answer.retryAt - ports.now();
  if (delayMs > SOON_MS) return;
  try {
    await ports.enqueue(record.id, Math.max(1, Math.ceil(delayMs / 1000)));
  } catch (error) {
    log(
      "error",
      "analysis.retry_enqueue_failed",
      "enqueueing the retry failed; the sweep will send it",
      { record_id: record.id },
      error,
    );
  }
}
