import { analysisMessage, uploadMessage, type AnalysisMessage } from "../analysis/message.ts";
import type { Database } from "../db/database.ts";
import {
  insertRecordOnce,
  keyHolder,
  releaseIdempotencyKey,
  saveFirstResponse,
  takeKeyOver,
} from "../db/idempotency.ts";
import { deleteRecord, insertRecord, recordById } from "../db/records.ts";
import type { Env } from "../env.ts";
import type { AcceptPorts } from "../intake/accept-photo.ts";
import { createFetchPhoto, type CallUrl } from "../intake/fetch-photo.ts";
import type { IdempotencyPorts } from "../intake/idempotency.ts";
import { OUTBOUND_REFUSALS, type Outbound } from "../outbound/outbound.ts";
import type { LabelFactsPorts } from "../intake/read-label-facts.ts";
import type { ManualPorts } from "../intake/manual-record.ts";
import type { Sequencer } from "../record-object/sequencer.ts";
import { fail } from "../result.ts";
import { newId, now, reportOutage, sleep } from "./platform.ts";
import type { Stores } from "./stores.ts";

/** Sends a message; a delay of 0 seconds is none. */
async function send(queue: Queue, message: AnalysisMessage, delaySeconds: number): Promise<void> {
  await queue.send(message, delaySeconds === 0 ? undefined : { delaySeconds });
}

/** Sends a wake-up call for a record that has had its first. */
export const enqueueWith =
  (queue: Queue) =>
  (recordId: string, delaySeconds: number): Promise<void> =>
    send(queue, analysisMessage(recordId), delaySeconds);

/** Calls a URL that a client named, under the rules for webhooks. */
const callUrlWith =
  (outbound: Outbound): CallUrl =>
  async (url, init) => {
    const answer = await outbound.fetch(url, init);
    if (answer.ok) return answer;
    const isTemporary = answer.error === "resolver_unavailable";
    return fail({ message: OUTBOUND_REFUSALS[answer.error], isTemporary });
  };

export function acceptPorts(env: Env, { db, photos }: Stores, outbound: Outbound): AcceptPorts {
  return {
    photos,
    fetchPhoto: createFetchPhoto(callUrlWith(outbound)),
    insertRecord: (record, sweepAt) => insertRecord(db, record, sweepAt),
    insertRecordOnce: (record, sweepAt, claim) => insertRecordOnce(db, record, sweepAt, claim),
    recordById: (id) => recordById(db, id),
    deleteRecord: (id) => deleteRecord(db, id),
    releaseKey: (key, recordId) => releaseIdempotencyKey(db, key, recordId),
    enqueue: (record, delaySeconds) => send(env.ANALYSIS_QUEUE, uploadMessage(record), delaySeconds),
    now,
    createId: newId,
    reportOutage,
  };
}

export const labelFactsPorts = (analyze: LabelFactsPorts["analyze"], outbound: Outbound): LabelFactsPorts => ({
  fetchPhoto: createFetchPhoto(callUrlWith(outbound)),
  analyze,
  now,
  createId: newId,
});

export const manualPorts = (db: Database, sequencer: Sequencer): ManualPorts => ({
  insertRecord: (record, sweepAt) => insertRecord(db, record, sweepAt),
  insertRecordOnce: (record, sweepAt, claim) => insertRecordOnce(db, record, sweepAt, claim),
  recordById: (id) => recordById(db, id),
  wake: (recordId) => sequencer.wake(recordId),
  now,
  createId: newId,
  reportOutage,
});

export const idempotencyPorts = (db: Database): IdempotencyPorts => ({
  keyHolder: (key, at) => keyHolder(db, key, at),
  takeKeyOver: (key, seen, heldUntil) => takeKeyOver(db, key, seen, heldUntil),
  releaseKey: (key, recordId) => releaseIdempotencyKey(db, key, recordId),
  saveFirstResponse: (key, recordId, response) => saveFirstResponse(db, key, recordId, response),
  now,
  sleep,
  reportOutage,
});
