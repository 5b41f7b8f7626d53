import { z } from "zod";
import { WEBHOOK_EVENTS } from "../../applications/application.ts";
import type { DeliveryPlace, DeliveryQuery } from "../../db/deliveries.ts";
import { isRecordId } from "../../ids.ts";
import type { Problem } from "../../problems/problem.ts";
import { ok, type Result } from "../../result.ts";
import { LISTED_STATUSES } from "../../webhooks/outbox.ts";
import { pageLimit, parseQuery, time, UNKNOWN_CURSOR } from "./list-query.ts";

const cursor = z.string().transform((text, context): DeliveryPlace => {
  const [, createdAt, eventId] = /^(\d{1,16})_(evt_.{1,100})$/.exec(text) ?? [];
  if (createdAt !== undefined && eventId !== undefined) return { createdAt: Number(createdAt), eventId };
  context.addIssue({ code: "custom", message: UNKNOWN_CURSOR });
  return z.NEVER;
});

/** The place behind `last`, as a later query names it. */
export const deliveryCursor = ({ createdAt, eventId }: DeliveryPlace): string => `${createdAt}_${eventId}`;

export const deliveryListSchema = z.object({
  status: z.enum(LISTED_STATUSES).optional().meta({ description: "Filter by delivery status." }),
  event: z.enum(WEBHOOK_EVENTS).optional().meta({ description: "Only deliveries of this event." }),
  record_id: z
    .string()
    .toLowerCase()
    .refine(isRecordId, "the id of a record")
    .optional()
    .meta({ description: "Only of this record." }),
  since: time.optional().meta({ description: "Only of events from this time on, inclusive." }),
  until: time.optional().meta({ description: "Only of events before this time, exclusive." }),
  limit: pageLimit("The number of deliveries per page."),
  cursor: cursor.optional().meta({ description: "A position in the list, from the `Link` header of an earlier page." }),
});

/** Reads the query of `GET /admin/applications/{id}/deliveries`. */
export function parseDeliveryQuery(params: URLSearchParams): Result<DeliveryQuery, Problem> {
  const parsed = parseQuery(deliveryListSchema, params);
  if (!parsed.ok) return parsed;
  const { status, event, record_id, since, until, limit, cursor: before } = parsed.value;
  return ok({
    status: status ?? null,
    event: event ?? null,
    recordId: record_id ?? null,
    since: since ?? null,
    until: until ?? null,
    before: before ?? null,
    limit,
  });
}
