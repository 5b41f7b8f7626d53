import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { AuditEntry } from "../audit/audit.ts";
import type { Database } from "./database.ts";
import { auditLog } from "./schema.ts";

/** Writes a standalone entry: for actions that do not change the database. */
export async function insertAuditEntry(db: Database, entry: AuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}

/** Writes an entry in a batch, if the statement right before it changed a row: rejected actions are not logged. */
export const insertIfChanged = (db: Database, { id, at, actor, act, applicationId, target, detail }: AuditEntry) =>
  db
    .insert(auditLog)
    .select(
      sql`SELECT ${id}, ${at}, ${actor}, ${act}, ${applicationId}, ${target}, ${JSON.stringify(detail)} WHERE changes() > 0`,
    );

/** Which entries are asked for. */
export interface AuditQuery {
  /** Null = of all applications, and of none. */
  applicationId: number | null;
  /** Only entries older than this one, by its id; null = from the newest on. */
  before: string | null;
  limit: number;
}

/** Entries of the audit log, newest first. */
export async function auditEntries(db: Database, { applicationId, before, limit }: AuditQuery): Promise<AuditEntry[]> {
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        applicationId === null ? undefined : eq(auditLog.applicationId, applicationId),
        before === null ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit);
}
