import { asc, eq, max, sql } from "drizzle-orm";
import { MAX_APPLICATION_ID } from "../bounds.ts";
import type { ApplicationChanges } from "../applications/application-settings.ts";
import type { AuditEntry } from "../audit/audit.ts";
import type { Application } from "../applications/application.ts";
import { insertIfChanged } from "./audit.ts";
import type { Database } from "./database.ts";
import { applications } from "./schema.ts";

export async function applicationById(db: Database, id: number): Promise<Application | null> {
  return (await db.select().from(applications).where(eq(applications.id, id)).get()) ?? null;
}

/** The name of every application, by its id. */
export async function applicationNames(db: Database): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: applications.id, name: applications.name })
    .from(applications)
    .orderBy(asc(applications.id));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The id after the highest one. Another request may take it first. */
export async function nextApplicationId(db: Database): Promise<number> {
  const highest = await db
    .select({ id: max(applications.id) })
    .from(applications)
    .get();
  const next = (highest?.id ?? 0) + 1;
  if (next <= MAX_APPLICATION_ID) return next;
  // Somebody has the last id: the smallest that is free behind another.
  const gap = await db.get<{ id: number }>(
    sql`SELECT min(id) + 1 AS id FROM applications AS a WHERE NOT EXISTS (SELECT 1 FROM applications WHERE id = a.id + 1)`,
  );
  return gap.id;
}

/** Stores a new application and the entry of who made it; `id_taken` when another has its id already. */
export async function insertApplication(
  db: Database,
  application: Application,
  entry: AuditEntry,
): Promise<Application | "id_taken"> {
  const [[stored]] = await db.batch([
    db.insert(applications).values(application).onConflictDoNothing().returning(),
    insertIfChanged(db, entry),
  ]);
  return stored ?? "id_taken";
}

/** Changes settings and stores the audit entry; null if there is no such application. */
export async function changeApplication(
  db: Database,
  id: number,
  changes: ApplicationChanges,
  entry: AuditEntry,
): Promise<Application | null> {
  const [[changed]] = await db.batch([
    db.update(applications).set(changes).where(eq(applications.id, id)).returning(),
    insertIfChanged(db, entry),
  ]);
  return changed ?? null;
}
