import { and, asc, count, eq, gte, inArray, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { AuditEntry } from "../audit/audit.ts";
import type { Erasure, ErasureSubject } from "../erasure/erasure.ts";
import { eventIdsOf } from "../webhooks/event-id.ts";
import { firstIdOf } from "../ids.ts";
import type { Database } from "./database.ts";
import { revocationOf } from "./revocations.ts";
import {
  applications,
  auditLog,
  cleanUps,
  deliveries,
  endpointHealth,
  erasures,
  idempotencyKeys,
  reanalysisJobs,
  recoveries,
  records,
  revocations,
} from "./schema.ts";

const RUNNING = sql`${erasures.status} = 'running'`;

/**
 * Stores an erasure; one of the same subject that is running continues instead, and waits as long as this one would.
 */
const storing = (db: Database, erasure: Erasure) =>
  db
    .insert(erasures)
    .values(erasure)
    .onConflictDoUpdate({
      target: [erasures.applicationId, erasures.scope, erasures.userId],
      targetWhere: RUNNING,
      // The run that works on it finds out, and does not end it by the old time.
      set: { settlesAt: erasure.settlesAt, revision: sql`${erasures.revision} + 1` },
    })
    .returning();

/** The entry of who wanted an erasure. It names the one that continues. */
const noting = (db: Database, { applicationId, scope, userId }: Erasure, entry: AuditEntry) => {
  const running = db
    .select({ id: erasures.id })
    .from(erasures)
    .where(
      and(RUNNING, eq(erasures.applicationId, applicationId), eq(erasures.scope, scope), eq(erasures.userId, userId)),
    );
  return db.insert(auditLog).values({ ...entry, target: sql`(${running})` });
};

/**
 * Ends a user's tokens, starts the erasure and notes who wanted it, in one transaction. Returns it, or the one that is
 * running.
 */
export async function startUserErasure(
  db: Database,
  erasure: Erasure,
  subject: string,
  entry: AuditEntry,
): Promise<Erasure> {
  const { applicationId, startedAt } = erasure;
  const [, [stored = erasure]] = await db.batch([
    revocationOf(db, applicationId, subject, startedAt),
    storing(db, erasure),
    noting(db, erasure, entry),
  ]);
  return stored;
}

/**
 * Deactivates an application, starts its erasure and notes who wanted it, in one transaction. Returns it, or the one
 * that is running.
 */
export async function startApplicationErasure(db: Database, erasure: Erasure, entry: AuditEntry): Promise<Erasure> {
  const [, [stored = erasure]] = await db.batch([
    db.update(applications).set({ active: false }).where(eq(applications.id, erasure.applicationId)),
    storing(db, erasure),
    noting(db, erasure, entry),
  ]);
  return stored;
}

/** An erasure or its receipt, if it is this application's. */
export async function erasureById(db: Database, applicationId: number, id: string): Promise<Erasure | null> {
  const named = and(eq(erasures.id, id), eq(erasures.applicationId, applicationId));
  return (await db.select().from(erasures).where(named).get()) ?? null;
}

/** Running erasures whose time has come, longest overdue first. */
export async function dueErasures(db: Database, now: number, limit: number): Promise<Erasure[]> {
  return db
    .select()
    .from(erasures)
    .where(and(RUNNING, lte(erasures.nextAt, now)))
    .orderBy(asc(erasures.nextAt))
    .limit(limit);
}

/** Stores the next state of an erasure, unless it was changed concurrently; returns whether it did. */
export async function saveErasure(db: Database, next: Erasure, previousRevision: number): Promise<boolean> {
  const { id, ...change } = next;
  const saved = await db
    .update(erasures)
    .set(change)
    .where(and(eq(erasures.id, id), eq(erasures.revision, previousRevision)))
    .returning({ id: erasures.id });
  return saved.length > 0;
}

const recordsOfSubject = (subject: ErasureSubject): SQL | undefined =>
  and(
    eq(records.applicationId, subject.applicationId),
    subject.scope === "user" ? eq(records.userId, subject.userId) : undefined,
    // An id is made when its upload begins.
    subject.scope === "user" && subject.uploadedBefore !== undefined
      ? lt(records.id, firstIdOf(subject.uploadedBefore))
      : undefined,
  );

/** Ids of records that belong to the subject. An index serves them: a page costs its own rows. */
export async function recordsOf(db: Database, subject: ErasureSubject, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: records.id })
    .from(records)
    .where(recordsOfSubject(subject))
    .orderBy(asc(records.applicationId), asc(records.userId), asc(records.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** How many deliveries these records have. At most 50 ids (D1 binds 100 values). */
export async function countDeliveries(db: Database, recordIds: readonly string[]): Promise<number> {
  const ranges = recordIds.map((id) => {
    const { from, to } = eventIdsOf(id);
    return and(gte(deliveries.eventId, from), lt(deliveries.eventId, to));
  });
  const row = await db
    .select({ n: count() })
    .from(deliveries)
    .where(or(...ranges))
    .get();
  return row?.n ?? 0;
}

/** Rows of one table that one statement deletes. */
const ROWS_AT_ONCE = 500;

/**
 * Deletes some of an application's rows, and the application itself with the last of them; in one transaction. Returns
 * whether that was all.
 */
export async function deleteApplicationRows(db: Database, applicationId: number): Promise<boolean> {
  const someDeliveries = db
    .select({ id: deliveries.eventId })
    .from(deliveries)
    .where(eq(deliveries.applicationId, applicationId))
    .limit(ROWS_AT_ONCE);
  const someRevocations = db
    .select({ subject: revocations.subject })
    .from(revocations)
    .where(eq(revocations.applicationId, applicationId))
    .limit(ROWS_AT_ONCE);
  const [gone, ended] = await db.batch([
    db.delete(deliveries).where(inArray(deliveries.eventId, someDeliveries)).returning({ id: deliveries.eventId }),
    db
      .delete(revocations)
      .where(and(eq(revocations.applicationId, applicationId), inArray(revocations.subject, someRevocations)))
      .returning({ subject: revocations.subject }),
    db.delete(cleanUps).where(eq(cleanUps.applicationId, applicationId)),
    db.delete(idempotencyKeys).where(eq(idempotencyKeys.applicationId, applicationId)),
    db.delete(endpointHealth).where(eq(endpointHealth.applicationId, applicationId)),
    db.delete(recoveries).where(eq(recoveries.applicationId, applicationId)),
    db.delete(reanalysisJobs).where(eq(reanalysisJobs.applicationId, applicationId)),
  ]);
  if (gone.length === ROWS_AT_ONCE || ended.length === ROWS_AT_ONCE) return false;
  await db.delete(applications).where(eq(applications.id, applicationId));
  return true;
}

/** Deletes the idempotency keys of a user; they name the user, and live for a day at most. */
export async function deleteKeysOf(db: Database, applicationId: number, userId: string): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.applicationId, applicationId), eq(idempotencyKeys.userId, userId)));
}
