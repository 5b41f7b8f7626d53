import { problem, type Problem } from "../../problems/problem.ts";
import { fail, ok, type Result } from "../../result.ts";
import { notComplete } from "./change-problems.ts";
import { analysableInput } from "./reanalysis.ts";
import type { NutritionRecord } from "../record.ts";
import type { ReanalyzeResult } from "../user-steps.ts";

/** Dependencies of a re-analysis. */
export interface ReanalyzePorts {
  /** Stores the request; null if there is no such record. */
  sequencer: {
    reanalyze(recordId: string, hint: string | null, expectedVersion: number | null): Promise<ReanalyzeResult | null>;
  };
  /** Whether the record's photo is still stored. */
  hasPhoto(record: NutritionRecord): Promise<boolean>;
  /** Sends the wake-up call for the analysis. */
  enqueue(recordId: string): Promise<void>;
  /** Logs an outage that the client does not see. */
  reportOutage(event: string, message: string, error: unknown): void;
}

const PHOTO_GONE =
  "The record's photo is no longer stored: the application keeps photos for a limited time. Upload it again, or correct the record with PATCH or PUT.";

/**
 * Re-analyzes a record; null if it is gone. `expectedVersion` is what If-Match names. If it dies
 * - before the object's own write: nothing has happened, and the client saw an error;
 * - after it, before D1: its alarm writes D1;
 * - before the queue knows: the sweep asks the object after a minute, and sends the call.
 */
export async function reanalyze(
  ports: ReanalyzePorts,
  record: NutritionRecord,
  hint: string | null,
  expectedVersion: number | null,
): Promise<Result<NutritionRecord, Problem> | null> {
  const input = analysableInput(record);
  if (input !== null && input !== "text" && !(await ports.hasPhoto(record))) {
    return fail(problem("nothing_to_analyse", PHOTO_GONE));
  }
  const result = await ports.sequencer.reanalyze(record.id, hint, expectedVersion);
  switch (result?.outcome) {
    case undefined:
      return null;
    case "stale":
      return fail(notComplete(result.status));
    case "version_mismatch":
      return fail(problem("version_mismatch"));
    case "refused":
      return fail(problem(result.refusal === "under_way" ? "already_under_way" : result.refusal));
    case "accepted":
      break;
  }
  try {
    await ports.enqueue(record.id);
  } catch (error) {
    ports.reportOutage(
      "record.reanalysis_enqueue_failed",
      "enqueueing a re-analysis failed; the sweep will send it",
      error,
    );
  }
  return ok(result.record);
}
