import { applicationById } from "../db/applications.ts";
import { createDatabase } from "../db/database.ts";
import { deliveryById } from "../db/deliveries.ts";
import { deleteRecord, projectRecord, recordById, type StoredRecord } from "../db/records.ts";
import type { Env } from "../env.ts";
import { createPhotoStore } from "../intake/photo-store.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { RetryPolicy } from "../records/retry-schedule.ts";
import { createStatusCache } from "../records/status-cache.ts";
import { createCounters, type Counters } from "../usage/counters.ts";
import type { AnnouncedEvents } from "../webhooks/announced-events.ts";
import type { StoredDelivery } from "../webhooks/repair.ts";
import type { WebhookDeps } from "../webhooks/send-events.ts";
import { announcedEvents, newId, now, persist, readConfig, reportOutage } from "./platform.ts";
import { createWebhookDeps } from "./webhooks.ts";

/** What a record's object needs of the outside world. */
export interface ObjectDeps {
  now: () => number;
  newId: () => string;
  readRecord(recordId: string): Promise<StoredRecord | null>;
  readDelivery(eventId: string): Promise<StoredDelivery | null>;
  announcedEvents: AnnouncedEvents;
  projectRecord(record: NutritionRecord, sweepAt: number | null | undefined): Promise<void>;
  /** Removes the photo, the row with its deliveries, and the cached status. */
  deleteRecord(record: NutritionRecord): Promise<void>;
  countRecord: Counters["countRecord"];
  webhooks: WebhookDeps;
  retries: RetryPolicy;
}

/** Wires the ports of a record's object. Throws when the configuration is wrong. */
export function createObjectDeps(env: Env): ObjectDeps {
  const config = readConfig(env);
  const db = createDatabase(env.DB);
  const statusCache = createStatusCache(caches.default, now, newId);
  const photos = createPhotoStore(env.PHOTOS);
  const counters = createCounters(env.COUNTERS);
  /** A cache that fails keeps its answer for its time; D1 has the truth, and nobody waits for the cache. */
  const forgetStatus = (record: NutritionRecord): Promise<void> =>
    statusCache.drop(record, record.id).catch((error: unknown) => reportOutage("a status was not dropped", error));
  return {
    now,
    newId,
    readRecord: (recordId) => recordById(db, recordId),
    readDelivery: (eventId) => deliveryById(db, eventId),
    announcedEvents: announcedEvents.over(async (id) => (await applicationById(db, id))?.webhookEvents ?? null),
    async projectRecord(record, sweepAt) {
      await persist(() => projectRecord(db, record, sweepAt));
      await forgetStatus(record);
    },
    async deleteRecord(record) {
      await persist(() => photos.delete({ applicationId: record.applicationId, recordId: record.id }));
      await persist(() => deleteRecord(db, record.id));
      await forgetStatus(record);
    },
    countRecord: counters.countRecord,
    webhooks: createWebhookDeps(db, config, counters),
    retries: { giveUpAfterMs: config.giveUpAfterMs, failsFast: config.failsFast, random: Math.random },
  };
}
