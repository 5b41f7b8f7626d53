import { analyzeNow, type KeepAlive } from "../analysis/analyze-now.ts";
import type { WorkPorts } from "../analysis/lease-work.ts";
import { makeUprightWith } from "../analysis/make-upright.ts";
import type { MakeUpright } from "../analysis/model-photo.ts";
import { nameChoice } from "../analysis/translation/translate-content.ts";
import { createRunModel } from "../analysis/workers-ai.ts";
import { createVerifyAccess, type VerifyAccess } from "../auth/access.ts";
import type { ApplicationDirectory } from "../auth/application-directory.ts";
import { deriveSessionKeys, type SessionKeys } from "../auth/session.ts";
import { subjectsOf } from "../auth/subject.ts";
import type { VerifyToken } from "../auth/token-memory.ts";
import type { Config } from "../config.ts";
import { type Database } from "../db/database.ts";
import { recordById } from "../db/records.ts";
import { directoryEntry, revokedUntil } from "../db/revocations.ts";
import type { Env } from "../env.ts";
import type { Health } from "../health/check-health.ts";
import type { RandomBytes } from "../ids.ts";
import type { LabelFactsPorts } from "../intake/read-label-facts.ts";
import type { AcceptPorts } from "../intake/accept-photo.ts";
import type { IdempotencyPorts } from "../intake/idempotency.ts";
import { type PhotoStore } from "../photos/photo-store.ts";
import { createLimits, type Limits } from "../limits/limits.ts";
import { drawSharesFrom } from "../limits/location-shares.ts";
import type { FoodChoice } from "../nutrition/choose-food.ts";
import type { FoodTable } from "../nutrition/food-table.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { NewFood } from "../records/changes/ingredient-edit.ts";
import type { ManualPorts } from "../intake/manual-record.ts";
import type { ReanalyzePorts } from "../records/changes/reanalyze.ts";
import type { NutritionRecord } from "../records/record.ts";
import { createSequencer, type Sequencer } from "../record-object/sequencer.ts";
import { type StatusCache } from "../records/status-cache.ts";
import type { WebhookDeps } from "../webhooks/send-events.ts";
import { analyzersOf, translateWith } from "./analysis.ts";
import { acceptPorts, labelFactsPorts, enqueueWith, idempotencyPorts, manualPorts } from "./intake.ts";
import {
  callOut,
  directory,
  guesses,
  insist,
  newId,
  now,
  randomBytes,
  rateLimiter,
  reportOutage,
  verify,
} from "./platform.ts";
import { type Operations } from "./operations.ts";
import { outboundOf } from "./outbound.ts";
import { createWebhookDeps } from "./webhooks.ts";
import { clockPorts, type ClockPorts } from "./clock.ts";
import { healthCheck } from "./health.ts";
import { storesOf } from "./stores.ts";

/** Derived when the console is first opened: no one else waits for it. */
function sessionKeysOf({ masterKeys, adminToken }: Config): () => Promise<SessionKeys> {
  let derived: Promise<SessionKeys> | null = null;
  return () => (derived ??= deriveSessionKeys(masterKeys, adminToken));
}

/** Everything a request or a batch may need of the outside world, wired once. */
export interface Deps extends ClockPorts {
  config: Config;
  db: Database;
  directory: ApplicationDirectory;
  verifyToken: VerifyToken;
  /** Null without Cloudflare Access. */
  verifyAccess: VerifyAccess | null;
  /** The keys of the console's sessions. */
  sessionKeys: () => Promise<SessionKeys>;
  limits: Limits;
  statusCache: StatusCache;
  foods: FoodTable;
  sequencer: Sequencer;
  outbound: Outbound;
  accept: AcceptPorts;
  labelFacts: LabelFactsPorts;
  manual: ManualPorts;
  reanalyze: ReanalyzePorts;
  idempotency: IdempotencyPorts;
  consumer: WorkPorts;
  /** The food with its name in the record's language, as far as it is known. */
  nameChoice(food: FoodChoice, record: NutritionRecord): Promise<NewFood>;
  /** Analyses within a request, for at most so many milliseconds; null when the record was deleted meanwhile. */
  analyzeNow(record: NutritionRecord, waitMs: number, keepAlive: KeepAlive): Promise<NutritionRecord | null>;
  webhooks: WebhookDeps;
  operations: Operations;
  photos: PhotoStore;
  makeUpright: MakeUpright;
  checkHealth: () => Promise<Health>;
  /** The id of the deployed version; null where there is none. */
  deployment: string | null;
  now: () => number;
  newId: () => string;
  randomBytes: RandomBytes;
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
  const stores = storesOf(env);
  const { config, db, photos, foods, statusCache, operations } = stores;
  const sequencer = createSequencer(env.RECORDS);
  const outbound = outboundOf(config);
  const translate = translateWith(createRunModel(env.AI, config.aiGateway), config);
  const enqueue = enqueueWith(env.ANALYSIS_QUEUE);
  const { analyze, analyzeHeld } = analyzersOf(env, stores);
  const work: WorkPorts = {
    sequencer,
    analyze,
    insist,
    enqueue,
    deletePhoto: (owner) => photos.delete(owner),
    now,
  };
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
    limits: createLimits(rateLimiter, guesses, drawSharesFrom(env.RATE_LIMITS, config.masterKeys)),
    statusCache,
    foods,
    sequencer,
    outbound,
    accept: acceptPorts(env, stores, outbound),
    labelFacts: labelFactsPorts(analyzeHeld, outbound),
    manual: manualPorts(db, sequencer),
    reanalyze: {
      sequencer,
      hasPhoto: async ({ applicationId, id }) => (await photos.size({ applicationId, recordId: id })) !== null,
      enqueue: (recordId) => enqueue(recordId, 0),
      reportOutage,
    },
    idempotency: idempotencyPorts(db),
    consumer: work,
    nameChoice: (food, record) => nameChoice(food, record, translate),
    analyzeNow: (record, waitMs, keepAlive) =>
      analyzeNow(record, waitMs, keepAlive, { ...work, recordById: (id) => recordById(db, id) }),
    photos,
    makeUpright: makeUprightWith(env.IMAGES, now),
    webhooks: createWebhookDeps(stores),
    operations,
    ...clockPorts(env, stores, sequencer),
    checkHealth: healthCheck(env, db, photos),
    deployment: env.VERSION?.id ?? null,
    now,
    newId,
    randomBytes,
  };
}
