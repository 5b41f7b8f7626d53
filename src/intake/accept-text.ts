import { z } from "zod";
import type { Caller } from "../auth/tokens.ts";
import type { Problem } from "../problems.ts";
import type { NutritionRecord } from "../records/record.ts";
import { PENDING_GRACE_MS } from "../records/sweep-times.ts";
import { uploadRequestSchema } from "../records/upload-options.ts";
import { fail, ok, type Result } from "../result.ts";
import { unavailable, wakeUp, type AcceptPorts } from "./accept-photo.ts";
import { pendingRecord } from "./pending-record.ts";

const MAX_TEXT_LENGTH = 1_000;

/** A meal in words, with the options of an upload. */
export const textRequestSchema = uploadRequestSchema
  .extend({
    text: z
      .string()
      .trim()
      .min(1)
      .max(MAX_TEXT_LENGTH)
      .meta({ description: "What was eaten, in English, with amounts where they are known." }),
  })
  .meta({ id: "TextUpload" });
export type TextRequest = z.infer<typeof textRequestSchema>;

/**
 * Takes a sentence in: its row to D1, then the wake-up call. From the answer on the record reaches a final status,
 * whatever crashes:
 * - before the row: nothing is left, and the client saw an error;
 * - after the row, before the queue: the client sees a 503 and the sweep sends the call.
 */
export async function acceptText(
  ports: AcceptPorts,
  caller: Caller,
  { text, ...request }: TextRequest,
): Promise<Result<NutritionRecord, Problem>> {
  const input = { inputType: "text", photo: null, inputText: text } as const;
  const record = pendingRecord(ports.createId(), caller, request, input, ports.now());
  try {
    await ports.insertRecord(record, record.uploadedAt + PENDING_GRACE_MS);
  } catch (error) {
    ports.reportOutage("the record could not be stored", error);
    return fail(unavailable);
  }
  return (await wakeUp(ports, record.id, 0)) ? ok(record) : fail(unavailable);
}
