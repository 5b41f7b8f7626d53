import type { AuditEntry } from "../administration/audit.ts";
import type { Database } from "./database.ts";
import { auditLog } from "./schema.ts";

/** Writes an entry of its own: for acts that change nothing in the database. */
export async function insertAuditEntry(db: Database, entry: AuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}
