import { and, eq, inArray, lt, max, sql } from "drizzle-orm";
import type { DirectoryEntry } from "../auth/application-directory.ts";
import type { Database } from "./database.ts";
import { applications, revocations } from "./schema.ts";

/** The statement that ends the tokens of a subject which were issued until `at`, Unix milliseconds. A later end stays. */
export const revocationOf = (db: Database, applicationId: number, subject: string, at: number) =>
  db
    .insert(revocations)
    .values({ applicationId, subject, revokedAt: at })
    .onConflictDoUpdate({
      target: [revocations.applicationId, revocations.subject],
      set: { revokedAt: sql`max(${revocations.revokedAt}, excluded.revoked_at)` },
    });

/** Until when the tokens of any of these subjects are void, Unix milliseconds; null when they never were revoked. */
export async function revokedUntil(
  db: Database,
  applicationId: number,
  subjects: readonly string[],
): Promise<number | null> {
  const row = await db
    .select({ at: max(revocations.revokedAt) })
    .from(revocations)
    .where(and(eq(revocations.applicationId, applicationId), inArray(revocations.subject, [...subjects])))
    .get();
  return row?.at ?? null;
}

/** What a token is judged by, in one round trip; null when there is no such application. */
export async function directoryEntry(db: Database, id: number): Promise<DirectoryEntry | null> {
  const [[application], [latest]] = await db.batch([
    db
      .select({
        active: applications.active,
        createdAt: applications.createdAt,
        rateLimits: applications.rateLimits,
      })
      .from(applications)
      .where(eq(applications.id, id)),
    db
      .select({ at: max(revocations.revokedAt) })
      .from(revocations)
      .where(eq(revocations.applicationId, id)),
  ]);
  return application === undefined ? null : { application, latestRevocation: latest?.at ?? null };
}

/** Forgets an application's revocations from before this time. */
export async function forgetRevocations(db: Database, applicationId: number, before: number): Promise<void> {
  await db
    .delete(revocations)
    .where(and(eq(revocations.applicationId, applicationId), lt(revocations.revokedAt, before)));
}
