import type { Caller } from "../auth/tokens.ts";
import { withEvent } from "../records/history.ts";
import type { NutritionRecord } from "../records/record.ts";
import { newRecord } from "./new-record.ts";
import type { UploadRequest } from "../records/upload-options.ts";

/** What a record is made of. */
export type RecordInput = Pick<NutritionRecord, "inputType" | "photo" | "inputText">;

/** A record that waits to be analyzed. `now` in Unix milliseconds. */
export function pendingRecord(
  id: string,
  caller: Caller,
  request: UploadRequest,
  input: RecordInput,
  now: number,
): NutritionRecord {
  const { consumed_at, planned, metadata, wait_on_process: _, max_duration_seconds: __, ...options } = request;
  const record: NutritionRecord = {
    ...newRecord(id, caller, now, { consumed_at, planned }),
    status: "pending",
    options,
    metadata: metadata ?? null,
    ...input,
    content: null,
  };
  return withEvent(record, "queued", now);
}
