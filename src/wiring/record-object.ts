import { applicationById } from "../db/applications.ts";
import { deliveryById } from "../db/deliveries.ts";
import { deleteRecord, projectRecord, recordById } from "../db/records.ts";
import type { Env } from "../env.ts";
import type { ObjectDeps } from "../record-object/object-deps.ts";
import { RecordSequencer } from "../record-object/record-object.ts";
import type { NutritionRecord } from "../records/record.ts";
import { announcedEvents, newId, now, persist, reportOutage } from "./platform.ts";
import { createWebhookDeps } from "./webhooks.ts";
import { storesOf } from "./stores.ts";

/** Wires the ports of a record's object. Throws when the configuration is wrong. */
function createObjectDeps(env: Env): ObjectDeps {
  const stores = storesOf(env);
  const { config, db, photos, statusCache, counters } = stores;
  /** A cache that fails keeps its answer for its time; D1 has the truth, and nobody waits for the cache. */
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
    webhooks: createWebhookDeps(stores),
    retries: { giveUpAfterMs: config.giveUpAfterMs, failsFast: config.failsFast, random: Math.random },
  };
}

/** The Durable Object that the platform knows: the sequencer of a record, wired to the outside world. */
export class RecordObject extends RecordSequencer {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env, createObjectDeps(env));
  }
}
