import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { TroubleKind } from "../analysis/trouble.ts";
import type { SealedKey } from "../applications/application.ts";
import type { AdministrativeAct, AuditDetail } from "../audit/audit.ts";
import type { FirstResponse } from "../intake/idempotency.ts";
import type { Erasure } from "../erasure/erasure.ts";
import type { StorageLimits } from "../applications/storage-limits.ts";
import type { RateLimits } from "../applications/rate-limits.ts";
import type { OperationsEventType } from "../operations/event-schema.ts";
import type { EventStatus } from "../operations/outbox.ts";
import type {
  FailureCode,
  InputType,
  LifeEvent,
  ModelCall,
  RecordContent,
  RetryReason,
  Status,
  StoredPhoto,
} from "../records/record.ts";
import type { UploadOptions } from "../records/upload-options.ts";
import type { Attempt, ListedStatus } from "../webhooks/outbox.ts";

/** Tenants. Keys are stored encrypted, see `auth/key-sealing.ts`. */
export const applications = sqliteTable("applications", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  active: integer("active", { mode: "boolean" }).notNull(),
  webhookUrl: text("webhook_url"),
  webhookEvents: text("webhook_events", { mode: "json" }).$type<string[]>().notNull(),
  imageRetentionDays: integer("image_retention_days").notNull(),
  requireTimestamp: integer("require_timestamp", { mode: "boolean" }).notNull(),
  rateLimits: text("rate_limits", { mode: "json" }).$type<RateLimits>().notNull(),
  storageLimits: text("storage_limits", { mode: "json" }).$type<StorageLimits>().notNull(),
  hmacKeys: text("hmac_keys", { mode: "json" }).$type<SealedKey[]>().notNull(),
  webhookKeys: text("webhook_keys", { mode: "json" }).$type<SealedKey[]>().notNull(),
  createdAt: integer("created_at").notNull(),
  modifiedAt: integer("modified_at").notNull(),
});

/** One meal and its analysis. After `pending`, only the record's Durable Object writes here. */
export const records = sqliteTable("records", {
  id: text("id").primaryKey(),
  applicationId: integer("application_id").notNull(),
  userId: text("user_id").notNull(),
  status: text("status").$type<Status>().notNull(),
  version: integer("version").notNull(),
  inputType: text("input_type").$type<InputType>().notNull(),
  options: text("options", { mode: "json" }).$type<UploadOptions>().notNull(),
  metadata: text("metadata", { mode: "json" }).$type<Record<string, string>>(),
  photo: text("photo", { mode: "json" }).$type<StoredPhoto>(),
  inputText: text("input_text"),
  content: text("content", { mode: "json" }).$type<RecordContent>(),
  servingSize: real("serving_size"),
  failureCode: text("failure_code").$type<FailureCode>(),
  failureReason: text("failure_reason"),
  retryAt: integer("retry_at"),
  retryReason: text("retry_reason").$type<RetryReason>(),
  uploadedAt: integer("uploaded_at").notNull(),
  modifiedAt: integer("modified_at").notNull(),
  consumedAt: integer("consumed_at").notNull(),
  history: text("history", { mode: "json" }).$type<readonly LifeEvent[]>().notNull(),
  modelCalls: text("model_calls", { mode: "json" }).$type<readonly ModelCall[]>().notNull(),
  sweepAt: integer("sweep_at"),
  storedBytes: integer("stored_bytes").notNull(),
});

/** What each user stores; see `db/user-storage.ts`. */
export const userStorage = sqliteTable(
  "user_storage",
  {
    applicationId: integer("application_id").notNull(),
    userId: text("user_id").notNull(),
    records: integer("records").notNull(),
    bytes: integer("bytes").notNull(),
    maxRecords: integer("max_records").notNull(),
    maxBytes: integer("max_bytes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.userId] })],
);

/** Webhook events and the attempts to deliver them. */
export const deliveries = sqliteTable("deliveries", {
  eventId: text("event_id").primaryKey(),
  applicationId: integer("application_id").notNull(),
  recordId: text("record_id").notNull(),
  eventType: text("event_type").notNull(),
  status: text("status").$type<ListedStatus>().notNull(),
  attempts: text("attempts", { mode: "json" }).$type<Attempt[]>().notNull(),
  createdAt: integer("created_at").notNull(),
  nextAttemptAt: integer("next_attempt_at"),
  sweepAt: integer("sweep_at"),
  body: text("body"),
  revision: integer("revision").notNull(),
  recordVersion: integer("record_version").notNull(),
});

/** The health of each application's endpoint; no row: it has never failed. */
export const endpointHealth = sqliteTable("endpoint_health", {
  applicationId: integer("application_id").primaryKey(),
  version: integer("version").notNull(),
  failures: integer("failures").notNull(),
  failingSince: integer("failing_since"),
  probeAt: integer("probe_at"),
  disabledAt: integer("disabled_at"),
  reason: text("reason"),
  releasing: integer("releasing", { mode: "boolean" }).notNull(),
});

/** Operational events with their latest attempt; see `operations/outbox.ts`. */
export const operationsEvents = sqliteTable("operations_events", {
  id: text("id").primaryKey(),
  dedupeKey: text("dedupe_key").notNull(),
  type: text("type").$type<OperationsEventType>().notNull(),
  body: text("body").notNull(),
  status: text("status").$type<EventStatus>().notNull(),
  createdAt: integer("created_at").notNull(),
  attempts: integer("attempts").notNull(),
  dueAt: integer("due_at"),
  attemptedAt: integer("attempted_at"),
  latencyMs: integer("latency_ms"),
  httpStatus: integer("http_status"),
  error: text("error"),
});

/** Jobs that send an application's undelivered events again. */
export const recoveries = sqliteTable("recoveries", {
  id: text("id").primaryKey(),
  applicationId: integer("application_id").notNull(),
  since: integer("since").notNull(),
  until: integer("until").notNull(),
  total: integer("total").notNull(),
  requeued: integer("requeued").notNull(),
  cursorAt: integer("cursor_at").notNull(),
  cursorId: text("cursor_id").notNull(),
  finishedAt: integer("finished_at"),
});

/** Jobs that have an application's failed records analyzed again. */
export const reanalysisJobs = sqliteTable("reanalysis_jobs", {
  id: text("id").primaryKey(),
  applicationId: integer("application_id").notNull(),
  since: integer("since").notNull(),
  lastId: text("last_id").notNull(),
  total: integer("total").notNull(),
  requeued: integer("requeued").notNull(),
  skipped: integer("skipped").notNull(),
  cursor: text("cursor").notNull(),
  dueAt: integer("due_at").notNull(),
  finishedAt: integer("finished_at"),
});

/** Until when a user's tokens are void; the user is named by a keyed hash, see `auth/subject.ts`. */
export const revocations = sqliteTable(
  "revocations",
  {
    applicationId: integer("application_id").notNull(),
    subject: text("subject").notNull(),
    revokedAt: integer("revoked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.subject] })],
);

/** The result of each Idempotency-Key of the last 24 hours. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    applicationId: integer("application_id").notNull(),
    userId: text("user_id").notNull(),
    key: text("key").notNull(),
    recordId: text("record_id").notNull(),
    fingerprint: text("fingerprint").notNull(),
    response: text("answer", { mode: "json" }).$type<FirstResponse>(),
    heldUntil: integer("held_until").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.userId, table.key] })],
);

/** When each application is cleaned up next, see `retention/clean-up.ts`. */
export const cleanUps = sqliteTable("clean_ups", {
  applicationId: integer("application_id").primaryKey(),
  dueAt: integer("due_at").notNull(),
  checkedUntil: text("checked_until").notNull(),
});

/** The progress of the walks through all records. */
export const walks = sqliteTable("walks", {
  name: text("name").primaryKey(),
  lastId: text("last_id").notNull(),
  dueAt: integer("due_at").notNull(),
});

/** Erasures of users and applications, and the receipts that stay of them; see `erasure/erase.ts`. */
export const erasures = sqliteTable("erasures", {
  id: text("id").primaryKey(),
  applicationId: integer("application_id").notNull(),
  scope: text("scope").$type<Erasure["scope"]>().notNull(),
  userId: text("user_id").notNull(),
  status: text("status").$type<Erasure["status"]>().notNull(),
  revision: integer("revision").notNull(),
  records: integer("records").notNull(),
  photos: integer("photos").notNull(),
  deliveries: integer("deliveries").notNull(),
  toDelete: text("doomed", { mode: "json" }).$type<readonly string[]>().notNull(),
  startedAt: integer("started_at").notNull(),
  settlesAt: integer("settles_at").notNull(),
  nextAt: integer("next_at").notNull(),
  finishedAt: integer("finished_at"),
});

/** Administrative acts; see `administration/audit.ts`. */
export const auditLog = sqliteTable("audit_log", {
  id: text("id").primaryKey(),
  at: integer("at").notNull(),
  actor: text("actor").notNull(),
  act: text("act").$type<AdministrativeAct>().notNull(),
  applicationId: integer("application_id"),
  target: text("target"),
  detail: text("detail", { mode: "json" }).$type<AuditDetail>().notNull(),
});

/** The console's sessions that were signed out, until they would have ended on their own. */
export const endedSessions = sqliteTable("ended_sessions", {
  id: text("id").primaryKey(),
  expiresAt: integer("expires_at").notNull(),
});

/** Recent failures of models and the Images binding; no row: healthy. */
export const modelStates = sqliteTable("model_states", {
  model: text("model").primaryKey(),
  kind: text("kind").$type<TroubleKind>().notNull(),
  since: integer("since").notNull(),
  lastAt: integer("last_at").notNull(),
  detail: text("detail").notNull(),
});
