import { createVerifyAccess, type VerifyAccess } from "./auth/access.ts";
import { deriveSessionKeys, type SessionKeys } from "./auth/session.ts";
import { analyse, type AnalysePorts } from "./analysis/analyse.ts";
import { analyseLabel } from "./analysis/analyse-label.ts";
import { analyseNow, type KeepAlive } from "./analysis/analyse-now.ts";
import { analyseText } from "./analysis/analyse-text.ts";
import type { RunModel } from "./analysis/ask-model.ts";
import { createEarlierAnalyses } from "./analysis/earlier-analyses.ts";
import type { WorkPorts } from "./analysis/lease-work.ts";
import { analysisMessage } from "./analysis/message.ts";
import { makeUprightWith } from "./analysis/make-upright.ts";
import { watchModels } from "./analysis/model-calls.ts";
import { inLanguage, nameChoice } from "./analysis/translation/translate-content.ts";
import { createTranslationMemory } from "./analysis/translation/translation-memory.ts";
import { createTranslate, type Translate } from "./analysis/translation/translator.ts";
import { createRunModel } from "./analysis/workers-ai.ts";
import type { MakeUpright } from "./analysis/model-photo.ts";
import type { TellStage } from "./analysis/stage-reports.ts";
import { createApplicationDirectory, type ApplicationDirectory } from "./auth/application-directory.ts";
import { subjectsOf } from "./auth/subject.ts";
import { rememberTokens, type VerifyToken } from "./auth/token-memory.ts";
import { verifyToken } from "./auth/tokens.ts";
import { parseConfig, type Config } from "./config.ts";
import { appliedMigrations } from "./db/applied-migrations.ts";
import { applicationById } from "./db/applications.ts";
import { dueWalks, scheduleWalk, statusesOf } from "./db/clean-ups.ts";
import { createDatabase, type Database } from "./db/database.ts";
import { deliveryById } from "./db/deliveries.ts";
import { createFoodTable } from "./db/foods.ts";
import {
  deleteExpiredKeys,
  insertRecordOnce,
  keyHolder,
  letKeyGo,
  saveFirstAnswer,
  takeKeyOver,
} from "./db/idempotency.ts";
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
import { createHealthCheck, type Health } from "./health/check-health.ts";
import { MIGRATIONS } from "./health/version.ts";
import { createUuidV7, type RandomBytes } from "./ids.ts";
import type { AcceptPorts } from "./intake/accept-photo.ts";
import { createFetchPhoto, type CallUrl } from "./intake/fetch-photo.ts";
import { EXPIRED_KEYS_LIMIT, type IdempotencyPorts } from "./intake/idempotency.ts";
import { createPhotoStore, type PhotoStore } from "./intake/photo-store.ts";
import { createLimits, type Limits } from "./limits/limits.ts";
import { drawSharesFrom } from "./limits/location-shares.ts";
import { RateLimiter } from "./limits/rate-limiter.ts";
import { log } from "./log.ts";
import type { FoodChoice } from "./nutrition/choose-food.ts";
import type { FoodTable } from "./nutrition/food-table.ts";
import { createDnsOverHttps } from "./outbound/dns-over-https.ts";
import { createOutbound, OUTBOUND_REFUSALS, type Outbound } from "./outbound/outbound.ts";
import { rememberResolutions } from "./outbound/resolve.ts";
import type { ManualPorts } from "./records/manual-record.ts";
import type { NewFood } from "./records/ingredient-edit.ts";
import type { ReanalyzePorts } from "./records/reanalyze.ts";
import type { NutritionRecord } from "./records/record.ts";
import { createSequencer, type Sequencer } from "./records/sequencer.ts";
import { createStatusCache, type StatusCache } from "./records/status-cache.ts";
import type { SweepPorts } from "./records/sweep.ts";
import { createCounters, type Counters } from "./usage/counters.ts";
import { createAnnouncedEvents, type AnnouncedEvents } from "./webhooks/announced-events.ts";
import type { StoredDelivery } from "./webhooks/repair.ts";
import type { WebhookDeps } from "./webhooks/send-events.ts";
import { createTendingPorts, createWebhookDeps, type TendingPorts } from "./webhook-ports.ts";
import { fail, ok } from "./result.ts";
import type { CleanUpPorts } from "./retention/clean-up.ts";

const now = (): number => Date.now();
const randomBytes: RandomBytes = (array) => crypto.getRandomValues(array);
const newId = (): string => createUuidV7(now(), randomBytes);
/** Kept for the isolate's life: what it remembers is trusted for seconds, and it holds no secret. */
const directory = createApplicationDirectory(now);
const announcedEvents = createAnnouncedEvents(now);
/** Kept for the isolate's life: the tokens that were verified in it. */
const verify = rememberTokens(verifyToken);
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
  verifyToken: VerifyToken;
  /** Null where no Cloudflare Access stands before the administration. */
  verifyAccess: VerifyAccess | null;
  /** The keys of the console's sessions. */
  sessionKeys: () => Promise<SessionKeys>;
  limits: Limits;
  statusCache: StatusCache;
  foods: FoodTable;
  sequencer: Sequencer;
  outbound: Outbound;
  accept: AcceptPorts;
  manual: ManualPorts;
  reanalyze: ReanalyzePorts;
  idempotency: IdempotencyPorts;
  consumer: WorkPorts;
  /** The food with its name in the record's language, as far as it is known. */
  nameChoice(food: FoodChoice, record: NutritionRecord): Promise<NewFood>;
  /** Analyses within a request, for at most so many milliseconds; null when the record was deleted meanwhile. */
  analyseNow(record: NutritionRecord, waitMs: number, keepAlive: KeepAlive): Promise<NutritionRecord | null>;
  sweep: SweepPorts;
  webhooks: WebhookDeps;
  tending: TendingPorts;
  /** Deletes idempotency keys whose time is over; see `EXPIRED_KEYS_LIMIT`. */
  forgetExpiredKeys: () => Promise<number>;
  photos: PhotoStore;
  makeUpright: MakeUpright;
  cleanUp: CleanUpPorts;
  erasure: ErasurePorts;
  checkHealth: () => Promise<Health>;
  /** The id of the deployed version; null where there is none. */
  deployment: string | null;
  now: () => number;
  newId: () => string;
  randomBytes: RandomBytes;
}

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
}

const reportOutage = (message: string, error: unknown): void => log("error", message, {}, error);

/** The queue's sender; a delay of 0 seconds is none. */
const enqueueWith =
  (queue: Queue) =>
  async (recordId: string, delaySeconds: number): Promise<void> => {
    await queue.send(analysisMessage(recordId), delaySeconds === 0 ? undefined : { delaySeconds });
  };

/** Calls a URL that a client named, under the rules for webhooks. */
const callUrlWith =
  (outbound: Outbound): CallUrl =>
  async (url, init) => {
    const answer = await outbound.fetch(url, init);
    return answer.ok ? answer : fail(OUTBOUND_REFUSALS[answer.error]);
  };

function acceptPorts(env: Env, db: Database, outbound: Outbound): AcceptPorts {
  return {
    photos: createPhotoStore(env.PHOTOS),
    fetchPhoto: createFetchPhoto(callUrlWith(outbound)),
    insertRecord: (record, sweepAt) => insertRecord(db, record, sweepAt),
    insertRecordOnce: (record, sweepAt, claim) => insertRecordOnce(db, record, sweepAt, claim),
    recordById: (id) => recordById(db, id),
    deleteRecord: (id) => deleteRecord(db, id),
    letKeyGo: (key, recordId) => letKeyGo(db, key, recordId),
    enqueue: enqueueWith(env.ANALYSIS_QUEUE),
    now,
    createId: newId,
    reportOutage,
  };
}

/**
 * A record is analysed by what it was made of, and named in the language that its upload asks for; which models were asked
 * for its analysis goes into its outcome.
 */
function analyserOf(env: Env, db: Database, config: Config): WorkPorts["analyse"] {
  const unwatched = analysePorts(env, db, config);
  return async (record, hint, tell) => {
    const { runModel, calls } = watchModels(unwatched.runModel, now);
    const ports = { ...unwatched, runModel };
    const inEnglish = () => analyseByInput(record, hint, ports, config.models, tell);
    const result = await inLanguage(inEnglish, translateWith(runModel, config), now)(record, hint, tell);
    return result.ok ? ok({ ...result.value, calls: calls() }) : result;
  };
}

const translateWith = (runModel: RunModel, config: Config): Translate =>
  createTranslate({
    runModel,
    model: config.translationModel,
    memory: createTranslationMemory(caches.default),
    now,
  });

function analyseByInput(
  record: NutritionRecord,
  hint: string | null,
  ports: AnalysePorts,
  models: Config["models"],
  tell: TellStage,
): ReturnType<WorkPorts["analyse"]> {
  switch (record.inputType) {
    case "text":
      return analyseText(record, hint, { ...ports, models: models.text }, tell);
    case "label":
      return analyseLabel(record, hint, { ...ports, models: models.label }, tell);
    case "image":
    case "manual":
      return analyse(record, hint, ports, tell);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

/** No application has this id: asking for its photo costs the least that can be asked of the store. */
const NO_PHOTO = { applicationId: 0, recordId: "health" };

const idempotencyPorts = (db: Database): IdempotencyPorts => ({
  keyHolder: (key, at) => keyHolder(db, key, at),
  takeKeyOver: (key, seen, heldUntil) => takeKeyOver(db, key, seen, heldUntil),
  letKeyGo: (key, recordId) => letKeyGo(db, key, recordId),
  saveFirstAnswer: (key, recordId, answer) => saveFirstAnswer(db, key, recordId, answer),
  now,
  sleep,
  reportOutage,
});

function analysePorts(env: Env, db: Database, config: Config): AnalysePorts {
  const photos = createPhotoStore(env.PHOTOS);
  return {
    readPhoto: (owner) => photos.read(owner),
    makeUpright: makeUprightWith(env.IMAGES),
    runModel: createRunModel(env.AI, config.aiGateway),
    models: config.models,
    foods: createFoodTable(db),
    earlier: createEarlierAnalyses(caches.default, (id) => recordById(db, id)),
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
  const outbound = outboundOf(config);
  const translate = translateWith(createRunModel(env.AI, config.aiGateway), config);
  const work: WorkPorts = { sequencer, analyse: analyserOf(env, db, config) };
  const enqueue = enqueueWith(env.ANALYSIS_QUEUE);
  return {
    config,
    db,
    directory: directory.over({
      readApplication: (id) => directoryEntry(db, id),
      readRevocation: async (caller) =>
        revokedUntil(db, caller.applicationId, await subjectsOf(caller, config.masterKeys)),
    }),
    verifyToken: verify,
    verifyAccess: config.access === null ? null : createVerifyAccess(config.access, { fetch: callOut, now }),
    sessionKeys: sessionKeysOf(config),
    limits: createLimits(rateLimiter, drawSharesFrom(env.RATE_LIMITS, config.masterKeys)),
    statusCache: createStatusCache(caches.default, now, newId),
    foods: createFoodTable(db),
    sequencer,
    outbound,
    accept: acceptPorts(env, db, outbound),
    manual: {
      insertRecord: (record, sweepAt) => insertRecord(db, record, sweepAt),
      insertRecordOnce: (record, sweepAt, claim) => insertRecordOnce(db, record, sweepAt, claim),
      recordById: (id) => recordById(db, id),
      wake: (recordId) => sequencer.wake(recordId),
      now,
      createId: newId,
      reportOutage,
    },
    reanalyze: {
      sequencer,
      hasPhoto: async ({ applicationId, id }) => (await photos.size({ applicationId, recordId: id })) !== null,
      enqueue: (recordId) => enqueue(recordId, 0),
      reportOutage,
    },
    idempotency: idempotencyPorts(db),
    consumer: work,
    nameChoice: (food, record) => nameChoice(food, record, translate),
    analyseNow: (record, waitMs, keepAlive) =>
      analyseNow(record, waitMs, keepAlive, {
        ...work,
        recordById: (id) => recordById(db, id),
        enqueue,
      }),
    photos,
    makeUpright: makeUprightWith(env.IMAGES),
    sweep: {
      sequencer,
      now,
      standingRecords: (at, limit) => standingRecords(db, at, limit),
      scheduleSweep: (ids, sweepAt) => scheduleSweep(db, ids, sweepAt),
      enqueue: async (ids) =>
        void (await env.ANALYSIS_QUEUE.sendBatch(ids.map((id) => ({ body: analysisMessage(id) })))),
    },
    webhooks: webhookDepsOf(db, config, createCounters(env.COUNTERS)),
    tending: createTendingPorts(db, sequencer, now),
    forgetExpiredKeys: () => deleteExpiredKeys(db, now(), EXPIRED_KEYS_LIMIT),
    cleanUp: {
      photos,
      dueWalks: (at, limit) => dueWalks(db, at, limit),
      scheduleWalk: (id, dueAt, checkedUntil) => scheduleWalk(db, id, dueAt, checkedUntil),
      statusesOf: (ids) => statusesOf(db, ids),
      forgetRevocations: (id, before) => forgetRevocations(db, id, before),
      now,
    },
    erasure: createErasurePorts({ db, photos, now, removeRecord: (id) => sequencer.remove(id) }),
    checkHealth: createHealthCheck({
      appliedMigrations: () => appliedMigrations(db),
      reachPhotos: () => photos.size(NO_PHOTO),
      reachQueue: () => env.ANALYSIS_QUEUE.metrics(),
      neededMigrations: MIGRATIONS,
      now,
      sleep,
    }),
    deployment: env.VERSION?.id ?? null,
    now,
    newId,
    randomBytes,
  };
}

/** Derived when the console is first opened: nobody else waits for it. */
function sessionKeysOf({ masterKeys, adminToken }: Config): () => Promise<SessionKeys> {
  let derived: Promise<SessionKeys> | null = null;
  return () => (derived ??= deriveSessionKeys(masterKeys, adminToken));
}

const outboundOf = ({ allowLoopbackHttp }: Config): Outbound =>
  createOutbound({ fetch: callOut, resolve, allowLoopbackHttp });

const webhookDepsOf = (db: Database, config: Config, { countAttempt }: Counters): WebhookDeps =>
  createWebhookDeps({ db, masterKeys: config.masterKeys, fetch: outboundOf(config).fetch, now, countAttempt });

/** Wires the ports of a record's object. Throws when the configuration is wrong. */
export function createObjectDeps(env: Env): ObjectDeps {
  const config = readConfig(env);
  const db = createDatabase(env.DB);
  const statusCache = createStatusCache(caches.default, now, newId);
  const photos = createPhotoStore(env.PHOTOS);
  const counters = createCounters(env.COUNTERS);
  return {
    now,
    newId,
    readRecord: (recordId) => recordById(db, recordId),
    readDelivery: (eventId) => deliveryById(db, eventId),
    announcedEvents: announcedEvents.over(async (id) => (await applicationById(db, id))?.webhookEvents ?? null),
    async projectRecord(record, sweepAt) {
      await projectRecord(db, record, sweepAt);
      await statusCache.drop(record, record.id);
    },
    async deleteRecord(record) {
      await photos.delete({ applicationId: record.applicationId, recordId: record.id });
      await deleteRecord(db, record.id);
      await statusCache.drop(record, record.id);
    },
    countRecord: counters.countRecord,
    webhooks: webhookDepsOf(db, config, counters),
  };
}
