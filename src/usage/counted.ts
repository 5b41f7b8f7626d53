import type { FailureCode, InputType, ModelCall, Status } from "../records/record.ts";
import type { ListedStatus } from "../webhooks/outbox.ts";
import { HOUR_MS } from "../time.ts";

/**
 * What is asked for: records uploaded from `from` inclusive to `to` exclusive, in stretches. All in (Unix)
 * milliseconds.
 */
export interface UsageRange {
  from: number;
  to: number;
  bucketMs: number;
}

/**
 * An analysis that has not ended within this time is late, whatever it waits for: no one photographs a meal to be
 * notified of it an hour later.
 */
export const LATE_AFTER_MS = HOUR_MS;

/** Records that are alike; `bucket` is when their stretch of time begins. */
export interface RecordCount {
  bucket: number;
  status: Status;
  inputType: InputType;
  failureCode: FailureCode | null;
  records: number;
  /** How many of them are open although their upload is `LATE_AFTER_MS` old by the end of the range. */
  late: number;
  photoBytes: number;
  /** When the first of them was uploaded. */
  firstAt: number;
}

/** How long things took, milliseconds (nearest rank); `bucket` null: the whole time. */
export interface Latency {
  bucket: number | null;
  measured: number;
  p50: number;
  p95: number;
}

/**
 * Webhooks that stand alike, with their attempts: how many, how many failed, and how long all of them took together.
 */
export interface DeliveryCount {
  bucket: number;
  status: ListedStatus;
  deliveries: number;
  attempts: number;
  failedAttempts: number;
  totalMs: number;
}

/** Calls of one model that ended alike. `metered` ones said how many tokens they took; the sums are theirs. */
export interface ModelCount {
  model: string;
  outcome: ModelCall["outcome"];
  calls: number;
  totalMs: number;
  metered: number;
  inputTokens: number;
  outputTokens: number;
}

/** Open records, and final ones whose webhook waits, as they are now. */
export interface BacklogCount {
  status: Status;
  records: number;
  oldestAt: number;
}

/** What users store at present, of at most `MAX_COUNTED` users. */
export interface StorageCount {
  users: number;
  records: number;
  bytes: number;
  /** Users above four fifths of one of their limits. */
  nearLimit: number;
}

/** All that was counted. At most `MAX_COUNTED` records, the newest. */
export interface Counted {
  records: RecordCount[];
  analyses: Latency[];
  deliveries: DeliveryCount[];
  attempts: Latency[];
  models: ModelCount[];
  backlog: BacklogCount[];
  storage: StorageCount;
}

/** One answer costs no more than reading this many records and as many webhooks. */
export const MAX_COUNTED = 20_000;
