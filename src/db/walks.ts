import { eq } from "drizzle-orm";
import type { Walk } from "../records/reconcile-stranded.ts";
import type { Database } from "./database.ts";
import { walks } from "./schema.ts";

/** How far the walk of this name has come; at the beginning, and due, if it never was. */
export async function walkByName(db: Database, name: string): Promise<Walk> {
  const row = await db.select().from(walks).where(eq(walks.name, name)).get();
  return { lastId: row?.lastId ?? "", dueAt: row?.dueAt ?? 0 };
}

/** Stores how far a walk has come. */
export async function saveWalk(db: Database, name: string, walk: Walk): Promise<void> {
  await db
    .insert(walks)
    .values({ name, ...walk })
    .onConflictDoUpdate({ target: walks.name, set: walk });
}
