import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "./database.ts";

/** D1 binds at most 100 values to a statement. */
const MAX_BOUND_VALUES = 100;

/** The values in chunks that one statement can bind. */
export function inChunks<Value>(values: readonly Value[]): Value[][] {
  const chunks: Value[][] = [];
  for (let start = 0; start < values.length; start += MAX_BOUND_VALUES) {
    chunks.push(values.slice(start, start + MAX_BOUND_VALUES));
  }
  return chunks;
}

/** Runs statements of one kind in one round trip; none without asking the database. */
export async function readAll<Row>(
  db: Database,
  statements: readonly (BatchItem<"sqlite"> & PromiseLike<Row[]>)[],
): Promise<Row[][]> {
  const [first, ...others] = statements;
  if (first === undefined) return [];
  return (await db.batch([first, ...others])) as Row[][];
}
