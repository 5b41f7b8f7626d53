import type { Caller } from "../auth/tokens.ts";
import { withEvent } from "../records/history.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { UploadRequest } from "../records/upload-options.ts";

/** What a record is made of. */
export type RecordInput = Pick<NutritionRecord, "inputType" | "photo" | "inputText">;

/** A record that waits to be analysed. `now` in Unix milliseconds. */
export function pendingRecord(
  id: string,
  caller: Caller,
  request: UploadRequest,
  input: RecordInput,
  now: number,
): NutritionRecord {
  const { consumed_at, metadata, wait_on_process: _, max_duration_seconds: __, ...options } = request;
  const record: NutritionRecord = {
    id,
    applicationId: caller.applicationId,
    userId: caller.userId,
    status: "pending",
    version: 1,
    options,
    metadata: metadata ?? null,
    ...input,
    content: null,
    servingSize: null,
    failure: null,
    retry: null,
    history: [],
    modelCalls: [],
    uploadedAt: now,
    modifiedAt: now,
    consumedAt: consumed_at === undefined ? now : Date.parse(consumed_at),
  };
  return withEvent(record, "queued", now);
}
