import { z } from "zod";
import { testOperations } from "../../administration/operations.ts";
import { listEvents } from "../../db/operations.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_OPERATIONS_EVENT } from "../../openapi/operations-samples.ts";
import { SAMPLE_TEST_RESULT } from "../../openapi/samples.ts";
import { operationsEventSchema, type OperationsEventBody } from "../../operations/event-schema.ts";
import { EVENT_STATUSES, type OutboxEvent } from "../../operations/outbox.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { nextPage } from "../../http/next-page.ts";
import { asTime, presentAttemptInFull, testResultSchema } from "../../http/bodies/delivery-bodies.ts";
import { operationsQuerySchema, parseOperationsQuery } from "../../http/queries/operations-query.ts";
import { OPERATIONS_EVENT_RETENTION_DAYS } from "../../bounds.ts";

const deliveredEventSchema = z
  .object({
    event: operationsEventSchema,
    status: z.enum(EVENT_STATUSES).meta({
      description:
        "`exhausted`: every attempt has failed; `unsent`: `OPERATIONS_WEBHOOK_URL` was not set when it happened.",
    }),
    attempts: z.int().meta({ description: "Attempts that were started." }),
    next_attempt_at: z.iso.datetime().nullable(),
    last_attempt: z
      .object({
        started_at: z.iso.datetime(),
        latency_ms: z.number().nullable().meta({ description: "Null while in progress, and if it was interrupted." }),
        http_status: z.int().nullable().meta({ description: "Null if there was no response." }),
        error: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "OperationsDelivery", description: "An operational event and whether it was delivered." });

const presentEvent = (event: OutboxEvent): z.output<typeof deliveredEventSchema> => ({
  event: JSON.parse(event.body) as OperationsEventBody,
  status: event.status,
  attempts: event.attempts,
  next_attempt_at: asTime(event.dueAt),
  last_attempt:
    event.attemptedAt === null
      ? null
      : {
          started_at: asTime(event.attemptedAt),
          latency_ms: event.latencyMs,
          http_status: event.httpStatus,
          error: event.error,
        },
});

const SAMPLE_DELIVERED: z.output<typeof deliveredEventSchema> = {
  event: SAMPLE_OPERATIONS_EVENT,
  status: "delivered",
  attempts: 1,
  next_attempt_at: null,
  last_attempt: { started_at: "2026-11-23T10:30:05.002Z", latency_ms: 84, http_status: 200, error: null },
};

export const listOperationsEvents = operation({
  id: "listOperationsEvents",
  method: "get",
  path: "/admin/operations/events",
  tag: "Operations",
  summary: "List operational events",
  description: `Events of the last ${OPERATIONS_EVENT_RETENTION_DAYS} days, newest first, and whether each was delivered to \`OPERATIONS_WEBHOOK_URL\`. Every page but the last links to the next one in its \`Link\` header.`,
  security: "administrator",
  query: operationsQuerySchema,
  responses: {
    200: {
      description: "A page of events.",
      headers: ["Link"],
      content: json(z.array(deliveredEventSchema), { one: { summary: "A delivered one", value: [SAMPLE_DELIVERED] } }),
    },
  },
  problems: ["invalid_request"],
  handler: async (c) => {
    const query = parseOperationsQuery(new URL(c.req.url).searchParams);
    if (!query.ok) return respondWithProblem(c, query.error);
    const { limit } = query.value;
    const found = await listEvents(c.var.deps.db, { ...query.value, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const headers: Record<string, string> = { "cache-control": "no-store" };
    if (found.length > limit && last !== undefined) {
      headers["link"] = `<${nextPage(c.req.url, originOf(c), last.id)}>; rel="next"`;
    }
    return c.json(page.map(presentEvent), 200, headers);
  },
});

export const sendOperationsTest = operation({
  id: "sendOperationsTest",
  method: "post",
  path: "/admin/operations/test",
  tag: "Operations",
  summary: "Send a test operational event",
  description:
    "Sends a signed event of type `operations.test` to `OPERATIONS_WEBHOOK_URL` and waits for the receiver's response. It is neither stored nor retried.",
  security: "administrator",
  responses: {
    200: {
      description: "What was sent and how the receiver responded; `delivered` says whether it was accepted.",
      content: json(testResultSchema, { taken: { summary: "Accepted by the receiver", value: SAMPLE_TEST_RESULT } }),
    },
  },
  problems: ["no_operations_url"],
  handler: async (c) => {
    const result = await testOperations(c.var.administrator, c.var.deps);
    if (!result.ok) return respondWithProblem(c, result.error);
    const { delivered, eventId, body, attempt } = result.value;
    return c.json({ delivered, event_id: eventId, body, ...presentAttemptInFull(attempt) }, 200, {
      "cache-control": "no-store",
    });
  },
});
