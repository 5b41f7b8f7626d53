import { log } from "../log.ts";
import type { AnalysisOutcome, NutritionRecord } from "../records/record.ts";
import type { BeginAnswer, FinishAnswer } from "../records/sequence.ts";
import type { Sequencer } from "../records/sequencer.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponed } from "./model-failure.ts";
import { reportStages, UNHEARD, type TellStage } from "./stage-reports.ts";

/** What working on a record needs from outside. */
export interface WorkPorts {
  sequencer: Sequencer;
  /** `hint`: what the user says about the meal, when it is analysed again. */
  analyse(record: NutritionRecord, hint: string | null, tell: TellStage): Promise<Result<AnalysisOutcome, Postponed>>;
}

/** A record and the right to work on it. */
export type Begun = Extract<BeginAnswer, { outcome: "leased" }>;

/** How a record is worked on. */
interface WorkManner {
  /** Work that may succeed later is left alone for so long. */
  retrySeconds: number;
  /** Whether somebody waits to see the record. */
  isAwaited: boolean;
}

/** How an analysis ended and what the record's object said to it; null when the record is gone. */
export interface HandedIn {
  outcome: AnalysisOutcome;
  answer: FinishAnswer | null;
}

/**
 * Analyses a record that was begun and hands in how it ended. Work that may succeed later gives the record back, and null
 * is the answer: that somebody begins it again after `retrySeconds` is the caller's part. The queue's consumer and a
 * request that waits both work through this. Stopped after
 * - the models' answer: the lease runs out; a message of the queue or of the sweep comes, and the models are asked again;
 * - `finish`: the record is final, and whoever comes finds it so.
 */
export async function workOn(
  begun: Begun,
  { retrySeconds, isAwaited }: WorkManner,
  ports: WorkPorts,
): Promise<HandedIn | null> {
  const result = await attempt(begun, isAwaited, ports);
  if (result.ok) return result.value;
  const { record, lease } = begun;
  log("warn", "an analysis is postponed", { record_id: record.id, detail: result.error.detail });
  await ports.sequencer.release(record.id, lease.id, retrySeconds * 1000);
  return null;
}

async function attempt(
  { record, lease, hint, watched }: Begun,
  isAwaited: boolean,
  ports: WorkPorts,
): Promise<Result<HandedIn, Postponed>> {
  const stages = watched ? reportStages(record.id, lease.id, ports.sequencer) : UNHEARD;
  try {
    const outcome = await ports.analyse(record, hint, stages.tell).finally(stages.told);
    if (!outcome.ok) return outcome;
    const answer = await ports.sequencer.finish(record.id, lease.id, outcome.value, isAwaited);
    return ok({ outcome: outcome.value, answer });
  } catch (error) {
    log("error", "an analysis threw", { record_id: record.id }, error);
    return fail({ detail: "it threw" });
  }
}
