import { z } from "zod";
import { deliveriesOfRecord } from "../../db/deliveries.ts";
import { findRecords } from "../../db/found-records.ts";
import { recordById } from "../../db/records.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_FOUND_RECORD, SAMPLE_TIMELINE } from "../../openapi/operations-samples.ts";
import { problem } from "../../problems/problem.ts";
import { recordPathSchema } from "../../records/responses.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { nextPage } from "../../http/next-page.ts";
import { foundRecordSchema, presentFound, presentTimeline, timelineSchema } from "../../http/bodies/record-bodies.ts";
import { parseRecordSearch, recordSearchSchema } from "../../http/queries/record-search.ts";

export const findRecordsOperation = operation({
  id: "findRecords",
  method: "get",
  path: "/admin/records",
  tag: "Operations",
  summary: "Find records of all applications",
  description:
    "Newest first. Every page but the last links to the next one in its `Link` header.\n\nWithout `q`, the filters `application_id` and the statuses `completed` and `updated` scan 5,000 records per page: a page can have few records, or none, and still link to a next one.",
  security: "administrator",
  query: recordSearchSchema,
  responses: {
    200: {
      description: "A page of records.",
      headers: ["Link"],
      content: json(z.array(foundRecordSchema), {
        one: { summary: "A completed record", value: [SAMPLE_FOUND_RECORD] },
      }),
    },
  },
  problems: ["invalid_request"],
  handler: async (c) => {
    const query = parseRecordSearch(new URL(c.req.url).searchParams);
    if (!query.ok) return respondWithProblem(c, query.error);
    const { records, next } = await findRecords(c.var.deps.db, query.value);
    const headers: Record<string, string> = { "cache-control": "no-store" };
    if (next !== null) headers["link"] = `<${nextPage(c.req.url, originOf(c), next)}>; rel="next"`;
    return c.json(records.map(presentFound), 200, headers);
  },
});

export const readTimeline = operation({
  id: "readTimeline",
  method: "get",
  path: "/admin/records/{id}/timeline",
  tag: "Operations",
  summary: "Read the timeline of a record",
  description:
    "The record of any application as its owner sees it, with every transition, model call and webhook attempt.",
  security: "administrator",
  pathParameters: recordPathSchema,
  responses: {
    200: {
      description: "The record and its timeline.",
      content: json(timelineSchema, { one: { summary: "An analyzed photo", value: SAMPLE_TIMELINE } }),
    },
  },
  problems: ["not_found"],
  handler: async (c) => {
    const { db } = c.var.deps;
    const record = await recordById(db, c.req.param("id").toLowerCase());
    if (record === null) return respondWithProblem(c, problem("not_found"));
    const deliveries = await deliveriesOfRecord(db, record.id);
    return c.json(presentTimeline(record, deliveries), 200, { "cache-control": "no-store" });
  },
});
