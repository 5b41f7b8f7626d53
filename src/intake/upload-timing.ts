import { problem, type Problem } from "../problems/problem.ts";
import type { NutritionRecord } from "../records/record.ts";
import { isFinal } from "../records/transitions.ts";
import { fail, ok, type Result } from "../result.ts";
import { unavailable, wakeUp, type AcceptPorts } from "./accept-photo.ts";

/** When an upload is analyzed, and when its client hears of it. */
export interface UploadTiming {
  /** The wake-up call arrives after so many seconds: at once, unless the request does the work itself. */
  delaySeconds: number;
  /** How long the response may be held, milliseconds. */
  waitMs: number;
}

/** Brings an upload to its end that stopped between its row and its response: its wake-up call may not have been sent. */
export async function resumeUpload(
  ports: Pick<AcceptPorts, "recordById" | "enqueue" | "reportOutage">,
  recordId: string,
): Promise<Result<NutritionRecord, Problem>> {
  const record = await ports.recordById(recordId);
  if (record === null) return fail(problem("idempotency_key_in_use"));
  const isLookedAfter = isFinal(record.status) || (await wakeUp(ports, record, 0));
  return isLookedAfter ? ok(record) : fail(unavailable);
}
