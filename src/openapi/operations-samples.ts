import type { OperationsEventBody } from "../operations/event-schema.ts";
import type { UsageResponse } from "../usage/responses.ts";
import { SAMPLE_APPLICATION, SAMPLE_DELIVERY, SAMPLE_RECORD, SAMPLE_RECORD_ID } from "./samples.ts";

/** The values of the examples of the administrator's operations. */

export const SAMPLE_FOUND_RECORD = {
  record_id: SAMPLE_RECORD_ID,
  application_id: SAMPLE_APPLICATION.id,
  application_user_id: "ada",
  status: "completed",
  input_type: "image",
  dish_name: "banana",
  failure_code: null,
  retry_at: null,
  retry_reason: null,
  uploaded_at: SAMPLE_RECORD.uploaded_at,
  modified_at: SAMPLE_RECORD.modified_at,
};

export const SAMPLE_TIMELINE = {
  application_id: SAMPLE_APPLICATION.id,
  version: 3,
  photo: { format: "jpeg", bytes: 214_733, width: 1200, height: 900 },
  record: SAMPLE_RECORD,
  entries: [
    { kind: "transition", at: "2026-11-23T10:30:04.521Z", status: "pending", version: 1, stage: "queued" },
    { kind: "transition", at: "2026-11-23T10:30:04.560Z", status: "processing", version: 2, stage: "recognising" },
    {
      kind: "model_call",
      at: "2026-11-23T10:30:04.590Z",
      model: "@cf/meta/llama-3.2-11b-vision-instruct",
      duration_ms: 2140,
      outcome: "answered",
      reason: null,
      input_tokens: 1830,
      output_tokens: 212,
    },
    { kind: "transition", at: "2026-11-23T10:30:07.002Z", status: "completed", version: 3, stage: "done" },
    { kind: "webhook", at: "2026-11-23T10:30:07.002Z", delivery_id: SAMPLE_DELIVERY.delivery_id, event: "completed" },
    {
      kind: "attempt",
      at: "2026-11-23T10:30:07.010Z",
      delivery_id: SAMPLE_DELIVERY.delivery_id,
      attempt: 1,
      trigger: "schedule",
      latency_ms: 84,
      http_status: 200,
      error: null,
    },
  ],
};

const STATUSES = { pending: 0, processing: 1, completed: 940, failed: 18, updated: 52, canceled: 3 };
const ANALYSIS = { measured: 1010, p50_ms: 2310, p95_ms: 6120 };
const ATTEMPT = { measured: 1022, p50_ms: 84, p95_ms: 310 };

export const SAMPLE_USAGE: UsageResponse = {
  from: "2026-11-22T00:00:00.000Z",
  to: "2026-11-29T00:00:00.000Z",
  counted_from: "2026-11-22T00:00:00.000Z",
  truncated: false,
  bucket: "day",
  records: {
    total: 1014,
    photo_bytes: 214_733_000,
    statuses: STATUSES,
    input_types: { image: 1000, label: 0, text: 11, manual: 3 },
    failure_codes: {
      no_food_found: 12,
      image_unreadable: 2,
      label_not_found: 0,
      analysis_unavailable: 3,
      timed_out: 1,
      canceled: 3,
    },
  },
  analysis: ANALYSIS,
  webhooks: {
    deliveries: { waiting: 1, held: 0, delivered: 1008, exhausted: 2, undelivered: 0 },
    attempts: 1022,
    failed_attempts: 14,
    attempt: ATTEMPT,
  },
  models: [
    {
      model: "@cf/google/gemma-4-26b-a4b-it",
      calls: 1000,
      failed: 4,
      mean_ms: 1850,
      input_tokens: 1_830_000,
      output_tokens: 212_000,
      estimated_usd: 0.2466,
    },
  ],
  buckets: [
    {
      at: "2026-11-22T00:00:00.000Z",
      records: 1014,
      statuses: STATUSES,
      analysis: ANALYSIS,
      webhook_attempt: ATTEMPT,
      webhook_attempts: 1022,
      failed_webhook_attempts: 14,
    },
  ],
  backlog: {
    pending: 0,
    processing: 1,
    oldest_uploaded_at: "2026-11-28T23:59:58.100Z",
    oldest_age_ms: 1900,
    final_with_work_left: 1,
  },
  storage: { users: 64, records: 20_411, bytes: 48_120_553_921, users_near_limit: 1 },
  error_budget: { objective: 0.995, finished: 1007, failed: 4, allowed: 5.035, remaining: 0.206 },
  operations: [
    { operation: "worker_requests", count: 2025, estimated_usd: 0.000_608 },
    { operation: "d1_rows_written", count: 10_134, estimated_usd: 0.010_134 },
  ],
  estimated_usd: 0.257_342,
};

export const SAMPLE_OPERATIONS_EVENT: OperationsEventBody = {
  id: "ops_01932c2e-9f2c-7c3a-9a51-0d6b1f4e8a23",
  type: "endpoint.failing",
  created_at: "2026-11-23T10:30:04.521Z",
  data: {
    application_id: SAMPLE_APPLICATION.id,
    percent: 50,
    failing_since: "2026-11-20T22:29:51.004Z",
    disables_at: "2026-11-25T22:29:51.004Z",
    failures: 204,
    reason: "it responded with 503",
  },
};

export const SAMPLE_REANALYSIS_PREVIEW = { records: 1200, photos_expired: 90, model_calls: 2220, cost_usd: 0.712 };

export const SAMPLE_REANALYSIS = {
  reanalysis_id: "01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a23",
  status: "running",
  since: "2026-11-22T00:00:00.000Z",
  total: 1200,
  requeued: 330,
  skipped: 30,
  finished_at: null,
};
