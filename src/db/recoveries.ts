import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Recovery } from "../webhooks/recovery.ts";
import type { Database } from "./database.ts";
import { recoveries } from "./schema.ts";

/** Stores a new job. An application has one at a time: if one is running, it is returned instead. */
export async function startRecovery(db: Database, job: Recovery): Promise<Recovery> {
  const [started] = await db.insert(recoveries).values(job).onConflictDoNothing().returning();
  return started ?? (await runningRecovery(db, job.applicationId)) ?? job;
}

/** The job of this application that has not finished. */
export async function runningRecovery(db: Database, applicationId: number): Promise<Recovery | null> {
  const isRunning = and(eq(recoveries.applicationId, applicationId), isNull(recoveries.finishedAt));
  return (await db.select().from(recoveries).where(isRunning).get()) ?? null;
}

/** The job of this application that goes back to exactly this time, Unix milliseconds: what a repeated form has begun. */
export async function recoverySince(db: Database, applicationId: number, since: number): Promise<Recovery | null> {
  const isIt = and(eq(recoveries.applicationId, applicationId), eq(recoveries.since, since));
  return (await db.select().from(recoveries).where(isIt).limit(1).get()) ?? null;
}

/** A job of this application. */
export async function recoveryById(db: Database, applicationId: number, id: string): Promise<Recovery | null> {
  const isIt = and(eq(recoveries.id, id), eq(recoveries.applicationId, applicationId));
  return (await db.select().from(recoveries).where(isIt).get()) ?? null;
}

/** The jobs that have not finished, by application. */
export async function runningRecoveries(db: Database, limit: number): Promise<Recovery[]> {
  return db
    .select()
    .from(recoveries)
    .where(isNull(recoveries.finishedAt))
    .orderBy(asc(recoveries.applicationId))
    .limit(limit);
}

/** Stores a job's progress, unless another sweep has advanced it past `from`; returns whether it did. */
export async function saveRecovery(db: Database, from: Recovery, next: Recovery): Promise<boolean> {
  const result = await db
    .update(recoveries)
    .set(next)
    .where(
      and(
        eq(recoveries.id, from.id),
        isNull(recoveries.finishedAt),
        sql`(${recoveries.cursorAt}, ${recoveries.cursorId}) = (${from.cursorAt}, ${from.cursorId})`,
      ),
    );
  return result.meta.changes > 0;
}

/** Deletes the jobs that finished before then. */
export async function deleteOldRecoveries(db: Database, before: number): Promise<void> {
  await db.delete(recoveries).where(lt(recoveries.finishedAt, before));
}
