import { sql } from "drizzle-orm";
import { DEFAULT_STORAGE } from "../applications/storage-limits.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { Database } from "./database.ts";
import { applications, records, userStorage } from "./schema.ts";

/** What a record counts for: its photo's bytes, or those of what was typed. */
export const bytesOf = ({ photo, inputText, content, metadata }: NutritionRecord): number =>
  photo?.bytes ?? new TextEncoder().encode(JSON.stringify([inputText, content, metadata])).length;

const limitOf = (applicationId: number, name: keyof typeof DEFAULT_STORAGE) =>
  sql<number>`COALESCE((SELECT json_extract(${applications.storageLimits}, ${`$.${name}`}) FROM ${applications}
    WHERE ${applications.id} = ${applicationId}), ${DEFAULT_STORAGE[name]})`;

/** Counts a record for its user; fails as a whole, with the transaction that it is part of, where a limit is exceeded. */
export function countingRecord(db: Database, record: NutritionRecord) {
  const { applicationId, userId } = record;
  const bytes = bytesOf(record);
  const limits = {
    maxRecords: limitOf(applicationId, "user_records"),
    maxBytes: limitOf(applicationId, "user_bytes"),
  };
  return db
    .insert(userStorage)
    .values({ applicationId, userId, records: 1, bytes, ...limits })
    .onConflictDoUpdate({
      target: [userStorage.applicationId, userStorage.userId],
      set: {
        records: sql`${userStorage.records} + 1`,
        bytes: sql`${userStorage.bytes} + ${bytes}`,
        maxRecords: sql`excluded.max_records`,
        maxBytes: sql`excluded.max_bytes`,
      },
    });
}

/** Whether an error says that the user's limit is reached: the name of the constraint in the table. */
export function isQuotaExceeded(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message.includes("CHECK constraint failed: user_quota") || isQuotaExceeded(error.cause);
}

/** The photos of these records are about to be deleted: they count no more. At most 90 ids. */
export async function forgetStoredBytes(db: Database, recordIds: readonly string[]): Promise<void> {
  await db
    .update(records)
    .set({ storedBytes: 0 })
    .where(sql`${records.id} IN ${recordIds} AND ${records.storedBytes} <> 0`);
}
