import { analysisMessage } from "../analysis/message.ts";
import { forgetStoredBytes } from "../db/user-storage.ts";
import { dueWalks, scheduleWalk, whichAreUnderWay } from "../db/clean-ups.ts";
import { deleteExpiredKeys } from "../db/idempotency.ts";
import {
  dueRetries,
  putSweepOff,
  stalledRecords,
  strandedReanalyses,
  strandedRecords,
  sweepNow,
} from "../db/stalled-records.ts";
import { dueReanalyses, failedRecords, saveReanalysis } from "../db/reanalysis-jobs.ts";
import { forgetRevocations } from "../db/revocations.ts";
import { saveWalk, walkByName } from "../db/walks.ts";
import type { Env } from "../env.ts";
import type { ErasurePorts } from "../erasure/erase.ts";
import { createErasurePorts } from "./erasure.ts";
import { forgetExpiredKeys } from "../intake/idempotency.ts";
import type { Sequencer } from "../record-object/sequencer.ts";
import { recordsHealed } from "../operations/events.ts";
import type { ReanalysisJobPorts } from "../records/changes/reanalysis-job.ts";
import type { ReconciliationPorts } from "../records/reconcile-stranded.ts";
import type { SweepPorts } from "../records/sweep.ts";
import type { CleanUpPorts } from "../retention/clean-up.ts";
import { now, reportOutage } from "./platform.ts";
import { createMaintenancePorts, type MaintenancePorts } from "./webhooks.ts";
import type { Stores } from "./stores.ts";

/** What the service does by the clock. */
export interface ClockPorts {
  sweep: SweepPorts;
  reconciliation: ReconciliationPorts;
  reanalyses: ReanalysisJobPorts;
  maintenance: MaintenancePorts;
  /** Deletes idempotency keys whose time is over. Returns how many. */
  forgetExpiredKeys: () => Promise<number>;
  cleanUp: CleanUpPorts;
  erasure: ErasurePorts;
}

/** Sends wake-up calls in one batch, to arrive spread over so many seconds; a batch holds 100. */
const enqueueSpread =
  (queue: Queue) =>
  async (ids: readonly string[], spreadSeconds: number): Promise<void> => {
    const messages = ids.map((id, place) => ({
      body: analysisMessage(id),
      delaySeconds: Math.floor((place * spreadSeconds) / ids.length),
    }));
    await queue.sendBatch(messages);
  };

/** The walk that looks for stranded re-analyses. */
const REANALYSES = "reanalyses";

export function clockPorts(env: Env, stores: Stores, sequencer: Sequencer): ClockPorts {
  const { config, db, photos, operations } = stores;
  const enqueue = enqueueSpread(env.ANALYSIS_QUEUE);
  return {
    sweep: {
      sequencer,
      now,
      stalledRecords: (at, limit) => stalledRecords(db, at, limit),
      putSweepOff: (ids, at, sweepAt) => putSweepOff(db, ids, at, sweepAt),
      dueRetries: (at, limit) => dueRetries(db, at, limit),
      enqueue,
    },
    reconciliation: {
      strandedRecords: (latest, limit) => strandedRecords(db, latest, limit),
      strandedReanalyses: (page) => strandedReanalyses(db, page),
      sweepNow: (ids, at, latest) => sweepNow(db, ids, at, latest),
      walk: () => walkByName(db, REANALYSES),
      saveWalk: (walk) => saveWalk(db, REANALYSES, walk),
      healed: (kinds) => operations.report(recordsHealed(kinds, now())),
      giveUpAfterMs: config.giveUpAfterMs,
      now,
    },
    reanalyses: {
      reanalyze: (recordId) => sequencer.reanalyze(recordId, null, null),
      dueReanalyses: (at, limit) => dueReanalyses(db, at, limit),
      failedRecords: (job, limit) => failedRecords(db, job, limit),
      hasPhoto: async ({ applicationId, id }) => (await photos.size({ applicationId, recordId: id })) !== null,
      enqueue,
      saveReanalysis: (from, next) => saveReanalysis(db, from, next),
      reportOutage,
      now,
    },
    maintenance: createMaintenancePorts(stores, sequencer),
    forgetExpiredKeys: () => forgetExpiredKeys((limit) => deleteExpiredKeys(db, now(), limit)),
    cleanUp: {
      photos,
      dueWalks: (at, limit) => dueWalks(db, at, limit),
      scheduleWalk: (id, dueAt, checkedUntil) => scheduleWalk(db, id, dueAt, checkedUntil),
      whichAreUnderWay: (ids) => whichAreUnderWay(db, ids),
      forgetStoredBytes: (ids) => forgetStoredBytes(db, ids),
      forgetRevocations: (id, before) => forgetRevocations(db, id, before),
      now,
    },
    erasure: createErasurePorts({ db, photos, now, removeRecord: (id) => sequencer.remove(id) }),
  };
}
