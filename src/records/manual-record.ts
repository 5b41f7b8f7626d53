import type { Owner } from "../db/records.ts";
import { problem, type Problem } from "../problems.ts";
import { fail, ok, type Result } from "../result.ts";
import { withEvent } from "./history.ts";
import type { NutritionRecord } from "./record.ts";
import { ALARM_GRACE_MS } from "./sweep-times.ts";
import { SHOW_ALL, typedContent, type TypedContent } from "./typed-content.ts";

/** What creating a typed record needs from outside. */
export interface ManualPorts {
  insertRecord(record: NutritionRecord, sweepAt: number): Promise<void>;
  /** Has the record's object look at what is due. */
  wake(recordId: string): Promise<unknown>;
  now: () => number;
  createId: () => string;
  /** Reports an outage to the log; the client is told nothing of it. */
  reportOutage(message: string, error: unknown): void;
}

function manualRecord(id: string, owner: Owner, body: TypedContent, now: number): NutritionRecord {
  const record: NutritionRecord = {
    id,
    applicationId: owner.applicationId,
    userId: owner.userId,
    status: "completed",
    version: 1,
    inputType: "manual",
    options: { analysis_mode: "precise", include_dish_description: false, ignore_cache: false, ...SHOW_ALL },
    metadata: body.metadata ?? null,
    photo: null,
    inputText: null,
    content: typedContent(body),
    servingSize: null,
    failure: null,
    history: [],
    uploadedAt: now,
    modifiedAt: now,
    consumedAt: body.consumed_at === undefined ? now : Date.parse(body.consumed_at),
  };
  return withEvent(record, "done", now);
}

/**
 * Creates a record that is complete from the start. Its `completed` webhook is sent by its object, which finds it due
 * because the row has a sweep time. Stopped
 * - before the row: nothing is left, and the client saw an error;
 * - after the row: the sweep wakes the object within two minutes.
 */
export async function createManualRecord(
  ports: ManualPorts,
  owner: Owner,
  body: TypedContent,
): Promise<Result<NutritionRecord, Problem>> {
  const now = ports.now();
  const record = manualRecord(ports.createId(), owner, body, now);
  try {
    await ports.insertRecord(record, now + ALARM_GRACE_MS);
  } catch (error) {
    ports.reportOutage("the typed record could not be stored", error);
    return fail({ ...problem("temporarily_unavailable"), retryAfterSeconds: 5 });
  }
  try {
    await ports.wake(record.id);
  } catch (error) {
    ports.reportOutage("the record's object could not be woken; the sweep will do it", error);
  }
  return ok(record);
}
