import { applicationById } from "../db/applications.ts";
import { createDatabase } from "../db/database.ts";
import { deliveryById } from "../db/deliveries.ts";
import { deleteRecord, projectRecord, recordById } from "../db/records.ts";
import type { Env } from "../env.ts";
import { createPhotoStore } from "../photos/photo-store.ts";
import type { ObjectDeps } from "../record-object/object-deps.ts";
import { RecordSequencer } from "../record-object/record-object.ts";
import type { NutritionRecord } from "../records/record.ts";
import { createStatusCache } from "../records/status-cache.ts";
import { createCounters } from "../usage/counters.ts";
import { announcedEvents, newId, now, persist, readConfig, reportOutage } from "./platform.ts";
import { createWebhookDeps } from "./webhooks.ts";

/** Wires the ports of a record's object. Throws when the configuration is wrong. */
function createObjectDeps(env: Env): ObjectDeps {
  const config = readConfig(env);
  const db = createDatabase(env.DB);
  const statusCache = createStatusCache(caches.default, now, newId);
  const photos = createPhotoStore(env.PHOTOS);
  const counters = createCounters(env.COUNTERS);
  /** A cache that fails keeps its response for its time; D1 has the truth, and no one waits for the cache. */
  const forgetStatus = (record: NutritionRecord): Promise<void> =>
    statusCache
      .drop(record, record.id)
      .catch((error: unknown) => reportOutage("status_cache.drop_failed", "dropping a cached status failed", error));
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

/** The Durable Object that the platform knows: the sequencer of a record, wired to the outside world. */
export class RecordObject extends RecordSequencer {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env, createObjectDeps(env));
  }
}
