import { z } from "zod";

/** What the queue carries: ids only. The record itself is read again when the message is handled. */
export const analysisMessageSchema = z.object({ record_id: z.string() });
export type AnalysisMessage = z.infer<typeof analysisMessageSchema>;

export const analysisMessage = (recordId: string): AnalysisMessage => ({ record_id: recordId });

/** The record that a queue message is about, for the log; null when it is not an analysis message. */
export const messageRecordId = (body: unknown): string | null =>
  analysisMessageSchema.safeParse(body).data?.record_id ?? null;
