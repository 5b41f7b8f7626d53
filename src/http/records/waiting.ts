import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ownedRecordStatus } from "../../db/records.ts";
import { log } from "../../log.ts";
import { statusResponse, type StatusResponse } from "../../records/status-cache.ts";
import { isNamed } from "../entity-tags.ts";
import { recordIdParam } from "./owned-record.ts";
import { parsePrefer, preferenceApplied } from "../prefer.ts";

/** The status of the caller's record that the path names, from the edge cache when it can be; null when there is none. */
export async function findStatus(c: Context<AppEnv>): Promise<StatusResponse | null> {
  const id = recordIdParam(c);
  if (id === null) return null;
  const { statusCache, db } = c.var.deps;
  const load = async (): Promise<StatusResponse | null> => {
    const status = await ownedRecordStatus(db, c.var.caller, id);
    return status === null ? null : statusResponse(status);
  };
  return statusCache.through(c.var.caller, id, load, (keeping) => c.executionCtx.waitUntil(keeping));
}

/**
 * `Prefer: wait=N`: returns when the record's status has changed, or N seconds have passed. It does not wait for a final
 * record, nor for a client whose `If-None-Match` names another version than the present one: that one has news to read.
 */
export async function waitForNews(c: Context<AppEnv>): Promise<void> {
  const { waitSeconds } = parsePrefer(c.req.header("prefer"));
  if (waitSeconds === null) return;
  c.header("preference-applied", preferenceApplied(waitSeconds));
  const id = recordIdParam(c);
  const present = await findStatus(c);
  if (id === null || present === null || present.final) return;
  const known = c.req.header("if-none-match");
  if (known !== undefined && !isNamed(known, present.etag)) return;
  const { sequencer, statusCache } = c.var.deps;
  try {
    await sequencer.wait(id, present.status, waitSeconds * 1000);
  } catch (error) {
    // The object was moved or restarted: the client gets the present state and asks again.
    log(
      "warn",
      "record.wait_interrupted",
      "waiting for a record was interrupted",
      { request_id: c.var.requestId, record_id: id },
      error,
    );
  }
  await statusCache.drop(c.var.caller, id);
}
