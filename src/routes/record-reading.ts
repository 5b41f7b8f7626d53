import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { listRecords, ownedRecordStatus } from "../db/records.ts";
import { isRecordId } from "../ids.ts";
import { json, operation } from "../openapi/operation.ts";
import { SAMPLE_RECORD, SAMPLE_STATUS } from "../openapi/samples.ts";
import { recordPathSchema, recordsSchema, recordSchema, statusAnswerSchema } from "../records/answers.ts";
import { entityTag, presentRecord } from "../records/present.ts";
import { statusAnswer } from "../records/status-cache.ts";
import { isFinal } from "../records/transitions.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { findRecord, notFound, respondTagged } from "./owned-record.ts";
import { listSchema, nextPage, parseRecordQuery } from "./record-list.ts";

export const readingRoutes = new Hono<AppEnv>();

const NOT_MODIFIED = {
  description: "Unchanged since the version that `If-None-Match` names.",
  headers: ["ETag"],
} as const;

export const listRecordsOperation = operation({
  id: "listRecords",
  method: "get",
  path: "/nutrition_records",
  tag: "Reading records",
  summary: "List the user's records",
  description:
    "Oldest first. `from` is inclusive and `to` exclusive; both are about the meal time, or with `consumed=false` about the upload. A page that is not the last names the next one in its `Link` header.",
  security: "token",
  query: listSchema,
  answers: {
    200: {
      description: "A page of records.",
      headers: ["Link"],
      content: json(recordsSchema, { one: { summary: "One record", value: [SAMPLE_RECORD] } }),
    },
  },
  problems: ["invalid_request"],
});

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

export const readRecord = operation({
  id: "readRecord",
  method: "get",
  path: "/nutrition_records/{id}",
  tag: "Reading records",
  summary: "Read a record",
  security: "token",
  pathParameters: recordPathSchema,
  headers: ["If-None-Match"],
  answers: {
    200: {
      description: "The record as it is now. `Retry-After` while its analysis goes on.",
      headers: ["ETag", "Retry-After"],
      content: json(recordSchema, { completed: { summary: "A completed record", value: SAMPLE_RECORD } }),
    },
    304: NOT_MODIFIED,
  },
  problems: ["not_found"],
});

readingRoutes.get("/:id", async (c) => {
  const record = await findRecord(c);
  if (record === null) return notFound(c);
  const body = JSON.stringify(presentRecord(record));
  return respondTagged(c, { body, etag: entityTag(record), final: isFinal(record.status) });
});

export const readStatus = operation({
  id: "readStatus",
  method: "get",
  path: "/nutrition_records/{id}/status",
  tag: "Reading records",
  summary: "Poll a record's status",
  description:
    "Small, and answered from a cache near the client: at most one second old while the analysis goes on, at most 60 once it is over.",
  security: "token",
  pathParameters: recordPathSchema,
  headers: ["If-None-Match"],
  answers: {
    200: {
      description: "The status. `Retry-After` while it may change.",
      headers: ["ETag", "Retry-After"],
      content: json(statusAnswerSchema, { processing: { summary: "Being analysed", value: SAMPLE_STATUS } }),
    },
    304: NOT_MODIFIED,
  },
  problems: ["not_found"],
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
