import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../app-env.ts";
import { newestDeliveries, type DeliveryRow } from "../../db/deliveries.ts";
import { json, operation } from "../../openapi/operation.ts";
import { SAMPLE_DELIVERY } from "../../openapi/samples.ts";
import { DELIVERY_STATUSES } from "../../webhooks/outbox.ts";
import { applicationSchema } from "./application-bodies.ts";

const DELIVERIES_PAGE = 50;

const attemptSchema = z.object({
  attempt: z.int(),
  started_at: z.iso.datetime(),
  latency_ms: z.number().nullable(),
  http_status: z.int().nullable().meta({ description: "Null when there was no answer." }),
  error: z.string().nullable(),
  response_excerpt: z.string().nullable().meta({ description: "The first 1 KB of the answer." }),
});

const deliverySchema = z
  .object({
    delivery_id: z.string().meta({ description: "The `webhook-id` of every attempt." }),
    record_id: z.string(),
    event: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    created_at: z.iso.datetime(),
    next_attempt_at: z.iso.datetime().nullable(),
    attempts: z.array(attemptSchema),
  })
  .meta({ id: "Delivery", description: "A webhook and the attempts to deliver it." });

const presentDelivery = (delivery: DeliveryRow): z.output<typeof deliverySchema> => ({
  delivery_id: delivery.eventId,
  record_id: delivery.recordId,
  event: delivery.eventType,
  status: delivery.status,
  created_at: new Date(delivery.createdAt).toISOString(),
  next_attempt_at: delivery.nextAttemptAt === null ? null : new Date(delivery.nextAttemptAt).toISOString(),
  attempts: delivery.attempts.map((attempt) => ({
    attempt: attempt.number,
    started_at: new Date(attempt.startedAt).toISOString(),
    latency_ms: attempt.latencyMs,
    http_status: attempt.httpStatus,
    error: attempt.error,
    response_excerpt: attempt.responseExcerpt,
  })),
});

export const deliveryRoutes = new Hono<AppEnv>();

export const listDeliveries = operation({
  id: "listDeliveries",
  method: "get",
  path: "/admin/applications/{id}/deliveries",
  tag: "Webhooks",
  summary: "List an application's newest webhooks",
  security: "administrator",
  pathParameters: z.object({ id: applicationSchema.shape.id }),
  answers: {
    200: {
      description: "The newest deliveries, newest first.",
      content: json(z.array(deliverySchema), { one: { summary: "One that arrived", value: [SAMPLE_DELIVERY] } }),
    },
  },
  problems: [],
});

deliveryRoutes.get("/:id{[0-9]+}/deliveries", async (c) => {
  const deliveries = await newestDeliveries(c.var.deps.db, Number(c.req.param("id")), DELIVERIES_PAGE);
  return c.json(deliveries.map(presentDelivery));
});
