import { z } from "zod";
import { ownedRecordStatus } from "../../db/records.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_EVENTS } from "../../openapi/samples.ts";
import { problem } from "../../problems/problem.ts";
import { recordPathSchema } from "../../records/responses.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { notFound, recordIdParam, POLL_AGAIN_SECONDS } from "../../http/records/owned-record.ts";
import { STREAM_COMMENT_INTERVAL_MS, seconds } from "../../bounds.ts";

/** No cache keeps a stream, no proxy holds it back to compress or to fill a buffer. */
const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

const eventsQuerySchema = z.object({
  last_event_id: z
    .string()
    .optional()
    .meta({ description: "The same as the header `Last-Event-ID`, for programs that cannot send it." }),
});

export const readEvents = operation({
  id: "readEvents",
  method: "get",
  path: "/nutrition_records/{id}/events",
  tag: "Reading records",
  summary: "Listen to a record's events",
  description:
    "Server-sent events: the current state first, then every change, each with the status response as its `data`; the stream ends when the analysis is over. A re-analysis is reported the same way, while the status stays unchanged.\n\nThe token goes in the `Authorization` header, never in the URL: in a browser, read the stream with `fetch`, because the built-in `EventSource` cannot send headers.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  query: eventsQuerySchema,
  headers: ["Last-Event-ID"],
  responses: {
    200: {
      description: `The events. A comment every ${seconds(STREAM_COMMENT_INTERVAL_MS)} keeps the connection alive.`,
      content: {
        "text/event-stream": {
          schema: z.string(),
          examples: { processing: { summary: "One event", value: SAMPLE_EVENTS } },
        },
      },
    },
    204: {
      description: "The analysis is over and the client has received every event; do not reconnect.",
    },
  },
  problems: ["not_found", "too_many_listeners"],
  /**
   * The record's life as server-sent events. The token comes in the `Authorization` header, as everywhere: a browser's own
   * EventSource cannot send it, `fetch` and EventSource polyfills can. Some of these name the last event in the query.
   */
  handler: async (c) => {
    const id = recordIdParam(c);
    // Not from the cache: it remembers records for a minute that have been deleted.
    if (id === null || (await ownedRecordStatus(c.var.deps.db, c.var.caller, id)) === null) return notFound(c);
    if (c.req.method === "HEAD") return c.body(null, 200, STREAM_HEADERS);
    const { sequencer, statusCache } = c.var.deps;
    const lastEventId = parseLastEventId(c.req.header("last-event-id") ?? c.req.query("last_event_id"));
    const opened = await sequencer.events(id, lastEventId);
    if (opened === null) return notFound(c);
    switch (opened.outcome) {
      case "open": {
        // Whoever has heard of a change must not be told of the state before it by a poll in this place.
        const forgetting = new TransformStream<Uint8Array, Uint8Array>({
          async transform(chunk, controller) {
            await statusCache.drop(c.var.caller, id);
            controller.enqueue(chunk);
          },
        });
        return c.body(opened.body.pipeThrough(forgetting), 200, STREAM_HEADERS);
      }
      case "over":
        // 204 tells an EventSource not to come back: it has heard of everything.
        return c.body(null, 204, { "cache-control": "no-store" });
      case "full":
        return respondWithProblem(c, {
          ...problem("too_many_listeners"),
          retryAfterSeconds: Number(POLL_AGAIN_SECONDS),
        });
    }
  },
});

/** The id of the event that the client has heard of last; null when it has heard of none, or says something else. */
const parseLastEventId = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
