import { liveKeys, type Application } from "../applications/application.ts";
import { openKey } from "../applications/keys/key-sealing.ts";
import type { Keyring } from "../applications/keys/keyring.ts";
import type { Database } from "../db/database.ts";
import { deleteOldDeliveries, givenUpDeliveries, heldDeliveries, recordDelivery } from "../db/deliveries.ts";
import {
  applicationWithHealth,
  endpointsToProbe,
  endpointsToRelease,
  healthOf,
  writeHealth,
} from "../db/endpoint-health.ts";
import { deleteOldReanalyses } from "../db/reanalysis-jobs.ts";
import { scheduleSweep } from "../db/stalled-records.ts";
import { deleteOldRecoveries, runningRecoveries, saveRecovery } from "../db/recoveries.ts";
import { log } from "../log.ts";
import type { Config } from "../config.ts";
import { endpointEvents } from "../operations/events.ts";
import { forOutbox } from "./operations.ts";
import { outboundOf } from "./outbound.ts";
import { now, persist } from "./platform.ts";
import type { Sequencer } from "../record-object/sequencer.ts";
import type { DeliveryCleanUpPorts } from "../webhooks/clean-up.ts";
import type { HealthPorts } from "../webhooks/health-store.ts";
import type { RecoveryPorts } from "../webhooks/recovery.ts";
import type { Endpoint, WebhookDeps } from "../webhooks/send-events.ts";
import type { EndpointMaintenancePorts } from "../webhooks/maintain-endpoints.ts";
import type { Stores } from "./stores.ts";

/** What the webhook engine does by the clock, apart from the records' own alarms. */
export interface MaintenancePorts {
  endpoints: EndpointMaintenancePorts;
  recoveries: RecoveryPorts;
  cleanUp: DeliveryCleanUpPorts;
}

/** The live webhook keys of an application, newest first; null when it has none. Throws when a master key is missing. */
async function webhookKeysOf(
  { id, webhookKeys }: Pick<Application, "id" | "webhookKeys">,
  masterKeys: Keyring,
  at: number,
): Promise<readonly [string, ...string[]] | null> {
  const owner = { applicationId: id, purpose: "webhook" } as const;
  const opened = liveKeys(webhookKeys, at).map((key) => openKey(key, owner, masterKeys));
  const [newest, ...older] = await Promise.all(opened);
  return newest === undefined ? null : [newest, ...older];
}

/** The health of endpoints in D1, with what operators should hear of it; that one was disabled is worth a line in the log. */
const createHealthPorts = (db: Database, config: Config): HealthPorts => ({
  readHealth: (applicationId) => healthOf(db, applicationId),
  async writeHealth(applicationId, health, before) {
    const events = before === undefined ? [] : endpointEvents(applicationId, before, health, now());
    const stored = await writeHealth(db, applicationId, health, forOutbox(events, config));
    if (stored && health.disabledAt !== null && health.releasing) {
      log("warn", "endpoint.disabled", "webhook endpoint disabled", { application_id: applicationId });
    }
    return stored;
  },
});

/** What a record's object needs to deliver its events. */
export function createWebhookDeps({ db, config, counters: { countAttempt } }: Stores): WebhookDeps {
  return {
    ...createHealthPorts(db, config),
    allowUrl: outboundOf(config).check,
    now,
    random: Math.random,
    countAttempt,
    async readEndpoint(applicationId): Promise<Endpoint | null> {
      const found = await applicationWithHealth(db, applicationId);
      if (found === null || found.application.webhookUrl === null) return null;
      const { webhookUrl: url, webhookEvents: events } = found.application;
      const keys = await webhookKeysOf(found.application, config.masterKeys, now());
      return keys === null ? null : { url, events, keys, health: found.health };
    },
    recordDelivery: (record, entry, sweepAt) => persist(() => recordDelivery(db, record, entry, sweepAt)),
    scheduleSweep: (record, sweepAt) => persist(() => scheduleSweep(db, record, sweepAt)),
  };
}

export function createMaintenancePorts({ db, config }: Stores, sequencer: Sequencer): MaintenancePorts {
  return {
    endpoints: {
      ...createHealthPorts(db, config),
      endpointsToRelease: (limit) => endpointsToRelease(db, limit),
      endpointsToProbe: (at, limit) => endpointsToProbe(db, at, limit),
      heldDeliveries: (applicationId, dueBy, after, limit) => heldDeliveries(db, applicationId, dueBy, after, limit),
      wake: (recordId) => sequencer.wake(recordId),
      now,
    },
    recoveries: {
      runningRecoveries: (limit) => runningRecoveries(db, limit),
      givenUpDeliveries: (job, limit) => givenUpDeliveries(db, job, limit),
      recover: (recordId, eventId, until) => sequencer.recover(recordId, eventId, until),
      saveRecovery: (from, next) => saveRecovery(db, from, next),
      now,
    },
    cleanUp: {
      deleteOldDeliveries: (before, limit) => deleteOldDeliveries(db, before, limit),
      async deleteOldJobs(before) {
        await deleteOldRecoveries(db, before);
        await deleteOldReanalyses(db, before);
      },
      now,
    },
  };
}
