import { and, asc, desc, eq, gte, inArray, lt, lte, sql, type SQL } from "drizzle-orm";
import { firstIdOf } from "../ids.ts";
import type { RecordPlace } from "../webhooks/maintain-endpoints.ts";
import { eventIdsOf } from "../webhooks/event-id.ts";
import { isSuccess, type ListedEntry, type ListedStatus } from "../webhooks/outbox.ts";
import type { Database } from "./database.ts";
import { deliveries, records } from "./schema.ts";

/**
 * Writes the state of a delivery in one statement with the record's sweep time (by trigger): `sweepAt` is when the
 * sweep should wake the record's object if it has not acted by then, null when nothing is left. The body is written
 * once. Nothing is written of a record that was deleted, or over a later state: a write may reach D1 long after it was
 * sent.
 */
export async function recordDelivery(
  db: Database,
  record: { id: string; applicationId: number; version: number },
  entry: ListedEntry,
  sweepAt: number | null,
): Promise<void> {
  const { delivery } = entry;
  const row = db
    .select({
      eventId: sql<string>`${entry.eventId}`.as("event_id"),
      applicationId: sql<number>`${record.applicationId}`.as("application_id"),
      recordId: records.id,
      eventType: sql<string>`${entry.eventType}`.as("event_type"),
      status: sql<ListedStatus>`${delivery.status}`.as("status"),
      attempts: sql<string>`${JSON.stringify(delivery.attempts)}`.as("attempts"),
      createdAt: sql<number>`${entry.createdAt}`.as("created_at"),
      nextAttemptAt: sql<number | null>`${delivery.dueAt}`.as("next_attempt_at"),
      sweepAt: sql<number | null>`${sweepAt}`.as("sweep_at"),
      body: sql<string>`${entry.body}`.as("body"),
      revision: sql<number>`${entry.revision}`.as("revision"),
      recordVersion: sql<number>`${record.version}`.as("record_version"),
    })
    .from(records)
    .where(eq(records.id, record.id));
  await db
    .insert(deliveries)
    .select(row)
    .onConflictDoUpdate({
      target: deliveries.eventId,
      set: {
        status: sql`excluded.status`,
        attempts: sql`excluded.attempts`,
        nextAttemptAt: sql`excluded.next_attempt_at`,
        sweepAt: sql`excluded.sweep_at`,
        revision: sql`excluded.revision`,
        recordVersion: sql`excluded.record_version`,
      },
      setWhere: sql`${deliveries.revision} < excluded.revision`,
    });
}

export type DeliveryRow = typeof deliveries.$inferSelect;
/** A delivery without its body. */
export type DeliverySummary = Omit<DeliveryRow, "body" | "revision" | "recordVersion">;

const summary = {
  eventId: deliveries.eventId,
  applicationId: deliveries.applicationId,
  recordId: deliveries.recordId,
  eventType: deliveries.eventType,
  status: deliveries.status,
  attempts: deliveries.attempts,
  createdAt: deliveries.createdAt,
  nextAttemptAt: deliveries.nextAttemptAt,
  sweepAt: deliveries.sweepAt,
};

/** A place in a list of deliveries: the time and the id of the last one that was seen. */
export interface DeliveryPlace {
  createdAt: number;
  eventId: string;
}

/** Which deliveries of an application to list, newest first. Times are Unix milliseconds; null does not narrow. */
export interface DeliveryQuery {
  status: ListedStatus | null;
  event: string | null;
  recordId: string | null;
  /** Inclusive. */
  since: number | null;
  /** Exclusive. */
  until: number | null;
  before: DeliveryPlace | null;
  limit: number;
}

/** Literal, as the partial index has it: SQLite recognizes it by its text. */
const isUndelivered = sql`${deliveries.status} <> 'delivered'`;

const ofRecord = (recordId: string): SQL | undefined => {
  const events = eventIdsOf(recordId);
  return and(gte(deliveries.eventId, events.from), lt(deliveries.eventId, events.to));
};

/** An application's deliveries, newest first. An index serves the order; a record's are found by their ids. */
export async function listDeliveries(
  db: Database,
  applicationId: number,
  query: DeliveryQuery,
): Promise<DeliverySummary[]> {
  const { status, event, recordId, since, until, before, limit } = query;
  return db
    .select(summary)
    .from(deliveries)
    .where(
      and(
        eq(deliveries.applicationId, applicationId),
        status === null ? undefined : eq(deliveries.status, status),
        status === null || status === "delivered" ? undefined : isUndelivered,
        event === null ? undefined : eq(deliveries.eventType, event),
        recordId === null ? undefined : ofRecord(recordId),
        since === null ? undefined : gte(deliveries.createdAt, since),
        until === null ? undefined : lt(deliveries.createdAt, until),
        before === null
          ? undefined
          : sql`(${deliveries.createdAt}, ${deliveries.eventId}) < (${before.createdAt}, ${before.eventId})`,
      ),
    )
    .orderBy(desc(deliveries.createdAt), desc(deliveries.eventId))
    .limit(limit);
}

/** A record has one webhook for each of its versions; a timeline need not show more than this many. */
const MAX_OF_RECORD = 200;

/** The webhooks of a record, without their bodies, by their ids. */
export async function deliveriesOfRecord(db: Database, recordId: string): Promise<DeliverySummary[]> {
  return db
    .select(summary)
    .from(deliveries)
    .where(ofRecord(recordId))
    .orderBy(asc(deliveries.eventId))
    .limit(MAX_OF_RECORD);
}

/** One delivery, regardless of its owner; for the record's own object. */
export async function deliveryById(db: Database, eventId: string): Promise<DeliveryRow | null> {
  return (await db.select().from(deliveries).where(eq(deliveries.eventId, eventId)).get()) ?? null;
}

/** When the application's endpoint last took an event, among those made until then; null when it never has. */
export async function lastSuccessAt(db: Database, applicationId: number, until: number): Promise<number | null> {
  const row = await db
    .select({ attempts: deliveries.attempts })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.applicationId, applicationId),
        eq(deliveries.status, "delivered"),
        lte(deliveries.createdAt, until),
      ),
    )
    .orderBy(desc(deliveries.createdAt), desc(deliveries.eventId))
    .limit(1)
    .get();
  return row?.attempts.findLast((attempt) => isSuccess(attempt.httpStatus))?.startedAt ?? null;
}

/** Events that the circuit holds and that are due by then, the longest due first, behind the last one that was seen. */
export async function heldDeliveries(
  db: Database,
  applicationId: number,
  dueBy: number,
  after: RecordPlace | null,
  limit: number,
): Promise<RecordPlace[]> {
  const rows = await db
    .select({ recordId: deliveries.recordId, eventId: deliveries.eventId, dueAt: deliveries.nextAttemptAt })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.applicationId, applicationId),
        sql`${deliveries.status} = 'held'`,
        lte(deliveries.nextAttemptAt, dueBy),
        after === null
          ? undefined
          : sql`(${deliveries.nextAttemptAt}, ${deliveries.eventId}) > (${after.dueAt}, ${after.eventId})`,
      ),
    )
    .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.eventId))
    .limit(limit);
  return rows.map((row) => ({ ...row, dueAt: row.dueAt ?? 0 }));
}

const REPAIRABLE: ListedStatus[] = ["exhausted", "undelivered"];

/** A stretch of an application's time, both ends inclusive, Unix milliseconds. */
interface TimeRange {
  applicationId: number;
  since: number;
  until: number;
}

/** A job's position: the time and the id of the last event that it processed. */
interface Cursor {
  cursorAt: number;
  cursorId: string;
}

/** The condition that an event of this stretch was not delivered, and will not be on its own. */
const wasGivenUp = ({ applicationId, since, until }: TimeRange, cursor: Cursor | null): SQL | undefined =>
  and(
    eq(deliveries.applicationId, applicationId),
    isUndelivered,
    inArray(deliveries.status, REPAIRABLE),
    gte(deliveries.createdAt, since),
    lte(deliveries.createdAt, until),
    cursor === null
      ? undefined
      : sql`(${deliveries.createdAt}, ${deliveries.eventId}) > (${cursor.cursorAt}, ${cursor.cursorId})`,
  );

/** How many events of a stretch of time were abandoned, behind the cursor if there is one. */
export const countGivenUp = (db: Database, stretch: TimeRange, cursor: Cursor | null = null): Promise<number> =>
  db.$count(deliveries, wasGivenUp(stretch, cursor));

/** The events of a stretch of time that were abandoned, oldest first, behind the cursor. */
export async function givenUpDeliveries(
  db: Database,
  job: TimeRange & Cursor,
  limit: number,
): Promise<(DeliveryPlace & { recordId: string })[]> {
  return db
    .select({ eventId: deliveries.eventId, recordId: deliveries.recordId, createdAt: deliveries.createdAt })
    .from(deliveries)
    .where(wasGivenUp(job, job))
    .orderBy(asc(deliveries.createdAt), asc(deliveries.eventId))
    .limit(limit);
}

/**
 * Deletes at most `limit` deliveries that have ended and were made before then; returns how many. An event's id begins
 * with its record's, and that with the time of the upload: the primary key leads to the old ones.
 */
export async function deleteOldDeliveries(db: Database, before: number, limit: number): Promise<number> {
  const old = db
    .select({ eventId: deliveries.eventId })
    .from(deliveries)
    .where(
      and(
        lt(deliveries.eventId, eventIdsOf(firstIdOf(before)).from),
        lt(deliveries.createdAt, before),
        sql`${deliveries.status} NOT IN ('waiting', 'held')`,
      ),
    )
    .orderBy(asc(deliveries.eventId))
    .limit(limit);
  const result = await db.delete(deliveries).where(inArray(deliveries.eventId, old));
  return result.meta.changes;
}
