import { sql, type SQL } from "drizzle-orm";
import { firstIdOf } from "../ids.ts";
import {
  LATE_AFTER_MS,
  MAX_COUNTED,
  type BacklogCount,
  type StorageCount,
  type Counted,
  type DeliveryCount,
  type Latency,
  type ModelCount,
  type RecordCount,
  type UsageRange,
} from "../usage/counted.ts";
import type { Database } from "./database.ts";
import { TO_RETRY, TO_SWEEP } from "./stalled-records.ts";

/**
 * The newest records of the range, at most `MAX_COUNTED`: the primary key leads there, because an id begins with its
 * time.
 */
const records = ({ from, to }: UsageRange, columns: SQL): SQL => sql`
  SELECT ${columns} FROM records WHERE id >= ${firstIdOf(from)} AND id < ${firstIdOf(to)}
  ORDER BY id DESC LIMIT ${MAX_COUNTED}`;

/** The webhooks of those records: an event's id begins with its record's. */
const deliveries = ({ from, to }: UsageRange): SQL => sql`
  SELECT status, attempts, created_at FROM deliveries
  WHERE event_id >= ${`evt_${firstIdOf(from)}`} AND event_id < ${`evt_${firstIdOf(to)}`}
  ORDER BY event_id DESC LIMIT ${MAX_COUNTED}`;

/** When the stretch begins that a time lies in; what came after the range belongs to its last one. */
const bucketOf = ({ from, to, bucketMs }: UsageRange, time: SQL): SQL =>
  sql`CAST(max(${from}, min(${time}, ${to - 1})) / ${bucketMs} AS INTEGER) * ${bucketMs}`;

/** The percentiles (nearest rank) of `ms` in each `bucket` of a query, and over all. */
const percentiles = (measured: SQL): SQL => sql`
  WITH measured AS MATERIALIZED (${measured}),
  every AS (SELECT bucket, ms FROM measured UNION ALL SELECT NULL, ms FROM measured),
  ranked AS (
    SELECT bucket, ms, row_number() OVER (PARTITION BY bucket ORDER BY ms) AS place,
      count(*) OVER (PARTITION BY bucket) AS n
    FROM every
  )
  SELECT bucket, n AS measured,
    max(CASE WHEN place = (n * 50 + 99) / 100 THEN ms END) AS p50,
    max(CASE WHEN place = (n * 95 + 99) / 100 THEN ms END) AS p95
  FROM ranked GROUP BY bucket`;

const countRecords = (range: UsageRange): SQL => sql`
  SELECT ${bucketOf(range, sql`uploaded_at`)} AS bucket, status, input_type AS inputType, failure_code AS failureCode,
    count(*) AS records,
    sum(status IN ('pending', 'processing') AND uploaded_at < ${range.to - LATE_AFTER_MS}) AS late,
    coalesce(sum(json_extract(photo, '$.bytes')), 0) AS photoBytes, min(uploaded_at) AS firstAt
  FROM (${records(range, sql`status, input_type, failure_code, uploaded_at, photo`)}) GROUP BY 1, 2, 3, 4`;

/** From the upload to the first event that ended an analysis. What a user typed was never analyzed. */
const measureAnalyses = (range: UsageRange): SQL =>
  percentiles(sql`
  SELECT bucket, ended - uploaded_at AS ms FROM (
    SELECT ${bucketOf(range, sql`uploaded_at`)} AS bucket, uploaded_at, (
      SELECT min(event.value ->> 'at') FROM json_each(history) AS event WHERE event.value ->> 'stage' = 'done'
    ) AS ended
    FROM (${records(range, sql`status, input_type, uploaded_at, history`)})
    WHERE input_type <> 'manual' AND status IN ('completed', 'updated', 'failed')
  ) WHERE ended IS NOT NULL`);

const SUCCEEDED = sql`coalesce(attempt.value ->> 'httpStatus' BETWEEN 200 AND 299, FALSE)`;

const countDeliveries = (range: UsageRange): SQL => sql`
  SELECT ${bucketOf(range, sql`created_at`)} AS bucket, status, count(*) AS deliveries,
    sum(json_array_length(attempts)) AS attempts,
    sum((SELECT count(*) FROM json_each(attempts) AS attempt WHERE NOT ${SUCCEEDED})) AS failedAttempts,
    sum((SELECT coalesce(sum(attempt.value ->> 'latencyMs'), 0) FROM json_each(attempts) AS attempt)) AS totalMs
  FROM (${deliveries(range)}) GROUP BY 1, 2`;

const measureAttempts = (range: UsageRange): SQL =>
  percentiles(sql`
  SELECT ${bucketOf(range, sql`created_at`)} AS bucket, attempt.value ->> 'latencyMs' AS ms
  FROM (${deliveries(range)}), json_each(attempts) AS attempt WHERE ms IS NOT NULL`);

const countModels = (range: UsageRange): SQL => sql`
  SELECT call.value ->> 'model' AS model, call.value ->> 'outcome' AS outcome, count(*) AS calls,
    coalesce(sum(call.value ->> 'durationMs'), 0) AS totalMs, count(call.value ->> 'inputTokens') AS metered,
    coalesce(sum(call.value ->> 'inputTokens'), 0) AS inputTokens,
    coalesce(sum(call.value ->> 'outputTokens'), 0) AS outputTokens
  FROM (${records(range, sql`model_calls`)}), json_each(model_calls) AS call GROUP BY 1, 2`;

/** The sweep's indexes have every record for which something is left to do, and every open one. */
const countBacklog = sql`
  SELECT status, count(*) AS records, min(uploaded_at) AS oldestAt FROM (
    SELECT status, uploaded_at FROM (
      SELECT status, uploaded_at FROM records WHERE ${TO_SWEEP} ORDER BY sweep_at LIMIT ${MAX_COUNTED}
    ) UNION ALL SELECT status, uploaded_at FROM (
      SELECT status, uploaded_at FROM records WHERE ${TO_RETRY} ORDER BY sweep_at LIMIT ${MAX_COUNTED}
    )
  ) GROUP BY status`;

/** The limits of a user are those of the latest upload; a deletion lifts them until the next one. */
const countStorage = sql`
  SELECT count(*) AS users, coalesce(sum(records), 0) AS records, coalesce(sum(bytes), 0) AS bytes,
    coalesce(sum(records * 5 > max_records * 4 OR bytes * 5 > max_bytes * 4), 0) AS nearLimit
  FROM (SELECT records, bytes, max_records, max_bytes FROM user_storage LIMIT ${MAX_COUNTED})`;

/** The statements behind `countUsage`, exported for inspecting their query plans. */
export const usageStatements = (range: UsageRange): SQL[] => [
  countRecords(range),
  measureAnalyses(range),
  countDeliveries(range),
  measureAttempts(range),
  countModels(range),
  countBacklog,
  countStorage,
];

/** Counts the records of a range by how they stand; reads at most `MAX_COUNTED` rows. */
export const countRecordsOf = (db: Database, range: UsageRange): Promise<RecordCount[]> =>
  db.all<RecordCount>(countRecords(range));

const NO_STORAGE: StorageCount = { users: 0, records: 0, bytes: 0, nearLimit: 0 };

/** Counts what was done in a range. Each statement reads at most `MAX_COUNTED` rows, and what their JSON holds. */
export async function countUsage(db: Database, range: UsageRange): Promise<Counted> {
  const [counts, analyses, webhooks, attempts, models, backlog, [storage = NO_STORAGE]] = await Promise.all([
    countRecordsOf(db, range),
    db.all<Latency>(measureAnalyses(range)),
    db.all<DeliveryCount>(countDeliveries(range)),
    db.all<Latency>(measureAttempts(range)),
    db.all<ModelCount>(countModels(range)),
    db.all<BacklogCount>(countBacklog),
    db.all<StorageCount>(countStorage),
  ]);
  return { records: counts, analyses, deliveries: webhooks, attempts, models, backlog, storage };
}
