import { FAILURE_CODES, INPUT_TYPES, STATUSES } from "../records/record.ts";
import { LISTED_STATUSES } from "../webhooks/outbox.ts";
import { OPERATION_NAMES, type LatencyResponse, type UsageResponse, type UsageBucketResponse } from "./responses.ts";
import { costOf, costOfModel } from "./cost.ts";
import {
  MAX_COUNTED,
  type BacklogCount,
  type StorageCount,
  type Counted,
  type Latency,
  type ModelCount,
  type UsageRange,
} from "./counted.ts";
import { errorBudgetOf } from "./error-budget.ts";
import { billedOperationsOf, type BilledOperations } from "./operations.ts";
import { HOUR_MS } from "../time.ts";

const asTime = (ms: number): string => new Date(ms).toISOString();
/** Fractions of a cent matter: a record costs a few ten-thousandths of a dollar. */
const asUsd = (usd: number): number => Math.round(usd * 1e6) / 1e6;
const total = <Item>(items: readonly Item[], count: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0);

/** How many there are under each name; 0 for those that nothing was counted of. */
const tally = <Name extends string, Item>(
  names: readonly Name[],
  items: readonly Item[],
  nameOf: (item: Item) => Name | null,
  count: (item: Item) => number,
): Record<Name, number> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      total(
        items.filter((item) => nameOf(item) === name),
        count,
      ),
    ]),
  ) as Record<Name, number>;

function latencyAt(latencies: readonly Latency[], bucket: number | null): LatencyResponse | null {
  const found = latencies.find((latency) => latency.bucket === bucket);
  return found === undefined ? null : { measured: found.measured, p50_ms: found.p50, p95_ms: found.p95 };
}

function presentBucket(at: number, { records, deliveries, analyses, attempts }: Counted): UsageBucketResponse {
  const here = records.filter(({ bucket }) => bucket === at);
  const sent = deliveries.filter(({ bucket }) => bucket === at);
  return {
    at: asTime(at),
    records: total(here, (each) => each.records),
    statuses: tally(
      STATUSES,
      here,
      ({ status }) => status,
      (each) => each.records,
    ),
    analysis: latencyAt(analyses, at),
    webhook_attempt: latencyAt(attempts, at),
    webhook_attempts: total(sent, (each) => each.attempts),
    failed_webhook_attempts: total(sent, (each) => each.failedAttempts),
  };
}

/** Every stretch of the range, also those in which nothing happened. */
function presentBuckets({ from, to, bucketMs }: UsageRange, counted: Counted): UsageBucketResponse[] {
  const first = Math.floor(from / bucketMs) * bucketMs;
  const length = Math.max(0, Math.ceil((to - first) / bucketMs));
  return Array.from({ length }, (_, place) => presentBucket(first + place * bucketMs, counted));
}

function presentModel(model: string, counts: readonly ModelCount[]): UsageResponse["models"][number] {
  const calls = total(counts, (each) => each.calls);
  const costs = counts.map(costOfModel);
  return {
    model,
    calls,
    failed: total(counts, ({ outcome, calls: ended }) => (outcome === "answered" ? 0 : ended)),
    mean_ms: Math.round(total(counts, (each) => each.totalMs) / calls),
    input_tokens: total(counts, (each) => each.inputTokens),
    output_tokens: total(counts, (each) => each.outputTokens),
    estimated_usd: costs.includes(null) ? null : asUsd(total(costs, (usd) => usd ?? 0)),
  };
}

const presentModels = (models: readonly ModelCount[]): UsageResponse["models"] =>
  [...Map.groupBy(models, ({ model }) => model)]
    .map(([model, counts]) => presentModel(model, counts))
    .toSorted((a, b) => b.calls - a.calls);

const presentStorage = ({ users, records, bytes, nearLimit }: StorageCount): UsageResponse["storage"] => ({
  users,
  records,
  bytes,
  users_near_limit: nearLimit,
});

function presentBacklog(backlog: readonly BacklogCount[], now: number): UsageResponse["backlog"] {
  const open = backlog.filter(({ status }) => status === "pending" || status === "processing");
  const count = (status: string): number => backlog.find((each) => each.status === status)?.records ?? 0;
  const oldest = open.length === 0 ? null : Math.min(...open.map(({ oldestAt }) => oldestAt));
  return {
    pending: count("pending"),
    processing: count("processing"),
    oldest_uploaded_at: oldest === null ? null : asTime(oldest),
    oldest_age_ms: oldest === null ? null : Math.max(0, now - oldest),
    final_with_work_left: total(backlog, (each) => each.records) - total(open, (each) => each.records),
  };
}

const OPERATION_KEYS: Record<(typeof OPERATION_NAMES)[number], keyof BilledOperations> = {
  worker_requests: "workerRequests",
  object_requests: "objectRequests",
  object_gb_seconds: "objectGbSeconds",
  r2_writes: "r2Writes",
  r2_reads: "r2Reads",
  queue_operations: "queueOperations",
  d1_rows_written: "d1RowsWritten",
};

function presentOperations(operations: BilledOperations): UsageResponse["operations"] {
  return OPERATION_NAMES.map((operation) => {
    const key = OPERATION_KEYS[operation];
    const count = Math.round(operations[key] * 1000) / 1000;
    return { operation, count, estimated_usd: asUsd(costOf(key, count)) };
  });
}

/** Since when everything was counted: a limit that was reached cuts off the oldest. */
function countedFrom({ from }: UsageRange, { records, deliveries }: Counted): number {
  const isCut = total(records, (each) => each.records) >= MAX_COUNTED;
  const isWebhookCut = total(deliveries, (each) => each.deliveries) >= MAX_COUNTED;
  return Math.max(
    isCut ? Math.min(...records.map(({ firstAt }) => firstAt)) : from,
    isWebhookCut ? Math.min(...deliveries.map(({ bucket }) => bucket)) : from,
  );
}

const presentWebhooks = ({ deliveries, attempts }: Counted): UsageResponse["webhooks"] => ({
  deliveries: tally(
    LISTED_STATUSES,
    deliveries,
    ({ status }) => status,
    (each) => each.deliveries,
  ),
  attempts: total(deliveries, (each) => each.attempts),
  failed_attempts: total(deliveries, (each) => each.failedAttempts),
  attempt: latencyAt(attempts, null),
});

/** What was counted, with what follows from it. `now` in Unix milliseconds. */
export function presentUsage(range: UsageRange, counted: Counted, now: number): UsageResponse {
  const { records, analyses, models } = counted;
  const since = countedFrom(range, counted);
  const size = (each: { records: number }): number => each.records;
  const operations = presentOperations(billedOperationsOf(counted));
  const modelUsage = presentModels(models);
  return {
    from: asTime(range.from),
    to: asTime(range.to),
    counted_from: asTime(since),
    truncated: since > range.from,
    bucket: range.bucketMs === HOUR_MS ? "hour" : "day",
    records: {
      total: total(records, size),
      photo_bytes: total(records, (each) => each.photoBytes),
      statuses: tally(STATUSES, records, ({ status }) => status, size),
      input_types: tally(INPUT_TYPES, records, ({ inputType }) => inputType, size),
      failure_codes: tally(FAILURE_CODES, records, ({ failureCode }) => failureCode, size),
    },
    analysis: latencyAt(analyses, null),
    webhooks: presentWebhooks(counted),
    models: modelUsage,
    buckets: presentBuckets(range, counted),
    backlog: presentBacklog(counted.backlog, now),
    storage: presentStorage(counted.storage),
    error_budget: errorBudgetOf(records),
    operations,
    estimated_usd: asUsd(
      total(operations, (each) => each.estimated_usd) + total(modelUsage, (each) => each.estimated_usd ?? 0),
    ),
  };
}
