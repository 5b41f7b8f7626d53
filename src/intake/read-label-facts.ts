import type { Caller } from "../auth/tokens.ts";
import { problem, type Problem } from "../problems/problem.ts";
import type { AnalysisOutcome, NutritionRecord } from "../records/record.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { fail, ok, type Result } from "../result.ts";
import type { FetchPhoto } from "./fetch-photo.ts";
import { pendingRecord } from "./pending-record.ts";
import type { Upload } from "./read-upload.ts";
import { holdPhoto } from "./take-photo.ts";
import { within } from "../within.ts";

/** What reading a label without a record needs from outside. */
export interface LabelFactsPorts {
  fetchPhoto: FetchPhoto;
  /** Analyzes a label whose photo is in memory. */
  analyze(record: NutritionRecord, photo: Uint8Array): Promise<Result<AnalysisOutcome, Postponement>>;
  now: () => number;
  createId: () => string;
}

const RETRY_SECONDS = 10;

const unavailable = (detail: string): Result<never, Problem> =>
  fail({ ...problem("temporarily_unavailable", detail), retryAfterSeconds: RETRY_SECONDS });

/**
 * Reads the label in a photo and stores nothing: the record that is returned was never one of its user's. What fails for a
 * passing reason, or takes longer than `waitMs`, is a problem to try again; a label that cannot be read is an outcome.
 */
export async function readLabelFacts(
  ports: LabelFactsPorts,
  caller: Caller,
  upload: Upload,
  waitMs: number,
  keepAlive: (work: Promise<unknown>) => void,
): Promise<Result<NutritionRecord, Problem>> {
  const held = await holdPhoto(ports, upload.photo);
  if (!held.ok) return held;
  const { file, ...photo } = held.value;
  const input = { inputType: upload.inputType, photo, inputText: null };
  const record = pendingRecord(ports.createId(), caller, upload.request, input, ports.now());
  const work = ports.analyze(record, file);
  // Whoever stops waiting, or hangs up, must not stop it halfway: the models' states are written at its end.
  keepAlive(work.catch(() => undefined));
  const read = await within(waitMs, work);
  if (read === null) return unavailable("The label was not read within `max_duration_seconds`. Nothing was stored.");
  if (!read.ok) return unavailable(`${read.error.detail} Nothing was stored.`);
  const outcome = read.value;
  return ok(
    outcome.status === "completed"
      ? { ...record, status: "completed", content: outcome.content }
      : { ...record, status: "failed", failure: outcome.failure },
  );
}
