import { z } from "zod";
import type { EventQuery } from "../../db/operations.ts";
import { OPERATIONS_EVENT_TYPES } from "../../operations/event-schema.ts";
import { EVENT_STATUSES } from "../../operations/outbox.ts";
import type { Problem } from "../../problems/problem.ts";
import { ok, type Result } from "../../result.ts";
import { pageLimit, parseQuery, UNKNOWN_CURSOR } from "./list-query.ts";

export const operationsQuerySchema = z.object({
  type: z.enum(OPERATIONS_EVENT_TYPES).optional().meta({ description: "Only events of this type." }),
  status: z.enum(EVENT_STATUSES).optional().meta({ description: "Filter by event status." }),
  limit: pageLimit("The maximum number of events per page."),
  cursor: z
    .string()
    .regex(/^ops_[0-9a-f-]{36}$/, UNKNOWN_CURSOR)
    .optional()
    .meta({ description: "A position in the list, from the `Link` header of an earlier page." }),
});

/** Reads the query of `GET /admin/operations/events` and of its page. */
export function parseOperationsQuery(params: URLSearchParams): Result<EventQuery, Problem> {
  const parsed = parseQuery(operationsQuerySchema, params);
  if (!parsed.ok) return parsed;
  const { type, status, limit, cursor } = parsed.value;
  return ok({ type: type ?? null, status: status ?? null, before: cursor ?? null, limit });
}
