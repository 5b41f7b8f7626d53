import { z } from "zod";
import type { Caller } from "../auth/tokens.ts";
import { problem, type Problem } from "../problems/problem.ts";
import type { NutritionRecord } from "../records/record.ts";
import { PENDING_GRACE_MS } from "../records/sweep-times.ts";
import { uploadRequestSchema } from "../records/upload-options.ts";
import { fail, ok, type Result } from "../result.ts";
import { unavailable, wakeUp, type AcceptPorts } from "./accept-photo.ts";
import { fingerprintOf } from "../digest.ts";
import { claimOf, releaseKey, storeRecord, type Creation, type KeyClaim } from "./idempotency.ts";
import { pendingRecord } from "./pending-record.ts";
import { resumeUpload, type UploadTiming } from "./upload-timing.ts";
import { MAX_TEXT_LENGTH } from "../bounds.ts";

/** A meal in words, with the options of an upload. */
export const textRequestSchema = uploadRequestSchema
  .extend({
    text: z
      .string()
      .trim()
      .min(1)
      .max(MAX_TEXT_LENGTH)
      .meta({ description: "What was eaten, in English, with amounts where known." }),
  })
  .meta({ id: "TextUpload" });
export type TextRequest = z.infer<typeof textRequestSchema>;

/**
 * Takes a sentence in: its row to D1, then the wake-up call, which arrives after `delaySeconds`. A claim is stored with
 * the row; null when another request was faster with its key. From the response on, the record reaches a final status,
 * whatever crashes:
 * - before the row: nothing is left, and the client saw an error;
 * - after the row, before the queue: the client sees a 503; the next request with the key, or the sweep, sends the call.
 */
async function acceptText(
  ports: AcceptPorts,
  record: NutritionRecord,
  delaySeconds: number,
  claim: KeyClaim | null,
): Promise<Result<NutritionRecord | null, Problem>> {
  const outcome = await storeRecord(ports, record, record.uploadedAt + PENDING_GRACE_MS, claim);
  if (outcome === "full") return fail(problem("quota_exceeded"));
  if (outcome !== "stored") return outcome === "taken" ? ok(null) : fail(unavailable);
  if (await wakeUp(ports, record, delaySeconds)) return ok(record);
  if (claim !== null) await releaseKey(ports, claim, record.id);
  return fail(unavailable);
}

/** A sentence as a request that may carry an Idempotency-Key. */
export function textCreation(ports: AcceptPorts, caller: Caller, body: TextRequest, timing: UploadTiming): Creation {
  const fingerprint = (): Promise<string> => fingerprintOf("text", body);
  return {
    fingerprint,
    async create(key) {
      const { text, ...request } = body;
      const input = { inputType: "text", photo: null, inputText: text } as const;
      const record = pendingRecord(ports.createId(), caller, request, input, ports.now());
      const claim = key === null ? null : claimOf(key, await fingerprint(), record.uploadedAt, timing.waitMs);
      return acceptText(ports, record, timing.delaySeconds, claim);
    },
    resume: (recordId) => resumeUpload(ports, recordId),
  };
}
