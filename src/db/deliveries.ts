import { and, desc, eq } from "drizzle-orm";
import type { OutboxEntry } from "../webhooks/outbox.ts";
import type { Database } from "./database.ts";
import { deliveries } from "./schema.ts";

/**
 * Writes how a delivery stands, in one statement with the record's sweep time (by trigger): `sweepAt` is when the sweep
 * should wake the record's object if it has not acted by then, null when nothing is left.
 */
export async function recordDelivery(
  db: Database,
  record: { id: string; applicationId: number },
  entry: OutboxEntry,
  sweepAt: number | null,
): Promise<void> {
  const progress = {
    status: entry.delivery.status,
    attempts: entry.delivery.attempts,
    nextAttemptAt: entry.delivery.dueAt,
    sweepAt,
  };
  await db
    .insert(deliveries)
    .values({
      eventId: entry.eventId,
      applicationId: record.applicationId,
      recordId: record.id,
      eventType: entry.eventType,
      createdAt: entry.createdAt,
      ...progress,
    })
    .onConflictDoUpdate({ target: deliveries.eventId, set: progress });
}

export type DeliveryRow = typeof deliveries.$inferSelect;

/** An application's newest deliveries, newest first. */
export async function newestDeliveries(db: Database, applicationId: number, limit: number): Promise<DeliveryRow[]> {
  return db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.applicationId, applicationId)))
    .orderBy(desc(deliveries.createdAt))
    .limit(limit);
}
