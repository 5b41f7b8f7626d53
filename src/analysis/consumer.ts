import { log } from "../log.ts";
import { workOn, type WorkPorts } from "./lease-work.ts";
import { analysisMessageSchema } from "./message.ts";

/** One queue message, as far as its handling goes. */
export type AnalysisQueueMessage = Pick<Message, "body" | "attempts" | "ack" | "retry">;

/** How long work that may succeed later is left alone, at first. */
export const FIRST_RETRY_SECONDS = 5;
const MAX_RETRY_SECONDS = 600;

/** 5 s, 10 s, 20 s, … up to 10 min. `attempts` is 1 for the first delivery of a message. */
const retryDelaySeconds = (attempts: number): number =>
  Math.min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), MAX_RETRY_SECONDS);

const toSeconds = (ms: number): number => Math.ceil(ms / 1000);

/**
 * Handles one wake-up call. The message is only a hint: the record's object says whether there is work. Stopped after
 * - `begin`: the lease runs out; the queue redelivers the message, or the sweep sends another;
 * - anything later: see `workOn`; the redelivered message of a record that is final is dropped.
 */
export async function handleAnalysisMessage(message: AnalysisQueueMessage, ports: WorkPorts): Promise<void> {
  const parsed = analysisMessageSchema.safeParse(message.body);
  if (!parsed.success) {
    log("error", "dropped a queue message that is not an analysis message");
    return message.ack();
  }
  const begun = await ports.sequencer.begin(parsed.data.record_id);
  if (begun === null || begun.outcome === "stale") return message.ack();
  if (begun.outcome === "busy") return message.retry({ delaySeconds: toSeconds(begun.retryAfterMs) });

  const delaySeconds = retryDelaySeconds(message.attempts);
  const done = await workOn(begun, { retrySeconds: delaySeconds, isAwaited: false }, ports);
  return done === null ? message.retry({ delaySeconds }) : message.ack();
}
