import { eq, lte } from "drizzle-orm";
import type { AuditEntry } from "../audit/audit.ts";
import type { Session } from "../auth/session.ts";
import type { Database } from "./database.ts";
import { auditLog, endedSessions } from "./schema.ts";

/** Whether a session was signed out. */
export async function isSessionEnded(db: Database, { id }: Session): Promise<boolean> {
  return (await db.select().from(endedSessions).where(eq(endedSessions.id, id)).get()) !== undefined;
}

/** Ends a session, and forgets those that have ended on their own since; `now` in Unix milliseconds. */
export async function endSession(db: Database, session: Session, entry: AuditEntry, now: number): Promise<void> {
  const { id, expiresAt } = session;
  await db.batch([
    db.insert(endedSessions).values({ id, expiresAt }).onConflictDoNothing(),
    db.insert(auditLog).values(entry),
    db.delete(endedSessions).where(lte(endedSessions.expiresAt, now)),
  ]);
}
