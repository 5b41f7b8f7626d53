import { z } from "zod";
import { FAILURE_CODES, INPUT_TYPES, STATUSES } from "../records/record.ts";
import { LISTED_STATUSES } from "../webhooks/outbox.ts";

/** The response of `GET /admin/usage`. These schemas type the presenting functions and generate the documentation. */

/** A count for each name of a list; all of them are there. */
const counts = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.int()])) as Record<Name, z.ZodInt>);

const latencySchema = z
  .object({ measured: z.int(), p50_ms: z.number(), p95_ms: z.number() })
  .meta({ id: "Latency", description: "Median and 95th percentile (nearest rank) of `measured` values." });

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
  .meta({ id: "UsageBucket", description: "The figures of one hour or day (UTC)." });

const modelSchema = z
  .object({
    model: z.string(),
    calls: z.int(),
    failed: z.int().meta({ description: "Calls that failed or timed out." }),
    mean_ms: z.number(),
    input_tokens: z.int().meta({ description: "As reported by the models; 0 if they do not report it." }),
    output_tokens: z.int(),
    estimated_usd: z.number().nullable().meta({ description: "Null if the model's price is unknown." }),
  })
  .meta({ id: "ModelUsage", description: "The usage of one model." });

const backlogSchema = z
  .object({
    pending: z.int(),
    processing: z.int(),
    oldest_uploaded_at: z.iso.datetime().nullable(),
    oldest_age_ms: z.number().nullable(),
    final_with_work_left: z.int().meta({ description: "Final records whose webhook or re-analysis is in progress." }),
  })
  .meta({ id: "Backlog", description: "What is waiting right now, regardless of the range." });

const storageSchema = z
  .object({
    users: z.int(),
    records: z.int(),
    bytes: z.int().meta({ description: "Of photos that are still stored, and of meals that were entered manually." }),
    users_near_limit: z.int().meta({ description: "Users who store more than 80 % of what `storage_limits` allows." }),
  })
  .meta({ id: "StorageUsage", description: "What is stored right now, regardless of the range." });

const errorBudgetSchema = z
  .object({
    objective: z.number().meta({ description: "The share of analyses that must not fail because of the service." }),
    finished: z.int().meta({ description: "Analyses that finished, and those still open an hour after their upload." }),
    failed: z.int().meta({ description: "`analysis_unavailable`, `timed_out`, and those still open after an hour." }),
    allowed: z.number().meta({ description: "How many are allowed to fail." }),
    remaining: z
      .number()
      .nullable()
      .meta({ description: "The share of the budget that is left; negative if overspent." }),
  })
  .meta({ id: "ErrorBudget" });

export const usageSchema = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    counted_from: z.iso.datetime().meta({
      description:
        "Later than `from` if there were more records or webhooks than are counted; the newest ones are counted.",
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
    storage: storageSchema,
    error_budget: errorBudgetSchema,
    operations: z
      .array(z.object({ operation: z.enum(OPERATION_NAMES), count: z.number(), estimated_usd: z.number() }))
      .meta({
        description: "Estimated operations for the records and webhooks; polls and lists are not tracked.",
      }),
    estimated_usd: z.number().meta({
      description: "Operations and models at list price, beyond the plan's included usage; CPU time is not included.",
    }),
  })
  .meta({ id: "Usage", description: "Usage of the service." });

export type UsageResponse = z.output<typeof usageSchema>;
export type UsageBucketResponse = z.output<typeof bucketSchema>;
export type LatencyResponse = z.output<typeof latencySchema>;
