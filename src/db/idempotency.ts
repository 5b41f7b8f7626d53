import { and, asc, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import type { FirstResponse, InsertOutcome, KeyClaim, KeyHolder, UserKey } from "../intake/idempotency.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { Database } from "./database.ts";
import { insertingRecord } from "./records.ts";
import { idempotencyKeys } from "./schema.ts";
import { isQuotaExceeded } from "./user-storage.ts";

const isKey = ({ applicationId, userId, key }: UserKey) =>
  and(
    eq(idempotencyKeys.applicationId, applicationId),
    eq(idempotencyKeys.userId, userId),
    eq(idempotencyKeys.key, key),
  );

/** What the key has led to, or null when it is free. `now` in Unix milliseconds. */
export async function keyHolder(db: Database, key: UserKey, now: number): Promise<KeyHolder | null> {
  const holder = await db
    .select({
      recordId: idempotencyKeys.recordId,
      fingerprint: idempotencyKeys.fingerprint,
      response: idempotencyKeys.response,
      heldUntil: idempotencyKeys.heldUntil,
    })
    .from(idempotencyKeys)
    .where(and(isKey(key), gt(idempotencyKeys.expiresAt, now)))
    .get();
  return holder ?? null;
}

/**
 * Stores a record together with the key that asked for it, in one transaction. `taken`: another request was faster with
 * the key; `full`: its user may store no more. After an error, the key's row tells whether the transaction was committed, since its response may have been
 * lost; throws if the outcome is unknown.
 */
export async function insertRecordOnce(
  db: Database,
  record: NutritionRecord,
  sweepAt: number,
  claim: KeyClaim,
): Promise<InsertOutcome> {
  const now = record.uploadedAt;
  try {
    await db.batch([
      db.delete(idempotencyKeys).where(and(isKey(claim), lte(idempotencyKeys.expiresAt, now))),
      db.insert(idempotencyKeys).values({ ...claim, recordId: record.id, response: null }),
      ...insertingRecord(db, record, sweepAt),
    ]);
    return "stored";
  } catch (error) {
    if (isQuotaExceeded(error)) return "full";
    const holder = await keyHolder(db, claim, now);
    if (holder === null) return "failed";
    return holder.recordId === record.id ? "stored" : "taken";
  }
}

/** Takes over a key whose request has not responded in its time; false when another request did so first. */
export async function takeKeyOver(db: Database, key: UserKey, seen: KeyHolder, heldUntil: number): Promise<boolean> {
  const taken = await db
    .update(idempotencyKeys)
    .set({ heldUntil })
    .where(
      and(
        isKey(key),
        eq(idempotencyKeys.recordId, seen.recordId),
        eq(idempotencyKeys.heldUntil, seen.heldUntil),
        isNull(idempotencyKeys.response),
      ),
    )
    .returning({ recordId: idempotencyKeys.recordId });
  return taken.length === 1;
}

/** Releases a key that this request cannot respond for: the next one with it may at once. */
export async function releaseIdempotencyKey(db: Database, key: UserKey, recordId: string): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ heldUntil: 0 })
    .where(and(isKey(key), eq(idempotencyKeys.recordId, recordId)));
}

/** Keeps the first response for later requests with the same key. It is never replaced by another. */
export async function saveFirstResponse(
  db: Database,
  key: UserKey,
  recordId: string,
  response: FirstResponse,
): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ response })
    .where(and(isKey(key), eq(idempotencyKeys.recordId, recordId), isNull(idempotencyKeys.response)));
}

/** Deletes at most `limit` expired keys; returns how many it deleted. `now` in Unix milliseconds. */
export async function deleteExpiredKeys(db: Database, now: number, limit: number): Promise<number> {
  const { applicationId, userId, key, expiresAt } = idempotencyKeys;
  const expired = db
    .select({ applicationId, userId, key })
    .from(idempotencyKeys)
    .where(lte(expiresAt, now))
    .orderBy(asc(expiresAt))
    .limit(limit);
  const { meta } = await db
    .delete(idempotencyKeys)
    .where(inArray(sql`(${applicationId}, ${userId}, ${key})`, expired))
    .run();
  return meta.changes;
}
