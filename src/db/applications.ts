import { asc, eq } from "drizzle-orm";
import type { Application } from "../auth/application.ts";
import type { Database } from "./database.ts";
import { applications } from "./schema.ts";

export async function applicationById(db: Database, id: number): Promise<Application | null> {
  return (await db.select().from(applications).where(eq(applications.id, id)).get()) ?? null;
}

export async function allApplications(db: Database): Promise<Application[]> {
  return db.select().from(applications).orderBy(asc(applications.id));
}

/** Stores a new application; without an `id` it gets the next free one. `id_taken` when another has it already. */
export async function insertApplication(
  db: Database,
  application: Omit<Application, "id"> & { id?: number },
): Promise<Application | "id_taken"> {
  const [stored] = await db.insert(applications).values(application).onConflictDoNothing().returning();
  return stored ?? "id_taken";
}

/** The fields an administrator may change; null when there is no such application. */
export async function changeApplication(
  db: Database,
  id: number,
  changes: Partial<
    Pick<
      Application,
      | "name"
      | "webhookUrl"
      | "webhookEvents"
      | "imageRetentionDays"
      | "requireTimestamp"
      | "rateLimits"
      | "active"
      | "modifiedAt"
    >
  >,
): Promise<Application | null> {
  const [changed] = await db.update(applications).set(changes).where(eq(applications.id, id)).returning();
  return changed ?? null;
}
