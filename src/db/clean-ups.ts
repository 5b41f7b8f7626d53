import { asc, eq, inArray, sql } from "drizzle-orm";
import { isAnalysisUnderWay } from "../records/history.ts";
import type { LifeEvent } from "../records/record.ts";
import type { PhotoWalk } from "../retention/walk-photos.ts";
import type { Database } from "./database.ts";
import { applications, cleanUps, records } from "./schema.ts";

/** When an application is cleaned up next; at once, if it never was. */
const dueAt = sql<number>`coalesce(${cleanUps.dueAt}, 0)`;

/** The applications whose clean-up is due, longest overdue first. Reads one row for each application there is. */
export async function dueWalks(db: Database, now: number, limit: number): Promise<PhotoWalk[]> {
  return db
    .select({
      applicationId: applications.id,
      retentionDays: applications.imageRetentionDays,
      checkedUntil: sql<string>`coalesce(${cleanUps.checkedUntil}, '')`,
    })
    .from(applications)
    .leftJoin(cleanUps, eq(cleanUps.applicationId, applications.id))
    .where(sql`${dueAt} <= ${now}`)
    .orderBy(asc(dueAt))
    .limit(limit);
}

/**
 * Sets when an application is next cleaned up, and from which photo on it is looked at for orphans. Nothing is set for
 * one that has been deleted in the meantime.
 */
export async function scheduleWalk(
  db: Database,
  applicationId: number,
  nextAt: number,
  checkedUntil: string,
): Promise<void> {
  const progress = {
    applicationId: applications.id,
    dueAt: sql<number>`${nextAt}`.as("due_at"),
    checkedUntil: sql<string>`${checkedUntil}`.as("checked_until"),
  };
  await db
    .insert(cleanUps)
    .select(db.select(progress).from(applications).where(eq(applications.id, applicationId)))
    .onConflictDoUpdate({ target: cleanUps.applicationId, set: { dueAt: nextAt, checkedUntil } });
}

/**
 * For those of these records that exist, by id, whether an analysis is in progress. At most 90 ids (D1 binds 100
 * values).
 */
export async function whichAreUnderWay(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
  const lastEvent = sql<string | null>`json_extract(${records.history}, '$[#-1]')`;
  const rows = await db
    .select({ id: records.id, status: records.status, lastEvent })
    .from(records)
    .where(inArray(records.id, [...ids]));
  return new Map(
    rows.map(({ id, status, lastEvent: last }) => {
      const history: LifeEvent[] = last === null ? [] : [JSON.parse(last)];
      return [id, isAnalysisUnderWay({ status, history })];
    }),
  );
}
