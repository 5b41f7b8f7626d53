import { z } from "zod";

/**
 * What the queue carries: ids only. The record itself is read again when the message is handled. Messages of uploads also
 * name the application: an upload whose record was erased while its photo was on its way to the store has left a photo
 * behind, and the application is a part of its key.
 */
export const analysisMessageSchema = z.object({ record_id: z.string(), application_id: z.int().optional() });
export type AnalysisMessage = z.infer<typeof analysisMessageSchema>;

export const analysisMessage = (recordId: string): AnalysisMessage => ({ record_id: recordId });

/** The first message of a record. */
export const uploadMessage = ({
  id,
  applicationId,
}: {
  id: string;
  applicationId: number;
}): Required<AnalysisMessage> => ({ record_id: id, application_id: applicationId });

/** The record that a queue message is about, for the log; null when it is not an analysis message. */
export const messageRecordId = (body: unknown): string | null =>
  analysisMessageSchema.safeParse(body).data?.record_id ?? null;
