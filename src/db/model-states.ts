import { and, desc, eq, gt, lte, sql } from "drizzle-orm";
import { STATE_AGE_MS, type ModelState } from "../analysis/model-states.ts";
import type { Database } from "./database.ts";
import { modelStates } from "./schema.ts";

/** More models than this are never configured at once. */
const MAX_STATES = 20;

/**
 * Takes down that a call saw a model in trouble; resolves with whether this kind of trouble is new. What an isolate saw
 * earlier than what is stored changes nothing but is no news either.
 */
export async function writeModelState(db: Database, state: Omit<ModelState, "since">): Promise<boolean> {
  const { lastAt, kind } = state;
  const goesOn = sql`${modelStates.kind} = ${kind} AND ${modelStates.lastAt} > ${lastAt - STATE_AGE_MS}`;
  const [row] = await db
    .insert(modelStates)
    .values({ ...state, since: lastAt })
    .onConflictDoUpdate({
      target: modelStates.model,
      set: {
        kind,
        lastAt,
        detail: state.detail,
        since: sql`CASE WHEN ${goesOn} THEN ${modelStates.since} ELSE ${lastAt} END`,
      },
      setWhere: lte(modelStates.lastAt, lastAt),
    })
    .returning({ since: modelStates.since });
  return row?.since === lastAt;
}

/** Ends a model's trouble, as far as it was seen until then; resolves with whether there was any. */
export async function clearModelState(db: Database, model: string, until: number): Promise<boolean> {
  const ended = await db
    .delete(modelStates)
    .where(and(eq(modelStates.model, model), lte(modelStates.lastAt, until)))
    .returning({ model: modelStates.model });
  return ended.length > 0;
}

/** The models that failed recently, latest first. Reads a table of a few rows. */
export async function modelsInTrouble(db: Database, now: number): Promise<ModelState[]> {
  return db
    .select()
    .from(modelStates)
    .where(gt(modelStates.lastAt, now - STATE_AGE_MS))
    .orderBy(desc(modelStates.lastAt))
    .limit(MAX_STATES);
}
