import { analyse, type AnalysePorts } from "./analysis/analyse.ts";
import { analyseText } from "./analysis/analyse-text.ts";
import type { ConsumerPorts } from "./analysis/consumer.ts";
import { analysisMessage } from "./analysis/message.ts";
import { makeUprightWith } from "./analysis/make-upright.ts";
import { createRunModel } from "./analysis/workers-ai.ts";
import type { MakeUpright } from "./analysis/model-photo.ts";
import { liveKeys, type Application } from "./auth/application.ts";
import { createApplicationDirectory, type ApplicationDirectory } from "./auth/application-directory.ts";
import { openKey } from "./auth/key-sealing.ts";
import { subjectsOf } from "./auth/subject.ts";
import { parseConfig, type Config } from "./config.ts";
import { applicationById } from "./db/applications.ts";
import { dueWalks, scheduleWalk, statusesOf } from "./db/clean-ups.ts";
import { createDatabase, type Database } from "./db/database.ts";
import { recordDelivery } from "./db/deliveries.ts";
import { createFoodTable } from "./db/foods.ts";
import {
  deleteRecord,
  insertRecord,
  projectRecord,
  recordById,
  scheduleSweep,
  standingRecords,
  type StoredRecord,
} from "./db/records.ts";
import { directoryEntry, forgetRevocations, revokedUntil } from "./db/revocations.ts";
import type { Env } from "./env.ts";
import type { ErasurePorts } from "./erasure/erase.ts";
import { createErasurePorts } from "./erasure/ports.ts";
import { createUuidV7, type RandomBytes } from "./ids.ts";
import type { AcceptPorts } from "./intake/accept-photo.ts";
import { createPhotoStore, type PhotoStore } from "./intake/photo-store.ts";
import { createLimits, type Limits } from "./limits/limits.ts";
import { drawSharesFrom } from "./limits/location-shares.ts";
import { RateLimiter } from "./limits/rate-limiter.ts";
import { log } from "./log.ts";
import type { FoodTable } from "./nutrition/food-table.ts";
import { createDnsOverHttps } from "./outbound/dns-over-https.ts";
import { createOutbound, type Outbound } from "./outbound/outbound.ts";
import { rememberResolutions } from "./outbound/resolve.ts";
import type { ManualPorts } from "./records/manual-record.ts";
import type { ReanalyzePorts } from "./records/reanalyze.ts";
import type { NutritionRecord } from "./records/record.ts";
import { createSequencer, type Sequencer } from "./records/sequencer.ts";
import { createStatusCache, type StatusCache } from "./records/status-cache.ts";
import type { SweepPorts } from "./records/sweep.ts";
import type { CleanUpPorts } from "./retention/clean-up.ts";
import type { Endpoint, WebhookDeps } from "./webhooks/send-events.ts";

const now = (): number => Date.now();
const randomBytes: RandomBytes = (array) => crypto.getRandomValues(array);
const newId = (): string => createUuidV7(now(), randomBytes);
/** Kept for the isolate's life: what it remembers is trusted for seconds, and it holds no secret. */
const directory = createApplicationDirectory(now);
/** Looked up at every call, never detached: the platform's `fetch` must be called as its own. */
const callOut: typeof fetch = (input, init) => fetch(input, init);
/** Kept for the isolate's life, so that all of its record objects share what was resolved in the last seconds. */
const resolve = rememberResolutions(createDnsOverHttps({ fetch: callOut }), now);
const rateLimiter = new RateLimiter(now);

/** Everything a request or a batch may need of the outside world, wired once. */
export interface Deps {
  config: Config;
  db: Database;
  directory: ApplicationDirectory;
  limits: Limits;
  statusCache: StatusCache;
  foods: FoodTable;
  sequencer: Sequencer;
  outbound: Outbound;
  accept: AcceptPorts;
  manual: ManualPorts;
  reanalyze: ReanalyzePorts;
  photos: PhotoStore;
  makeUpright: MakeUpright;
  consumer: ConsumerPorts;
  sweep: SweepPorts;
  cleanUp: CleanUpPorts;
  erasure: ErasurePorts;
  now: () => number;
  newId: () => string;
  randomBytes: RandomBytes;
}

/** What a record's object needs of the outside world. */
export interface ObjectDeps {
  now: () => number;
  newId: () => string;
  readRecord(recordId: string): Promise<StoredRecord | null>;
  projectRecord(record: NutritionRecord, sweepAt: number | null | undefined): Promise<void>;
  /** Removes the photo, the row with its deliveries, and the cached status. */
  deleteRecord(record: NutritionRecord): Promise<void>;
  webhooks: WebhookDeps;
}

function acceptPorts(env: Env, db: Database): AcceptPorts {
  return {
    photos: createPhotoStore(env.PHOTOS),
    insertRecord: (record, sweepAt) => insertRecord(db, record, sweepAt),
    deleteRecord: (id) => deleteRecord(db, id),
    enqueue: async (recordId) => void (await env.ANALYSIS_QUEUE.send(analysisMessage(recordId))),
    now,
    createId: newId,
    reportOutage: (message, error) => log("error", message, {}, error),
  };
}

/** A record is analysed by what it was made of. */
function analyserOf(env: Env, db: Database, config: Config): ConsumerPorts["analyse"] {
  const ports = analysePorts(env, db, config);
  const textPorts = { ...ports, models: config.models.text };
  return (record, hint, tell) =>
    record.inputType === "text" ? analyseText(record, hint, textPorts, tell) : analyse(record, hint, ports, tell);
}

function analysePorts(env: Env, db: Database, config: Config): AnalysePorts {
  const photos = createPhotoStore(env.PHOTOS);
  return {
    readPhoto: (owner) => photos.read(owner),
    makeUpright: makeUprightWith(env.IMAGES),
    runModel: createRunModel(env.AI, config.aiGateway),
    models: config.models,
    foods: createFoodTable(db),
    now,
  };
}

const configs = new WeakMap<Env, Config>();

/** Throws when the settings are wrong: the deployment is then unusable, and the log says why. */
function readConfig(env: Env): Config {
  const known = configs.get(env);
  if (known !== undefined) return known;
  const config = parseConfig(env);
  if (!config.ok) throw new Error(`Configuration: ${config.error}`);
  configs.set(env, config.value);
  return config.value;
}

const wired = new WeakMap<Env, Deps>();

/** The ports of this isolate, wired once. Throws when the configuration is wrong. */
export function depsOf(env: Env): Deps {
  const known = wired.get(env);
  if (known !== undefined) return known;
  const deps = createDeps(env);
  wired.set(env, deps);
  return deps;
}

function createDeps(env: Env): Deps {
  const config = readConfig(env);
  const db = createDatabase(env.DB);
  const sequencer = createSequencer(env.RECORDS);
  const photos = createPhotoStore(env.PHOTOS);
  return {
    config,
    db,
    directory: directory.over({
      readApplication: (id) => directoryEntry(db, id),
      readRevocation: async (caller) =>
        revokedUntil(db, caller.applicationId, await subjectsOf(caller, config.masterKeys)),
    }),
    limits: createLimits(rateLimiter, drawSharesFrom(env.RATE_LIMITS, config.masterKeys)),
    statusCache: createStatusCache(caches.default, now, newId),
    foods: createFoodTable(db),
    sequencer,
    outbound: outboundOf(config),
    accept: acceptPorts(env, db),
    manual: {
      insertRecord: (record, sweepAt) => insertRecord(db, record, sweepAt),
      wake: (recordId) => sequencer.wake(recordId),
      now,
      createId: newId,
      reportOutage: (message, error) => log("error", message, {}, error),
    },
    reanalyze: {
      sequencer,
      hasPhoto: async ({ applicationId, id }) => (await photos.size({ applicationId, recordId: id })) !== null,
      enqueue: async (recordId) => void (await env.ANALYSIS_QUEUE.send(analysisMessage(recordId))),
      reportOutage: (message, error) => log("error", message, {}, error),
    },
    photos,
    makeUpright: makeUprightWith(env.IMAGES),
    consumer: { sequencer, analyse: analyserOf(env, db, config) },
    sweep: {
      sequencer,
      now,
      standingRecords: (at, limit) => standingRecords(db, at, limit),
      scheduleSweep: (ids, sweepAt) => scheduleSweep(db, ids, sweepAt),
      enqueue: async (ids) =>
        void (await env.ANALYSIS_QUEUE.sendBatch(ids.map((id) => ({ body: analysisMessage(id) })))),
    },
    cleanUp: {
      photos,
      dueWalks: (at, limit) => dueWalks(db, at, limit),
      scheduleWalk: (id, dueAt, checkedUntil) => scheduleWalk(db, id, dueAt, checkedUntil),
      statusesOf: (ids) => statusesOf(db, ids),
      forgetRevocations: (id, before) => forgetRevocations(db, id, before),
      now,
    },
    erasure: createErasurePorts({ db, photos, now, removeRecord: (id) => sequencer.remove(id) }),
    now,
    newId,
    randomBytes,
  };
}

const outboundOf = ({ allowLoopbackHttp }: Config): Outbound =>
  createOutbound({ fetch: callOut, resolve, allowLoopbackHttp });

/** The application's webhook URL, its event filter and its live keys; null when it wants no webhooks. */
async function endpointOf(application: Application | null, config: Config): Promise<Endpoint | null> {
  if (application === null || application.webhookUrl === null) return null;
  const sealed = liveKeys(application.webhookKeys, now());
  const owner = { applicationId: application.id, purpose: "webhook" } as const;
  const [newest, ...older] = await Promise.all(sealed.map((key) => openKey(key, owner, config.masterKeys)));
  if (newest === undefined) return null;
  return { url: application.webhookUrl, events: application.webhookEvents, keys: [newest, ...older] };
}

/** Wires the ports of a record's object. Throws when the configuration is wrong. */
export function createObjectDeps(env: Env): ObjectDeps {
  const config = readConfig(env);
  const db = createDatabase(env.DB);
  const statusCache = createStatusCache(caches.default, now, newId);
  const photos = createPhotoStore(env.PHOTOS);
  return {
    now,
    newId,
    readRecord: (recordId) => recordById(db, recordId),
    async projectRecord(record, sweepAt) {
      await projectRecord(db, record, sweepAt);
      await statusCache.drop(record, record.id);
    },
    async deleteRecord(record) {
      await photos.delete({ applicationId: record.applicationId, recordId: record.id });
      await deleteRecord(db, record.id);
      await statusCache.drop(record, record.id);
    },
    webhooks: {
      fetch: outboundOf(config).fetch,
      now,
      random: Math.random,
      readEndpoint: async (applicationId) => endpointOf(await applicationById(db, applicationId), config),
      recordDelivery: (record, entry, sweepAt) => recordDelivery(db, record, entry, sweepAt),
      scheduleSweep: (recordId, sweepAt) => scheduleSweep(db, [recordId], sweepAt),
    },
  };
}
