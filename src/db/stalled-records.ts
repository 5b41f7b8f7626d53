import { and, asc, eq, gt, inArray, lte, sql, type SQL } from "drizzle-orm";
import type { NutritionRecord, StalledRecord } from "../records/record.ts";
import type { Database } from "./database.ts";
import { records } from "./schema.ts";

const stalled = (db: Database, condition: SQL | undefined, limit: number): Promise<StalledRecord[]> =>
  db
    .select({ id: records.id, status: records.status })
    .from(records)
    .where(condition)
    .orderBy(asc(records.sweepAt))
    .limit(limit);

/**
 * The condition of `records_to_sweep`, literally, so that SQLite recognizes it: whatever has a sweep time, and whatever
 * is open even without one. Those that wait for a retry are in an index of their own, `records_to_retry`: a backlog of
 * them does not delay other records.
 */
export const TO_SWEEP = sql`retry_at IS NULL AND (sweep_at IS NOT NULL OR status IN ('pending', 'processing'))`;
export const TO_RETRY = sql`retry_at IS NOT NULL`;

/** A final record may well have a webhook that is due later than any analysis could be. */
const IS_OPEN = sql`status IN ('pending', 'processing')`;

/** The records whose sweep time has passed and that do not wait for a retry, longest standing first. */
export const stalledRecords = (db: Database, now: number, limit: number): Promise<StalledRecord[]> =>
  stalled(db, and(TO_SWEEP, lte(records.sweepAt, now)), limit);

/** The records whose retry is due, longest due first. */
export const dueRetries = (db: Database, now: number, limit: number): Promise<StalledRecord[]> =>
  stalled(db, and(TO_RETRY, lte(records.sweepAt, now)), limit);

/**
 * Open records that no sweep would ever look at: without a sweep time, as objects of earlier versions left them, or
 * with one behind `latest` (Unix milliseconds), later than anything sets it. They are found by their status alone.
 */
export async function strandedRecords(db: Database, latest: number, limit: number): Promise<StalledRecord[]> {
  const [without, behind, retries] = await Promise.all([
    stalled(db, and(TO_SWEEP, sql`sweep_at IS NULL`), limit),
    stalled(db, and(TO_SWEEP, IS_OPEN, sql`sweep_at > ${latest}`), limit),
    stalled(db, and(TO_RETRY, IS_OPEN, sql`(sweep_at IS NULL OR sweep_at > ${latest})`), limit),
  ]);
  return [...without, ...behind, ...retries].slice(0, limit);
}

/**
 * The same for re-analyses, whose records are final: they are found by their last event, a limited number of rows per
 * page.
 */
export async function strandedReanalyses(
  db: Database,
  { after, before, rows }: { after: string; before: number; rows: number },
): Promise<{ found: StalledRecord[]; last: string | null }> {
  const page = await db
    .select({
      id: records.id,
      status: records.status,
      isStranded: sql<number>`sweep_at IS NULL AND modified_at < ${before} AND status NOT IN ('pending', 'processing')
        AND json_array_length(history) > 0 AND json_extract(history, '$[#-1].stage') <> 'done'`,
    })
    .from(records)
    .where(gt(records.id, after))
    .orderBy(asc(records.id))
    .limit(rows);
  const last = page.length < rows ? null : (page.at(-1)?.id ?? null);
  return { found: page.filter(({ isStranded }) => isStranded === 1), last };
}

/**
 * Has the sweep look at these records now, as far as they still are in the version that was seen to be stranded. At
 * most 90 ids (D1 binds 100 values).
 */
export async function sweepNow(db: Database, ids: readonly string[], now: number, latest: number): Promise<number> {
  const isStranded = sql`(sweep_at IS NULL OR sweep_at > ${latest})`;
  const { meta } = await db
    .update(records)
    .set({ sweepAt: now })
    .where(and(inArray(records.id, [...ids]), isStranded));
  return meta.changes;
}

/**
 * Postpones when the sweep looks at these records, as far as that is still due at `now`: what has moved since it was
 * read keeps its own time. At most 90 ids (D1 binds 100 values).
 */
export async function putSweepOff(db: Database, ids: readonly string[], now: number, sweepAt: number): Promise<void> {
  await db
    .update(records)
    .set({ sweepAt })
    .where(and(inArray(records.id, [...ids]), lte(records.sweepAt, now)));
}

/**
 * Sets when the sweep looks at a record, null: never, as decided for its `version`: the row of a later version keeps
 * its own time.
 */
export async function scheduleSweep(
  db: Database,
  { id, version }: Pick<NutritionRecord, "id" | "version">,
  sweepAt: number | null,
): Promise<void> {
  await db
    .update(records)
    .set({ sweepAt })
    .where(and(eq(records.id, id), lte(records.version, version), sql`${records.sweepAt} IS NOT NULL`));
}
