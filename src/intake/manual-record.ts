import { fingerprintOf } from "../digest.ts";
import { claimOf, storeRecord, type Creation, type KeyClaim, type StoreRecordPorts } from "./idempotency.ts";
import { newRecord } from "./new-record.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { withEvent } from "../records/history.ts";
import type { NutritionRecord, Owner } from "../records/record.ts";
import { ALARM_GRACE_MS } from "../records/sweep-times.ts";
import { SHOW_ALL, typedContent, type TypedContent } from "../records/changes/typed-content.ts";

/** What creating a typed record needs from outside. */
export interface ManualPorts extends StoreRecordPorts {
  recordById(id: string): Promise<NutritionRecord | null>;
  /** Has the record's object look at what is due. */
  wake(recordId: string): Promise<unknown>;
  now: () => number;
  createId: () => string;
}

function manualRecord(id: string, owner: Owner, body: TypedContent, now: number): NutritionRecord {
  const record: NutritionRecord = {
    ...newRecord(id, owner, now, body),
    status: "completed",
    inputType: "manual",
    options: { analysis_mode: "precise", include_dish_description: false, ignore_cache: false, ...SHOW_ALL },
    metadata: body.metadata ?? null,
    photo: null,
    inputText: null,
    content: typedContent(body),
  };
  return withEvent(record, "done", now);
}

/**
 * Creates a record that is complete from the start. Its `completed` webhook is sent by its object, which finds it due
 * because the row has a sweep time. A claim is stored with the row; null when another request was faster with its key.
 * Stopped
 * - before the row: nothing is left, and the client saw an error;
 * - after the row: the sweep wakes the object within two minutes.
 */
async function createManualRecord(
  ports: ManualPorts,
  record: NutritionRecord,
  claim: KeyClaim | null,
): Promise<Result<NutritionRecord | null, Problem>> {
  const outcome = await storeRecord(ports, record, record.uploadedAt + ALARM_GRACE_MS, claim);
  if (outcome === "taken") return ok(null);
  if (outcome === "full") return fail(problem("quota_exceeded"));
  if (outcome === "failed") return fail({ ...problem("temporarily_unavailable"), retryAfterSeconds: 5 });
  try {
    await ports.wake(record.id);
  } catch (error) {
    ports.reportOutage("record.object_wake_failed", "waking a record's object failed; the sweep will do it", error);
  }
  return ok(record);
}

/** A typed record as a request that may carry an Idempotency-Key. */
export function manualCreation(ports: ManualPorts, owner: Owner, body: TypedContent): Creation {
  const fingerprint = (): Promise<string> => fingerprintOf("manual", body);
  return {
    fingerprint,
    async create(key) {
      const record = manualRecord(ports.createId(), owner, body, ports.now());
      const claim = key === null ? null : claimOf(key, await fingerprint(), record.uploadedAt, 0);
      return createManualRecord(ports, record, claim);
    },
    async resume(recordId) {
      const record = await ports.recordById(recordId);
      return record === null ? fail(problem("idempotency_key_in_use")) : ok(record);
    },
  };
}
