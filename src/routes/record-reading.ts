import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { listRecords, ownedRecordStatus } from "../db/records.ts";
import { isRecordId } from "../ids.ts";
import { entityTag, presentRecord } from "../records/present.ts";
import { statusAnswer } from "../records/status-cache.ts";
import { isFinal } from "../records/transitions.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { findRecord, notFound, respondTagged } from "./owned-record.ts";
import { nextPage, parseRecordQuery } from "./record-list.ts";

export const readingRoutes = new Hono<AppEnv>();

/** The user's records, oldest first. One more than the page is read, to know whether another follows. */
readingRoutes.get("/", async (c) => {
  const query = parseRecordQuery(new URL(c.req.url).searchParams);
  if (!query.ok) return respondWithProblem(c, query.error);
  const { limit } = query.value;
  const found = await listRecords(c.var.deps.db, c.var.caller, { ...query.value, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const headers: Record<string, string> = { "cache-control": "private, no-cache" };
  if (found.length > limit && last !== undefined) {
    headers["link"] = `<${nextPage(c.req.url, originOf(c), last)}>; rel="next"`;
  }
  return c.json(page.map(presentRecord), 200, headers);
});

readingRoutes.get("/:id", async (c) => {
  const record = await findRecord(c);
  if (record === null) return notFound(c);
  const body = JSON.stringify(presentRecord(record));
  return respondTagged(c, { body, etag: entityTag(record), final: isFinal(record.status) });
});

/** Made for polling: answered from the edge cache when it can be, after the token has been checked. */
readingRoutes.get("/:id/status", async (c) => {
  const id = c.req.param("id");
  if (!isRecordId(id)) return notFound(c);
  const { statusCache, db } = c.var.deps;
  const cached = await statusCache.match(c.var.caller, id);
  if (cached !== null) return respondTagged(c, cached);
  const status = await ownedRecordStatus(db, c.var.caller, id);
  if (status === null) return notFound(c);
  const answer = statusAnswer(status);
  c.executionCtx.waitUntil(statusCache.put(c.var.caller, answer, id));
  return respondTagged(c, answer);
});
