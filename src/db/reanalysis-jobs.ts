import { and, asc, eq, isNull, lt, lte, sql, type SQL } from "drizzle-orm";
import { firstIdOf } from "../ids.ts";
import type { InputType } from "../records/record.ts";
import type { FailedRecord, ReanalysisJob, ReanalysisScope } from "../records/changes/reanalysis-job.ts";
import type { UploadOptions } from "../records/upload-options.ts";
import type { Database } from "./database.ts";
import { reanalysisJobs } from "./schema.ts";

/** Which records: those of an application that were uploaded since a time (Unix milliseconds), with a limit. */
export interface ReanalysisRequest {
  applicationId: number;
  since: number;
  limit: number;
}

/** Records that cost alike to analyze again. */
export interface FailedCount {
  inputType: InputType;
  mode: UploadOptions["analysis_mode"];
  /** Whether their photos have passed their retention. */
  hasExpired: boolean;
  records: number;
}

/**
 * An application's records that may be analyzed again, oldest first. The condition is that of `records_to_reanalyze`,
 * literally, so that SQLite recognizes it.
 */
const mayBeAnalyzedAgain = (applicationId: number, behind: SQL, columns: SQL, limit: number): SQL => sql`
  SELECT ${columns} FROM records
  WHERE failure_code = 'analysis_unavailable' AND application_id = ${applicationId} AND ${behind}
  ORDER BY id LIMIT ${limit}`;

/** An id begins with the time of its upload. */
const uploadedSince = (since: number): SQL => sql`id >= ${firstIdOf(since)}`;

/** How many records a job would have, and up to which; D1 reads as many rows. */
export async function reanalysisScope(db: Database, request: ReanalysisRequest): Promise<ReanalysisScope> {
  const { applicationId, since, limit } = request;
  const found = mayBeAnalyzedAgain(applicationId, uploadedSince(since), sql`id`, limit);
  const [scope] = await db.all<ReanalysisScope>(
    sql`SELECT count(*) AS total, coalesce(max(id), '') AS lastId FROM (${found})`,
  );
  return scope ?? { total: 0, lastId: "" };
}

/** The same records, counted by what they cost. Photos from before `keptSince` (Unix milliseconds) have expired. */
export async function countFailed(
  db: Database,
  { applicationId, since, limit }: ReanalysisRequest,
  keptSince: number,
): Promise<FailedCount[]> {
  const columns = sql`input_type, options, photo IS NOT NULL AND id < ${firstIdOf(keptSince)} AS expired`;
  const found = mayBeAnalyzedAgain(applicationId, uploadedSince(since), columns, limit);
  const rows = await db.all<Omit<FailedCount, "hasExpired"> & { expired: number }>(sql`
    SELECT input_type AS inputType, coalesce(options ->> 'analysis_mode', 'precise') AS mode, expired, count(*) AS records
    FROM (${found}) GROUP BY 1, 2, 3`);
  return rows.map(({ expired, ...row }) => ({ ...row, hasExpired: expired === 1 }));
}

/** The job's next records. */
export async function failedRecords(db: Database, job: ReanalysisJob, limit: number): Promise<FailedRecord[]> {
  const { applicationId, since, cursor, lastId } = job;
  const behind = cursor === "" ? uploadedSince(since) : sql`id > ${cursor}`;
  const columns = sql`id, photo IS NOT NULL AS hasPhoto`;
  const rows = await db.all<{ id: string; hasPhoto: number }>(
    mayBeAnalyzedAgain(applicationId, sql`${behind} AND id <= ${lastId}`, columns, limit),
  );
  return rows.map(({ id, hasPhoto }) => ({ id, applicationId, needsPhoto: hasPhoto === 1 }));
}

/** Stores a new job. An application has one at a time: if one is running, it is returned instead. */
export async function startReanalysis(db: Database, job: ReanalysisJob): Promise<ReanalysisJob> {
  const [started] = await db.insert(reanalysisJobs).values(job).onConflictDoNothing().returning();
  return started ?? (await runningReanalysis(db, job.applicationId)) ?? job;
}

/** The job of this application that has not finished. */
export async function runningReanalysis(db: Database, applicationId: number): Promise<ReanalysisJob | null> {
  const isRunning = and(eq(reanalysisJobs.applicationId, applicationId), isNull(reanalysisJobs.finishedAt));
  return (await db.select().from(reanalysisJobs).where(isRunning).get()) ?? null;
}

/** The job of this application that goes back to exactly this time, Unix milliseconds: what a repeated form has begun. */
export async function reanalysisSince(
  db: Database,
  applicationId: number,
  since: number,
): Promise<ReanalysisJob | null> {
  const isIt = and(eq(reanalysisJobs.applicationId, applicationId), eq(reanalysisJobs.since, since));
  return (await db.select().from(reanalysisJobs).where(isIt).limit(1).get()) ?? null;
}

/** A job of this application. */
export async function reanalysisById(db: Database, applicationId: number, id: string): Promise<ReanalysisJob | null> {
  const isIt = and(eq(reanalysisJobs.id, id), eq(reanalysisJobs.applicationId, applicationId));
  return (await db.select().from(reanalysisJobs).where(isIt).get()) ?? null;
}

/** Jobs that have not finished and whose next step is due, longest overdue first. */
export async function dueReanalyses(db: Database, now: number, limit: number): Promise<ReanalysisJob[]> {
  return db
    .select()
    .from(reanalysisJobs)
    .where(and(isNull(reanalysisJobs.finishedAt), lte(reanalysisJobs.dueAt, now)))
    .orderBy(asc(reanalysisJobs.dueAt), asc(reanalysisJobs.id))
    .limit(limit);
}

/** Stores a job, unless it has changed since `from`; returns whether it did. */
export async function saveReanalysis(db: Database, from: ReanalysisJob, next: ReanalysisJob): Promise<boolean> {
  const result = await db
    .update(reanalysisJobs)
    .set(next)
    .where(
      and(
        eq(reanalysisJobs.id, from.id),
        isNull(reanalysisJobs.finishedAt),
        eq(reanalysisJobs.dueAt, from.dueAt),
        eq(reanalysisJobs.cursor, from.cursor),
      ),
    );
  return result.meta.changes > 0;
}

/** Deletes the jobs that finished before then. */
export async function deleteOldReanalyses(db: Database, before: number): Promise<void> {
  await db.delete(reanalysisJobs).where(lt(reanalysisJobs.finishedAt, before));
}
