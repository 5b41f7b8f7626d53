import { within } from "../within.ts";
import { log } from "../log.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { BeginResult } from "../records/analysis-steps.ts";
import { LEASE_MS } from "../records/sweep-times.ts";
import { workOn, type Begun, type HandedIn, type WorkPorts } from "./lease-work.ts";

/** Dependencies of an analysis within a request. */
export interface AnalyzeNowPorts extends WorkPorts {
  recordById(id: string): Promise<NutritionRecord | null>;
}

/** Keeps the isolate alive for background work. */
export type KeepAlive = (work: Promise<unknown>) => void;

/**
 * When the wake-up call of an analysis within a request is to arrive: not before the request's lease has ended, for
 * until then it would only find the record taken.
 */
export const SAFETY_NET_SECONDS = LEASE_MS / 1000;

/**
 * Analyses a record that was just accepted, within its request, and waits at most `waitMs` for the end; the work
 * continues after that. Answers with the record in its current state then, null when it was deleted meanwhile. The
 * request takes the lease as the queue's consumer does, so that only one of them does the work. If it dies after
 * - `begin`: the lease runs out, and the wake-up call that was sent to arrive after `SAFETY_NET_SECONDS` begins again;
 * - `finish`: that call finds the record final and is dropped. When the record's object cannot be reached the queue is
 *   called at once, and the outcome is the same as without waiting.
 */
export async function analyzeNow(
  record: NutritionRecord,
  waitMs: number,
  keepAlive: KeepAlive,
  ports: AnalyzeNowPorts,
): Promise<NutritionRecord | null> {
  let begun: BeginResult | null;
  try {
    begun = await ports.sequencer.begin(record.id);
  } catch (error) {
    log(
      "error",
      "analysis.inline_start_failed",
      "inline analysis failed to start; falling back to the queue",
      { record_id: record.id },
      error,
    );
    keepAlive(callQueue(record.id, 0, ports));
    return record;
  }
  if (begun?.outcome !== "leased") return ports.recordById(record.id);
  const work = workThrough(begun, ports);
  keepAlive(work);
  const handedIn = await within(waitMs, work);
  const ended = handedIn === null ? null : endedRecord(begun.record, handedIn);
  return ended ?? asItStands(begun.record, ports);
}

/** Works on the record; null when it was postponed, or is left to its lease. */
async function workThrough(begun: Begun, ports: AnalyzeNowPorts): Promise<HandedIn | null> {
  try {
    return await workOn(begun, true, ports);
  } catch (error) {
    log(
      "error",
      "analysis.inline_failed",
      "inline analysis failed; it is retried when its lease expires",
      { record_id: begun.record.id },
      error,
    );
    return null;
  }
}

async function callQueue(recordId: string, delaySeconds: number, ports: AnalyzeNowPorts): Promise<void> {
  try {
    await ports.enqueue(recordId, delaySeconds);
  } catch (error) {
    log(
      "error",
      "record.enqueue_failed",
      "enqueue failed; an earlier message will retry",
      { record_id: recordId },
      error,
    );
  }
}

/** The record as its object has it since `finish`; null when the object refused the outcome. */
function endedRecord(begun: NutritionRecord, { outcome, answer }: HandedIn): NutritionRecord | null {
  if (answer?.outcome !== "changed") return null;
  const { status, version, modifiedAt } = answer;
  const end = outcome.status === "completed" ? { content: outcome.content } : { failure: outcome.failure };
  return { ...begun, ...end, status, version, modifiedAt };
}

/** What D1 has of a record that was begun, unless it is behind; null when the record is gone. */
async function asItStands(begun: NutritionRecord, ports: AnalyzeNowPorts): Promise<NutritionRecord | null> {
  const stored = await ports.recordById(begun.id);
  return stored !== null && stored.version < begun.version ? begun : stored;
}
