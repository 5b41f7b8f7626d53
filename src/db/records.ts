import { inArray, and, asc, eq, gt, gte, lt, sql, type SQL } from "drizzle-orm";
import type { DayRecord } from "../records/day-summary.ts";
import type { RecordStatus } from "../records/present.ts";
import { firstIdOf } from "../ids.ts";
import type { Failure, FailureCode, NutritionRecord, Owner, Retry, RetryReason, Status } from "../records/record.ts";
import { eventIdsOf } from "../webhooks/event-id.ts";
import type { Database } from "./database.ts";
import { bytesOf, countingRecord, isQuotaExceeded } from "./user-storage.ts";
import { deliveries, idempotencyKeys, records } from "./schema.ts";

type Row = typeof records.$inferSelect;

const toFailure = (code: FailureCode | null, reason: string | null): Failure | null =>
  code === null ? null : { code, reason: reason ?? "" };

export const toRetry = (at: number | null, reason: RetryReason | null): Retry | null =>
  at === null || reason === null ? null : { at, reason };

/**
 * What stands in `consumed_at` for a planned meal: the largest time of JavaScript, behind every day and every range. So the
 * index by meal serves both kinds.
 */
const PLANNED_AT = 8_640_000_000_000_000;
const toConsumedAt = (column: number): number | null => (column === PLANNED_AT ? null : column);

function toRecord(row: Row): NutritionRecord {
  const { failureCode, failureReason, retryAt, retryReason, sweepAt: _, storedBytes: __, ...rest } = row;
  return {
    ...rest,
    consumedAt: toConsumedAt(rest.consumedAt),
    failure: toFailure(failureCode, failureReason),
    retry: toRetry(retryAt, retryReason),
  };
}

/** What the columns of `failure` and `retry` hold. */
const columnsOf = ({ failure, retry }: Pick<NutritionRecord, "failure" | "retry">) => ({
  failureCode: failure?.code ?? null,
  failureReason: failure?.reason ?? null,
  retryAt: retry?.at ?? null,
  retryReason: retry?.reason ?? null,
});

const ownedBy = (owner: Owner, id: string) =>
  and(eq(records.id, id), eq(records.applicationId, owner.applicationId), eq(records.userId, owner.userId));

/** The statements behind `insertRecord`, to be run in one transaction: they fail where the user's limit is reached. */
export function insertingRecord(db: Database, record: NutritionRecord, sweepAt: number) {
  const { failure, retry, ...row } = record;
  const consumedAt = row.consumedAt ?? PLANNED_AT;
  const values = { ...row, consumedAt, ...columnsOf({ failure, retry }), sweepAt, storedBytes: bytesOf(record) };
  return [countingRecord(db, record), db.insert(records).values(values)] as const;
}

/** Stores a new record; `sweepAt` is when the sweep should look after it. `full`: its user may store no more. */
export async function insertRecord(db: Database, record: NutritionRecord, sweepAt: number): Promise<"stored" | "full"> {
  try {
    await db.batch(insertingRecord(db, record, sweepAt));
    return "stored";
  } catch (error) {
    if (isQuotaExceeded(error)) return "full";
    throw error;
  }
}

/** Deletes a record, its deliveries and the idempotency key that made it, in one transaction. */
export async function deleteRecord(db: Database, id: string): Promise<void> {
  const events = eventIdsOf(id);
  await db.batch([
    db.delete(deliveries).where(and(gte(deliveries.eventId, events.from), lt(deliveries.eventId, events.to))),
    db.delete(idempotencyKeys).where(eq(idempotencyKeys.recordId, id)),
    db.delete(records).where(eq(records.id, id)),
  ]);
}

/** A record with the time at which the sweep looks at it; null: nothing is left to do for it. */
export type StoredRecord = NutritionRecord & { sweepAt: number | null };

/** The record, regardless of its owner; for the record's own object. */
export async function recordById(db: Database, id: string): Promise<StoredRecord | null> {
  const row = await db.select().from(records).where(eq(records.id, id)).get();
  return row === undefined ? null : { ...toRecord(row), sweepAt: row.sweepAt };
}

/** The record, if this owner has it. */
export async function ownedRecord(db: Database, owner: Owner, id: string): Promise<NutritionRecord | null> {
  const row = await db.select().from(records).where(ownedBy(owner, id)).get();
  return row === undefined ? null : toRecord(row);
}

/** What a poller needs of a record, if this owner has it. */
export async function ownedRecordStatus(db: Database, owner: Owner, id: string): Promise<RecordStatus | null> {
  const row = await db
    .select({
      id: records.id,
      status: records.status,
      version: records.version,
      failureCode: records.failureCode,
      failureReason: records.failureReason,
      retryAt: records.retryAt,
      retryReason: records.retryReason,
      modifiedAt: records.modifiedAt,
    })
    .from(records)
    .where(ownedBy(owner, id))
    .get();
  if (row === undefined) return null;
  const { failureCode, failureReason, retryAt, retryReason, ...status } = row;
  return { ...status, failure: toFailure(failureCode, failureReason), retry: toRetry(retryAt, retryReason) };
}

/**
 * Writes what the record's object decided. The version guards against a projection that arrives late: an older one
 * changes nothing. `undefined` leaves the sweep's time as it is, which spares an index row.
 */
export async function projectRecord(
  db: Database,
  record: NutritionRecord,
  sweepAt: number | null | undefined,
): Promise<void> {
  await db
    .update(records)
    .set({
      status: record.status,
      version: record.version,
      content: record.content,
      // Only a user's change touches these; naming them otherwise would rewrite their index.
      ...(record.status === "updated" && {
        inputType: record.inputType,
        options: record.options,
        metadata: record.metadata,
        servingSize: record.servingSize,
        consumedAt: record.consumedAt ?? PLANNED_AT,
        // A photo's bytes stay; what was typed may have become more, which counts, and is refused with the next record.
        ...(record.photo === null && { storedBytes: bytesOf(record) }),
      }),
      ...columnsOf(record),
      modifiedAt: record.modifiedAt,
      history: record.history,
      modelCalls: record.modelCalls,
      ...(sweepAt !== undefined && { sweepAt }),
    })
    .where(and(eq(records.id, record.id), lt(records.version, record.version)));
}

/** Which of a user's records to list, oldest first. Times are Unix milliseconds. */
export interface RecordQuery {
  /** The time that `from`, `to` and the order are about. */
  by: "consumed" | "uploaded";
  from: number | null;
  to: number | null;
  /** Whether the meals were eaten, or are planned; null = both. */
  eaten: boolean | null;
  /** Null = any. */
  statuses: readonly Status[] | null;
  inputTypes: readonly NutritionRecord["inputType"][] | null;
  updatedSince: number | null;
  /** The last record of the page before. */
  after: { consumedAt: number; id: string } | null;
  limit: number;
}

/** The condition that a page begins behind `after`, over the columns that it is ordered by. */
function behind({ by, after }: RecordQuery): SQL | undefined {
  if (after === null) return undefined;
  return by === "uploaded"
    ? gt(records.id, after.id)
    : sql`(${records.consumedAt}, ${records.id}) > (${after.consumedAt}, ${after.id})`;
}

/** A user's records, oldest first. An index serves the order, so that a page costs its own rows. */
export async function listRecords(db: Database, owner: Owner, query: RecordQuery): Promise<NutritionRecord[]> {
  const { by, from, to, eaten, statuses, inputTypes, updatedSince } = query;
  const isConsumed = by === "consumed";
  // An id begins with the millisecond of its upload: one bound on it is one on the time.
  const bound = (ms: number): string | number => (isConsumed ? ms : firstIdOf(ms));
  const column = isConsumed ? records.consumedAt : records.id;
  const rows = await db
    .select()
    .from(records)
    .where(
      and(
        eq(records.applicationId, owner.applicationId),
        eq(records.userId, owner.userId),
        from === null ? undefined : sql`${column} >= ${bound(from)}`,
        to === null ? undefined : sql`${column} < ${bound(to)}`,
        eaten === null ? undefined : (eaten ? lt : eq)(records.consumedAt, PLANNED_AT),
        behind(query),
        statuses === null ? undefined : inArray(records.status, [...statuses]),
        inputTypes === null ? undefined : inArray(records.inputType, [...inputTypes]),
        updatedSince === null ? undefined : gte(records.modifiedAt, updatedSince),
      ),
    )
    .orderBy(...(isConsumed ? [asc(records.consumedAt), asc(records.id)] : [asc(records.id)]))
    .limit(query.limit);
  return rows.map(toRecord);
}

/** What a day's totals need of a user's meals, at most `limit` of them. Whole contents stay in the database. */
export async function dayRecords(
  db: Database,
  owner: Owner,
  { from, to }: { from: number; to: number },
  limit: number,
): Promise<DayRecord[]> {
  const rows = await db
    .select({
      status: records.status,
      contentServingSize: sql<number | null>`json_extract(${records.content}, '$.servingSize')`,
      nutrients: sql<string | null>`json_extract(${records.content}, '$.nutrients')`,
      servingSize: records.servingSize,
    })
    .from(records)
    .where(
      and(
        eq(records.applicationId, owner.applicationId),
        eq(records.userId, owner.userId),
        gte(records.consumedAt, from),
        lt(records.consumedAt, to),
      ),
    )
    .orderBy(asc(records.consumedAt), asc(records.id))
    .limit(limit);
  return rows.map(({ nutrients, ...row }) => ({
    ...row,
    nutrients: nutrients === null ? null : JSON.parse(nutrients),
  }));
}
