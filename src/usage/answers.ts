import { z } from "zod";
import { FAILURE_CODES, INPUT_TYPES, STATUSES } from "../records/record.ts";
import { LISTED_STATUSES } from "../webhooks/outbox.ts";

/** What `GET /admin/usage` shows. These schemas type the presenting functions and make the documentation. */

/** A count for each name of a list; all of them are there. */
const counts = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.int()])) as Record<Name, z.ZodInt>);

const latencySchema = z
  .object({ measured: z.int(), p50_ms: z.number(), p95_ms: z.number() })
  .meta({ id: "Latency", description: "Median and 95th percentile (nearest rank) of so many." });

export const OPERATION_NAMES = [
  "worker_requests",
  "object_requests",
  "object_gb_seconds",
  "r2_writes",
  "r2_reads",
  "queue_operations",
  "d1_rows_written",
] as const;

const bucketSchema = z
  .object({
    at: z.iso.datetime(),
    records: z.int(),
    statuses: counts(STATUSES),
    analysis: latencySchema.nullable(),
    webhook_attempt: latencySchema.nullable(),
    webhook_attempts: z.int(),
    failed_webhook_attempts: z.int(),
  })
  .meta({ id: "UsageBucket", description: "What one hour or day (UTC) had." });

const modelSchema = z
  .object({
    model: z.string(),
    calls: z.int(),
    failed: z.int().meta({ description: "Calls that failed, or were not answered in time." }),
    mean_ms: z.number(),
    input_tokens: z.int().meta({ description: "By the models' own account; 0 when they do not say." }),
    output_tokens: z.int(),
    estimated_usd: z.number().nullable().meta({ description: "Null when the model's price is not known." }),
  })
  .meta({ id: "ModelUsage", description: "How one model was asked." });

const backlogSchema = z
  .object({
    pending: z.int(),
    processing: z.int(),
    oldest_uploaded_at: z.iso.datetime().nullable(),
    oldest_age_ms: z.number().nullable(),
    final_with_work_left: z
      .int()
      .meta({ description: "Records that are final and whose webhook or re-analysis is under way." }),
  })
  .meta({ id: "Backlog", description: "What waits at this moment, whatever the range." });

const errorBudgetSchema = z
  .object({
    objective: z
      .number()
      .meta({ description: "The share of analyses that must not fail through the service's fault." }),
    finished: z
      .int()
      .meta({ description: "Analyses that came to an end, and those still open an hour after their upload." }),
    failed: z.int().meta({ description: "`analysis_unavailable`, `timed_out`, and those still open after an hour." }),
    allowed: z.number().meta({ description: "How many may fail so." }),
    remaining: z.number().nullable().meta({ description: "The share of them that is left; below 0 it is overspent." }),
  })
  .meta({ id: "ErrorBudget" });

export const usageSchema = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    counted_from: z.iso.datetime().meta({
      description: "Later than `from` when there were more records or webhooks than are counted: the newest are.",
    }),
    truncated: z.boolean(),
    bucket: z.enum(["hour", "day"]),
    records: z.object({
      total: z.int(),
      photo_bytes: z.int(),
      statuses: counts(STATUSES),
      input_types: counts(INPUT_TYPES),
      failure_codes: counts(FAILURE_CODES),
    }),
    analysis: latencySchema.nullable().meta({ description: "From the upload to the end of the analysis." }),
    webhooks: z.object({
      deliveries: counts(LISTED_STATUSES),
      attempts: z.int(),
      failed_attempts: z.int(),
      attempt: latencySchema.nullable(),
    }),
    models: z.array(modelSchema),
    buckets: z.array(bucketSchema),
    backlog: backlogSchema,
    error_budget: errorBudgetSchema,
    operations: z
      .array(z.object({ operation: z.enum(OPERATION_NAMES), count: z.number(), estimated_usd: z.number() }))
      .meta({
        description: "What the records and webhooks have cost by their budgets; polls and lists leave no trace.",
      }),
    estimated_usd: z
      .number()
      .meta({ description: "Operations and models at list price, past what a plan includes; CPU time is not in it." }),
  })
  .meta({ id: "Usage", description: "How the service was used." });

export type UsageAnswer = z.output<typeof usageSchema>;
export type UsageBucketAnswer = z.output<typeof bucketSchema>;
export type LatencyAnswer = z.output<typeof latencySchema>;
