import { eq } from "drizzle-orm";
import type { Walk } from "../records/reconcile-stranded.ts";
import type { Database } from "./database.ts";
import { walks } from "./schema.ts";

/** The progress of the walk of this name; at the beginning, and due, if it never ran. */
export async function walkByName(db: Database, name: string): Promise<Walk> {
  const row = await db.select().from(walks).where(eq(walks.name, name)).get();
  return { lastId: row?.lastId ?? "", dueAt: row?.dueAt ?? 0 };
}

/** Stores the progress of a walk. */
export async function saveWalk(db: Database, name: string, walk: Walk): Promise<void> {
  await db
    .insert(walks)
    .values({ name, ...walk })
    .onConflictDoUpdate({ target: walks.name, set: walk });
}
