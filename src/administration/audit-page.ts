import { auditEntries, type AuditQuery } from "../db/audit.ts";
import type { Database } from "../db/database.ts";
import type { AuditEntry } from "../audit/audit.ts";

/** A page of the audit log, newest first; `next` is the cursor of the next page, null when this is the last. */
export interface AuditPage {
  entries: AuditEntry[];
  next: string | null;
}

/** Reads one entry more than asked for, to know whether there is another page. */
export async function readAuditPage(db: Database, query: AuditQuery): Promise<AuditPage> {
  const found = await auditEntries(db, { ...query, limit: query.limit + 1 });
  const entries = found.slice(0, query.limit);
  return { entries, next: found.length > entries.length ? (entries.at(-1)?.id ?? null) : null };
}
