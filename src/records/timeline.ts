import { z } from "zod";
import { ATTEMPT_TRIGGERS, type Attempt } from "../webhooks/outbox.ts";
import { statusSchema } from "./responses.ts";
import { eventsOf } from "./history.ts";
import { CALL_OUTCOMES, CALL_REASONS, STAGES, type LifeEvent, type ModelCall, type NutritionRecord } from "./record.ts";

const at = z.iso.datetime().meta({ description: "When it happened or began." });

const transitionSchema = z.object({
  kind: z.literal("transition"),
  at,
  status: statusSchema,
  version: z.int().meta({ description: "The record's version from this point on." }),
  stage: z.enum(STAGES),
});

const stageSchema = z.object({ kind: z.literal("stage"), at, stage: z.enum(STAGES), percent: z.int() });

const modelCallSchema = z.object({
  kind: z.literal("model_call"),
  at,
  model: z.string(),
  duration_ms: z.number().nullable().meta({ description: "Null if the caller had stopped waiting for the response." }),
  outcome: z.enum(CALL_OUTCOMES),
  reason: z.enum(CALL_REASONS).nullable().meta({
    description:
      "Why the call failed: the model was busy or timed out, a quota was exhausted, a setting was wrong, the request was invalid, or the image was unreadable. Null for a successful call, and for calls made before this was recorded.",
  }),
  input_tokens: z.int().nullable(),
  output_tokens: z.int().nullable(),
});

const webhookSchema = z.object({
  kind: z.literal("webhook"),
  at,
  delivery_id: z.string(),
  event: z.string(),
});

const attemptSchema = z.object({
  kind: z.literal("attempt"),
  at,
  delivery_id: z.string(),
  attempt: z.int(),
  trigger: z.enum(ATTEMPT_TRIGGERS),
  latency_ms: z.number().nullable(),
  http_status: z.int().nullable(),
  error: z.string().nullable(),
});

/** What happened to a record, in the order of its time. */
export const timelineEntriesSchema = z
  .array(z.discriminatedUnion("kind", [transitionSchema, stageSchema, modelCallSchema, webhookSchema, attemptSchema]))
  .meta({
    description:
      "The latest 50 transitions and stages, the latest 30 model calls by finished analyses, and every webhook with its attempts.",
  });

export type TimelineEntry = z.output<typeof timelineEntriesSchema>[number];

/** A webhook of the record, as shown in its timeline. */
export interface TimelineDelivery {
  eventId: string;
  eventType: string;
  createdAt: number;
  attempts: readonly Attempt[];
}

const asTime = (ms: number): string => new Date(ms).toISOString();

function lifeEntry(event: LifeEvent, before: LifeEvent | undefined): TimelineEntry {
  const { status, version, stage, percent } = event;
  return before?.version === version
    ? { kind: "stage", at: asTime(event.at), stage, percent }
    : { kind: "transition", at: asTime(event.at), status, version, stage };
}

const callEntry = (call: ModelCall): TimelineEntry => ({
  kind: "model_call",
  at: asTime(call.startedAt),
  model: call.model,
  duration_ms: call.durationMs,
  outcome: call.outcome,
  reason: call.reason ?? null,
  input_tokens: call.inputTokens,
  output_tokens: call.outputTokens,
});

const deliveryEntries = ({ eventId, eventType, createdAt, attempts }: TimelineDelivery): TimelineEntry[] => [
  { kind: "webhook", at: asTime(createdAt), delivery_id: eventId, event: eventType },
  ...attempts.map((attempt): TimelineEntry => ({
    kind: "attempt",
    at: asTime(attempt.startedAt),
    delivery_id: eventId,
    attempt: attempt.number,
    trigger: attempt.trigger,
    latency_ms: attempt.latencyMs,
    http_status: attempt.httpStatus,
    error: attempt.error,
  })),
];

/**
 * Everything that is known to have happened to a record, oldest first; what happened at once stays as it is listed
 * here.
 */
export function timelineOf(record: NutritionRecord, deliveries: readonly TimelineDelivery[]): TimelineEntry[] {
  const events = eventsOf(record);
  const entries = [
    ...events.map((event, place) => lifeEntry(event, events[place - 1])),
    ...record.modelCalls.map(callEntry),
    ...deliveries.flatMap(deliveryEntries),
  ];
  return entries.toSorted((a, b) => a.at.localeCompare(b.at));
}
