import { log } from "../log.ts";
import type { AnalysisOutcome, NutritionRecord } from "../records/record.ts";
import type { BeginAnswer } from "../records/sequence.ts";
import type { Sequencer } from "../records/sequencer.ts";
import type { Result } from "../result.ts";
import type { Postponed } from "./model-failure.ts";
import { analysisMessageSchema } from "./message.ts";
import { reportStages, UNHEARD, type TellStage } from "./stage-reports.ts";

/** What handling a message needs from outside. */
export interface ConsumerPorts {
  sequencer: Sequencer;
  analyse(record: NutritionRecord, tell: TellStage): Promise<Result<AnalysisOutcome, Postponed>>;
}

/** One queue message, as far as its handling goes. */
export type AnalysisQueueMessage = Pick<Message, "body" | "attempts" | "ack" | "retry">;

const FIRST_RETRY_SECONDS = 5;
const MAX_RETRY_SECONDS = 600;

/** 5 s, 10 s, 20 s, … up to 10 min. `attempts` is 1 for the first delivery of a message. */
const retryDelaySeconds = (attempts: number): number =>
  Math.min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), MAX_RETRY_SECONDS);

const toSeconds = (ms: number): number => Math.ceil(ms / 1000);

/**
 * Handles one wake-up call. The message is only a hint: the record's object says whether there is work. Stopped after
 * - `begin`: the lease runs out; the queue redelivers the message, or the sweep sends another;
 * - the models' answer: the same, and the models are asked again;
 * - `finish`: the redelivered message finds the record final and is dropped.
 */
export async function handleAnalysisMessage(message: AnalysisQueueMessage, ports: ConsumerPorts): Promise<void> {
  const parsed = analysisMessageSchema.safeParse(message.body);
  if (!parsed.success) {
    log("error", "dropped a queue message that is not an analysis message");
    return message.ack();
  }
  const recordId = parsed.data.record_id;
  const begun = await ports.sequencer.begin(recordId);
  if (begun === null || begun.outcome === "stale") return message.ack();
  if (begun.outcome === "busy") return message.retry({ delaySeconds: toSeconds(begun.retryAfterMs) });

  const postponed = await work(begun, ports);
  if (postponed === null) return message.ack();
  log("warn", "an analysis is postponed", {
    record_id: recordId,
    attempts: message.attempts,
    detail: postponed.detail,
  });
  const delaySeconds = retryDelaySeconds(message.attempts);
  await ports.sequencer.release(recordId, begun.lease.id, delaySeconds * 1000);
  return message.retry({ delaySeconds });
}

type Leased = Extract<BeginAnswer, { outcome: "leased" }>;

/** Analyses and hands in the outcome; returns why it must be tried again, or null when it is done. */
async function work({ record, lease, watched }: Leased, ports: ConsumerPorts): Promise<Postponed | null> {
  const stages = watched ? reportStages(record.id, lease.id, ports.sequencer) : UNHEARD;
  try {
    const result = await ports.analyse(record, stages.tell).finally(stages.told);
    if (!result.ok) return result.error;
    await ports.sequencer.finish(record.id, lease.id, result.value);
    return null;
  } catch (error) {
    log("error", "an analysis threw", { record_id: record.id }, error);
    return { detail: "it threw" };
  }
}
