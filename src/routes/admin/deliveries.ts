import { Hono } from "hono";
import type { AppEnv } from "../../app-env.ts";
import { newestDeliveries, type DeliveryRow } from "../../db/deliveries.ts";

const DELIVERIES_PAGE = 50;

const presentDelivery = (delivery: DeliveryRow) => ({
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

deliveryRoutes.get("/:id{[0-9]+}/deliveries", async (c) => {
  const deliveries = await newestDeliveries(c.var.deps.db, Number(c.req.param("id")), DELIVERIES_PAGE);
  return c.json(deliveries.map(presentDelivery));
});
