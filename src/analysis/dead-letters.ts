import type { Sequencer } from "../records/sequencer.ts";
import type { AnalysisQueueMessage } from "./consumer.ts";
import { analysisMessageSchema } from "./message.ts";

/** Ends a record whose every retry is used up, unless a consumer is at work on it right now. */
export async function handleDeadLetter(
  message: AnalysisQueueMessage,
  sequencer: Pick<Sequencer, "giveUp">,
): Promise<void> {
  const parsed = analysisMessageSchema.safeParse(message.body);
  if (!parsed.success) return message.ack();
  const answer = await sequencer.giveUp(parsed.data.record_id);
  if (answer?.outcome === "busy") return message.retry({ delaySeconds: Math.ceil(answer.retryAfterMs / 1000) });
  return message.ack();
}
