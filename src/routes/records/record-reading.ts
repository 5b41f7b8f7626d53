import { listRecords } from "../../db/records.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_RECORD, SAMPLE_STATUS } from "../../openapi/samples.ts";
import { recordPathSchema, recordsSchema, recordSchema, statusResponseSchema } from "../../records/responses.ts";
import { entityTag, presentRecord } from "../../records/present.ts";
import { isFinal } from "../../records/transitions.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { findRecord, notFound, respondTagged } from "../../http/records/owned-record.ts";
import { nextPage } from "../../http/next-page.ts";
import { recordCursor, listSchema, parseRecordQuery } from "../../http/queries/record-list.ts";
import { findStatus, waitForNews } from "../../http/records/waiting.ts";

const NOT_MODIFIED = {
  description: "Unchanged since the version that `If-None-Match` names.",
  headers: ["ETag", "Preference-Applied"],
} as const;

export const listRecordsOperation = operation({
  id: "listRecords",
  method: "get",
  path: "/nutrition_records",
  tag: "Reading records",
  summary: "List the user's records",
  description:
    "Oldest first. `from` is inclusive and `to` exclusive; both refer to the meal time or, with `by=uploaded`, to the upload time. Every page but the last links to the next one in its `Link` header.",
  security: "token",
  rate: "requests",
  query: listSchema,
  responses: {
    200: {
      description: "A page of records.",
      headers: ["Link"],
      content: json(recordsSchema, { one: { summary: "One record", value: [SAMPLE_RECORD] } }),
    },
  },
  problems: ["invalid_request"],
  /** The user's records, oldest first. One more than the page is read, to know whether another follows. */
  handler: async (c) => {
    const query = parseRecordQuery(new URL(c.req.url).searchParams);
    if (!query.ok) return respondWithProblem(c, query.error);
    const { limit } = query.value;
    const found = await listRecords(c.var.deps.db, c.var.caller, { ...query.value, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const headers: Record<string, string> = { "cache-control": "private, no-cache" };
    if (found.length > limit && last !== undefined) {
      headers["link"] = `<${nextPage(c.req.url, originOf(c), recordCursor(last))}>; rel="next"`;
    }
    return c.json(page.map(presentRecord), 200, headers);
  },
});

export const readRecord = operation({
  id: "readRecord",
  method: "get",
  path: "/nutrition_records/{id}",
  tag: "Reading records",
  summary: "Read a record",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  headers: ["If-None-Match", "Prefer"],
  responses: {
    200: {
      description: "The current record. Has `Retry-After` while its analysis is running.",
      headers: ["ETag", "Retry-After", "Preference-Applied"],
      content: json(recordSchema, { completed: { summary: "A completed record", value: SAMPLE_RECORD } }),
    },
    304: NOT_MODIFIED,
  },
  problems: ["not_found"],
  handler: async (c) => {
    await waitForNews(c);
    const record = await findRecord(c);
    if (record === null) return notFound(c);
    const body = JSON.stringify(presentRecord(record));
    return respondTagged(c, { body, etag: entityTag(record), final: isFinal(record.status) });
  },
});

export const readStatus = operation({
  id: "readStatus",
  method: "get",
  path: "/nutrition_records/{id}/status",
  tag: "Reading records",
  summary: "Poll a record's status",
  description:
    "Small and served from a cache near the client: at most one second old while the analysis is running, at most 60 once it is over. `Prefer: wait=N` holds the response until the status changes.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  headers: ["If-None-Match", "Prefer"],
  responses: {
    200: {
      description: "The status. Has `Retry-After` while it may still change.",
      headers: ["ETag", "Retry-After", "Preference-Applied"],
      content: json(statusResponseSchema, { processing: { summary: "Being analyzed", value: SAMPLE_STATUS } }),
    },
    304: NOT_MODIFIED,
  },
  problems: ["not_found"],
  /** Made for polling: answered from the edge cache when it can be, after the token has been checked. */
  handler: async (c) => {
    await waitForNews(c);
    const response = await findStatus(c);
    return response === null ? notFound(c) : respondTagged(c, response);
  },
});
