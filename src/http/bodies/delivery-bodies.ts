import { z } from "zod";
import type { DeliveryRow, DeliverySummary } from "../../db/deliveries.ts";
import { ATTEMPT_TRIGGERS, LISTED_STATUSES, type Attempt } from "../../webhooks/outbox.ts";
import type { Recovery } from "../../webhooks/recovery.ts";

/** RFC 3339 UTC with milliseconds; null stays null. */
export const asTime = <Ms extends number | null>(ms: Ms) =>
  (ms === null ? null : new Date(ms).toISOString()) as Ms extends null ? string | null : string;

const attemptSchema = z.object({
  attempt: z.int().meta({ description: "1, 2, …: `x-webhook-attempt`." }),
  trigger: z.enum(ATTEMPT_TRIGGERS),
  started_at: z.iso.datetime(),
  latency_ms: z.number().nullable(),
  http_status: z.int().nullable().meta({ description: "Null if there was no response." }),
  error: z.string().nullable(),
  response_excerpt: z.string().nullable().meta({ description: "The first 1 KB of the response." }),
});

const attemptInFullSchema = attemptSchema.extend({
  request: z.object({ method: z.literal("POST"), url: z.string(), headers: z.record(z.string(), z.string()) }),
});

export const deliverySchema = z
  .object({
    delivery_id: z.string().meta({ description: "The `webhook-id` of every attempt." }),
    record_id: z.string(),
    event: z.string(),
    status: z.enum(LISTED_STATUSES).meta({
      description:
        "`held`: the endpoint's circuit breaker is open; `exhausted`: every attempt has failed; `undelivered`: the endpoint was disabled or gone when the attempt was due.",
    }),
    created_at: z.iso.datetime(),
    next_attempt_at: z.iso.datetime().nullable(),
    attempts: z.array(attemptSchema),
  })
  .meta({ id: "Delivery", description: "A webhook and the attempts to deliver it." });

export const deliveryDetailSchema = deliverySchema
  .extend({
    body: z
      .string()
      .nullable()
      .meta({ description: "The body of every attempt, byte for byte. Null if it was not stored." }),
    attempts: z.array(attemptInFullSchema),
  })
  .meta({ id: "DeliveryDetail", description: "A webhook with its body and the requests of its attempts." });

export const testResultSchema = attemptInFullSchema
  .extend({ delivered: z.boolean(), event_id: z.string(), body: z.string() })
  .meta({ id: "TestResult", description: "What was sent as a test, and the endpoint's response." });

export const recoverySchema = z
  .object({
    recovery_id: z.string(),
    status: z.enum(["running", "finished"]),
    since: z.iso.datetime(),
    until: z.iso.datetime().meta({ description: "When it was requested; later events are not part of it." }),
    total: z.int().meta({ description: "How many events there were at the start." }),
    remaining: z.int().meta({ description: "How many have not been processed yet." }),
    requeued: z.int().meta({ description: "How many were requeued so far; their deliveries show the outcome." }),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Recovery", description: "A job that redelivers undelivered events." });

const presentAttempt = (attempt: Attempt): z.output<typeof attemptSchema> => ({
  attempt: attempt.number,
  trigger: attempt.trigger,
  started_at: asTime(attempt.startedAt),
  latency_ms: attempt.latencyMs,
  http_status: attempt.httpStatus,
  error: attempt.error,
  response_excerpt: attempt.responseExcerpt,
});

/** An attempt with what was sent. Its signatures were for its own time. */
export const presentAttemptInFull = (attempt: Attempt): z.output<typeof attemptInFullSchema> => ({
  ...presentAttempt(attempt),
  request: { method: "POST", url: attempt.request.url, headers: attempt.request.headers },
});

/** A delivery as the list shows it. */
export const presentDelivery = (delivery: DeliverySummary): z.output<typeof deliverySchema> => ({
  delivery_id: delivery.eventId,
  record_id: delivery.recordId,
  event: delivery.eventType,
  status: delivery.status,
  created_at: asTime(delivery.createdAt),
  next_attempt_at: asTime(delivery.nextAttemptAt),
  attempts: delivery.attempts.map(presentAttempt),
});

/** A delivery with its body, byte for byte, and the requests of its attempts. */
export const presentDeliveryInFull = (delivery: DeliveryRow): z.output<typeof deliveryDetailSchema> => ({
  ...presentDelivery(delivery),
  body: delivery.body,
  attempts: delivery.attempts.map(presentAttemptInFull),
});

/** A recovery and how far it has come: `remaining` events are still to be looked at. */
export const presentRecovery = (job: Recovery, remaining: number): z.output<typeof recoverySchema> => ({
  recovery_id: job.id,
  status: job.finishedAt === null ? "running" : "finished",
  since: asTime(job.since),
  until: asTime(job.until),
  total: job.total,
  remaining,
  requeued: job.requeued,
  finished_at: asTime(job.finishedAt),
});
