import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";

/** How many migrations the database has, by the table that wrangler keeps. */
export async function appliedMigrations(db: Database): Promise<number> {
  const [row] = await db.all<{ applied: number }>(sql`SELECT count(*) AS applied FROM d1_migrations`);
  return row?.applied ?? 0;
}
