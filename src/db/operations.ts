import { and, asc, desc, eq, gte, lt, lte, sql, type SQL } from "drizzle-orm";
import { firstIdOf } from "../ids.ts";
import type { OperationsEventType } from "../operations/event-schema.ts";
import type { FailingEndpoint, LatestEvent } from "../operations/looks.ts";
import { eventIdOf, type EventStatus, type OutboxEvent } from "../operations/outbox.ts";
import type { Database } from "./database.ts";
import { inChunks } from "./batches.ts";
import { applications, endpointHealth, operationsEvents, records } from "./schema.ts";

/** Stores events that come as one JSON value, those that pass `where`, and each key once. */
const insertWhere = (db: Database, events: readonly OutboxEvent[], where: SQL) =>
  db
    .insert(operationsEvents)
    .select(
      sql`SELECT event.value ->> 'id', event.value ->> 'dedupeKey', event.value ->> 'type', event.value ->> 'body',
        event.value ->> 'status', event.value ->> 'createdAt', event.value ->> 'attempts', event.value ->> 'dueAt',
        NULL, NULL, NULL, NULL FROM json_each(${JSON.stringify(events)}) AS event WHERE ${where}`,
    )
    .onConflictDoNothing({ target: operationsEvents.dedupeKey });

/** Stores events in a batch, if the statement right before it changed a row. */
export const insertEventsIfChanged = (db: Database, events: readonly OutboxEvent[]) =>
  insertWhere(db, events, sql`changes() > 0`);

/** Stores events, each key once. Returns how many were new. */
export async function insertEvents(db: Database, events: readonly OutboxEvent[]): Promise<number> {
  return (await insertWhere(db, events, sql`true`)).meta.changes;
}

/** An event about an endpoint that was read a moment ago. */
export type EndpointEvent = OutboxEvent & { applicationId: number; failingSince: number };

/** Still the same failure: the endpoint may have recovered, or have been disabled, since it was read. */
const STILL_FAILS = sql`EXISTS (
  SELECT 1 FROM endpoint_health WHERE application_id = event.value ->> 'applicationId'
  AND failing_since = event.value ->> 'failingSince' AND disabled_at IS NULL)`;

/** Stores events about endpoints that still fail, each key once. Returns how many were new. */
export async function insertEndpointEvents(db: Database, events: readonly EndpointEvent[]): Promise<number> {
  let stored = 0;
  for (const chunk of inChunks(events)) stored += (await insertWhere(db, chunk, STILL_FAILS)).meta.changes;
  return stored;
}

/** No more endpoints than this are looked at in one sweep. */
const MAX_FAILING = 1_000;

/** Endpoints with a URL that are failing, not disabled, and have been since a time from `from` to `to`, inclusive. */
export async function failingEndpoints(db: Database, from: number, to: number): Promise<FailingEndpoint[]> {
  const rows = await db
    .select({ health: endpointHealth })
    .from(endpointHealth)
    .innerJoin(applications, eq(applications.id, endpointHealth.applicationId))
    .where(
      and(
        gte(endpointHealth.failingSince, from),
        lte(endpointHealth.failingSince, to),
        sql`${endpointHealth.disabledAt} IS NULL`,
        sql`${applications.webhookUrl} IS NOT NULL`,
      ),
    )
    .orderBy(desc(endpointHealth.failingSince))
    .limit(MAX_FAILING);
  return rows.map(({ health: { applicationId, ...health } }) => ({ applicationId, health }));
}

/** The latest event of a type; null when there is none. */
export async function latestEvent(db: Database, type: OperationsEventType): Promise<LatestEvent | null> {
  const { id, createdAt, body } = operationsEvents;
  const row = await db
    .select({ id, createdAt, body })
    .from(operationsEvents)
    .where(eq(operationsEvents.type, type))
    .orderBy(desc(id))
    .limit(1)
    .get();
  return row ?? null;
}

/** How many records failed because no model responded in a period, from `since` inclusive to `until` exclusive. */
export async function countUnavailable(
  db: Database,
  since: number,
  until: number,
): Promise<{ records: number; applications: number }> {
  const row = await db
    .select({
      records: sql<number>`count(*)`,
      applications: sql<number>`count(DISTINCT ${records.applicationId})`,
    })
    .from(records)
    .where(
      and(
        // Literal, as the partial index has it.
        sql`${records.failureCode} = 'analysis_unavailable'`,
        gte(records.modifiedAt, since),
        lt(records.modifiedAt, until),
      ),
    )
    .get();
  return row ?? { records: 0, applications: 0 };
}

/** Events that are due, the longest due first. */
export async function dueEvents(db: Database, now: number, limit: number): Promise<OutboxEvent[]> {
  return db
    .select()
    .from(operationsEvents)
    .where(and(sql`${operationsEvents.dueAt} IS NOT NULL`, lte(operationsEvents.dueAt, now)))
    .orderBy(asc(operationsEvents.dueAt), asc(operationsEvents.id))
    .limit(limit);
}

/**
 * Stores the state of an event if no attempt has started or ended since `before` was read; returns whether it did.
 */
export async function moveEvent(db: Database, before: OutboxEvent, after: OutboxEvent): Promise<boolean> {
  const { status, attempts, dueAt, attemptedAt, latencyMs, httpStatus, error } = after;
  const result = await db
    .update(operationsEvents)
    .set({ status, attempts, dueAt, attemptedAt, latencyMs, httpStatus, error })
    .where(
      and(
        eq(operationsEvents.id, before.id),
        eq(operationsEvents.status, before.status),
        eq(operationsEvents.attempts, before.attempts),
        sql`${operationsEvents.dueAt} IS ${before.dueAt}`,
      ),
    );
  return result.meta.changes > 0;
}

/** Which events to list, newest first; null does not narrow. */
export interface EventQuery {
  type: OperationsEventType | null;
  status: EventStatus | null;
  /** Only events older than this one, by its id. */
  before: string | null;
  limit: number;
}

/** Events, newest first. */
export async function listEvents(db: Database, { type, status, before, limit }: EventQuery): Promise<OutboxEvent[]> {
  return db
    .select()
    .from(operationsEvents)
    .where(
      and(
        type === null ? undefined : eq(operationsEvents.type, type),
        status === null ? undefined : eq(operationsEvents.status, status),
        before === null ? undefined : lt(operationsEvents.id, before),
      ),
    )
    .orderBy(desc(operationsEvents.id))
    .limit(limit);
}

/** Deletes events made before then, and all but the newest `keep`. Returns how many. */
export async function deleteOldEvents(db: Database, before: number, keep: number): Promise<number> {
  const result = await db.run(sql`
    DELETE FROM operations_events WHERE id < max(${eventIdOf(firstIdOf(before))}, coalesce(
      (SELECT id FROM operations_events ORDER BY id DESC LIMIT 1 OFFSET ${keep - 1}), ''))`);
  return result.meta.changes;
}
