import { problem, type Problem } from "../problems/problem.ts";
import type { NutritionRecord } from "../records/record.ts";
import { isFinal } from "../records/transitions.ts";
import { fail, ok, type Result } from "../result.ts";
import { unavailable, wakeUp, type AcceptPorts } from "./accept-photo.ts";
import type { Created, FirstAnswer } from "./idempotency.ts";

/** How an upload is answered. */
export interface UploadManner {
  /** The wake-up call arrives after so many seconds: at once, unless the request does the work itself. */
  delaySeconds: number;
  /** How long the answer may be held, milliseconds. */
  waitMs: number;
  /** The answer for a record that was just accepted; may hold it. */
  answer(record: NutritionRecord): Promise<FirstAnswer>;
  /** The answer for a record that an earlier request has made and not answered for. */
  answerLater(record: NutritionRecord): FirstAnswer;
}

/** The answer to an upload that was accepted, or why it was not; null stays null. */
export async function answerAccepted(
  accepted: Result<NutritionRecord | null, Problem>,
  manner: UploadManner,
): Promise<Result<Created | null, Problem>> {
  if (!accepted.ok) return accepted;
  const record = accepted.value;
  return ok(record === null ? null : { recordId: record.id, answer: await manner.answer(record) });
}

/** Brings an upload to its end that stopped between its row and its answer: its wake-up call may not have been sent. */
export async function resumeUpload(
  ports: Pick<AcceptPorts, "recordById" | "enqueue" | "reportOutage">,
  recordId: string,
  manner: UploadManner,
): Promise<Result<FirstAnswer, Problem>> {
  const record = await ports.recordById(recordId);
  if (record === null) return fail(problem("idempotency_key_in_use"));
  const isLookedAfter = isFinal(record.status) || (await wakeUp(ports, recordId, 0));
  return isLookedAfter ? ok(manner.answerLater(record)) : fail(unavailable);
}
