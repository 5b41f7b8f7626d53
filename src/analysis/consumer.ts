import { log } from "../log.ts";
import { workOn, type WorkPorts } from "./lease-work.ts";
import { analysisMessageSchema } from "./message.ts";

/** One queue message, as far as its handling goes. */
export type AnalysisQueueMessage = Pick<Message, "body" | "ack" | "retry">;

const toSeconds = (ms: number): number => Math.ceil(ms / 1000);

/**
 * Handles one wake-up call. The message is only a hint: the record's object says whether there is work, and when. A
 * valid message is acknowledged whatever the outcome: a retry enqueues its own message. If it dies after
 * - `begin`: the lease runs out; the queue redelivers the message, or the sweep sends another;
 * - anything later: see `workOn`; the redelivered message of a record that is final is dropped.
 */
export async function handleAnalysisMessage(message: AnalysisQueueMessage, ports: WorkPorts): Promise<void> {
  const parsed = analysisMessageSchema.safeParse(message.body);
  if (!parsed.success) {
    log("error", "queue.message_invalid", "dropped a queue message that is not an analysis message");
    return message.ack();
  }
  const { record_id: recordId, application_id: applicationId } = parsed.data;
  const begun = await ports.sequencer.begin(recordId);
  // Erased while it was uploaded: its photo may have come to the store after everything else was gone.
  if (begun === null && applicationId !== undefined) await ports.deletePhoto({ applicationId, recordId });
  if (begun?.outcome === "busy") return message.retry({ delaySeconds: toSeconds(begun.retryAfterMs) });
  if (begun?.outcome === "leased") await workOn(begun, false, ports);
  return message.ack();
}
