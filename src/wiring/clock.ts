import { analysisMessage } from "../analysis/message.ts";
import { dueWalks, scheduleWalk, statusesOf } from "../db/clean-ups.ts";
import type { Database } from "../db/database.ts";
import { deleteExpiredKeys } from "../db/idempotency.ts";
import {
  dueRetries,
  putSweepOff,
  standingRecords,
  strandedReanalyses,
  strandedRecords,
  sweepNow,
} from "../db/standing-records.ts";
import { forgetRevocations } from "../db/revocations.ts";
import { saveWalk, walkByName } from "../db/walks.ts";
import type { Config } from "../config.ts";
import type { Env } from "../env.ts";
import type { ErasurePorts } from "../erasure/erase.ts";
import { createErasurePorts } from "../erasure/ports.ts";
import { EXPIRED_KEYS_LIMIT } from "../intake/idempotency.ts";
import { createPhotoStore } from "../intake/photo-store.ts";
import type { Sequencer } from "../records/sequencer.ts";
import { recordsHealed } from "../operations/events.ts";
import type { ReconciliationPorts } from "../records/reconcile-stranded.ts";
import type { SweepPorts } from "../records/sweep.ts";
import type { CleanUpPorts } from "../retention/clean-up.ts";
import { createOperations } from "./operations.ts";
import { now, readConfig } from "./platform.ts";
import { createTendingPorts, type TendingPorts } from "./webhooks.ts";

/** What the service does by the clock. */
export interface ClockPorts {
  sweep: SweepPorts;
  reconciliation: ReconciliationPorts;
  tending: TendingPorts;
  /** Deletes idempotency keys whose time is over; see `EXPIRED_KEYS_LIMIT`. */
  forgetExpiredKeys: () => Promise<number>;
  cleanUp: CleanUpPorts;
  erasure: ErasurePorts;
}

/** The walk that looks for stranded re-analyses. */
const REANALYSES = "reanalyses";

export function clockPorts(env: Env, db: Database, config: Config, sequencer: Sequencer): ClockPorts {
  const photos = createPhotoStore(env.PHOTOS);
  return {
    sweep: {
      sequencer,
      now,
      standingRecords: (at, limit) => standingRecords(db, at, limit),
      putSweepOff: (ids, at, sweepAt) => putSweepOff(db, ids, at, sweepAt),
      dueRetries: (at, limit) => dueRetries(db, at, limit),
      enqueue: async (ids, spreadSeconds) =>
        void (await env.ANALYSIS_QUEUE.sendBatch(
          ids.map((id, place) => ({
            body: analysisMessage(id),
            delaySeconds: Math.floor((place * spreadSeconds) / ids.length),
          })),
        )),
    },
    reconciliation: {
      strandedRecords: (latest, limit) => strandedRecords(db, latest, limit),
      strandedReanalyses: (page) => strandedReanalyses(db, page),
      sweepNow: (ids, at, latest) => sweepNow(db, ids, at, latest),
      walk: () => walkByName(db, REANALYSES),
      saveWalk: (walk) => saveWalk(db, REANALYSES, walk),
      healed: (kinds) => createOperations(db, config).report(recordsHealed(kinds, now())),
      giveUpAfterMs: config.giveUpAfterMs,
      now,
    },
    tending: createTendingPorts(db, readConfig(env), sequencer),
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
  };
}
