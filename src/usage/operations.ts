import type { InputType } from "../records/record.ts";
import type { Counted } from "./counted.ts";

/** What the platform bills, apart from models. `objectGbSeconds`: memory of record objects that wait for an endpoint. */
export interface BilledOperations {
  workerRequests: number;
  objectRequests: number;
  objectGbSeconds: number;
  r2Writes: number;
  r2Reads: number;
  queueOperations: number;
  d1RowsWritten: number;
}

/** A queue message is billed when it is written, read and deleted. */
const OPERATIONS_OF_A_MESSAGE = 3;

/**
 * What one record costs from its upload to its delivered webhook; `test/worker/budget.test.ts` counts it. The upload and
 * the consumer are the Worker's requests; `begin`, `finish` and the alarm are the object's.
 */
export const OPERATIONS_OF_A_PHOTO: BilledOperations = {
  workerRequests: 2,
  objectRequests: 3,
  objectGbSeconds: 0,
  r2Writes: 1,
  r2Reads: 1,
  queueOperations: OPERATIONS_OF_A_MESSAGE,
  d1RowsWritten: 12,
};

const OPERATIONS_OF: Record<InputType, BilledOperations> = {
  image: OPERATIONS_OF_A_PHOTO,
  label: OPERATIONS_OF_A_PHOTO,
  text: { ...OPERATIONS_OF_A_PHOTO, r2Writes: 0, r2Reads: 0 },
  // One request makes it; its object is woken, and its alarm sends the webhook. Nothing is queued or analyzed.
  manual: {
    ...OPERATIONS_OF_A_PHOTO,
    workerRequests: 1,
    objectRequests: 2,
    r2Writes: 0,
    r2Reads: 0,
    queueOperations: 0,
    d1RowsWritten: 9,
  },
};

/** A further attempt of a webhook: an alarm, the delivery's row, and the record's with its index, moved by trigger. */
const OBJECT_REQUESTS_OF_A_RETRY = 1;
const D1_ROWS_OF_A_RETRY = 4;

/** A Durable Object is billed for 128 MB while it waits (platform's pricing of duration). */
const OBJECT_GB = 0.128;

const NOTHING: BilledOperations = {
  workerRequests: 0,
  objectRequests: 0,
  objectGbSeconds: 0,
  r2Writes: 0,
  r2Reads: 0,
  queueOperations: 0,
  d1RowsWritten: 0,
};

const plus = (sum: BilledOperations, one: BilledOperations, times: number): BilledOperations => ({
  workerRequests: sum.workerRequests + one.workerRequests * times,
  objectRequests: sum.objectRequests + one.objectRequests * times,
  objectGbSeconds: sum.objectGbSeconds + one.objectGbSeconds * times,
  r2Writes: sum.r2Writes + one.r2Writes * times,
  r2Reads: sum.r2Reads + one.r2Reads * times,
  queueOperations: sum.queueOperations + one.queueOperations * times,
  d1RowsWritten: sum.d1RowsWritten + one.d1RowsWritten * times,
});

/**
 * What the counted records and webhooks have cost: each record its budget, each further attempt its own. Polls, lists and
 * other requests leave no trace to count; a cached poll costs one Worker request.
 */
export function billedOperationsOf({ records, deliveries }: Pick<Counted, "records" | "deliveries">): BilledOperations {
  const ofRecords = records.reduce((sum, each) => plus(sum, OPERATIONS_OF[each.inputType], each.records), NOTHING);
  return deliveries.reduce((sum, { deliveries: firsts, attempts, totalMs }) => {
    const retries = Math.max(0, attempts - firsts);
    const ofRetries: BilledOperations = {
      ...NOTHING,
      objectRequests: retries * OBJECT_REQUESTS_OF_A_RETRY,
      d1RowsWritten: retries * D1_ROWS_OF_A_RETRY,
      objectGbSeconds: (totalMs / 1000) * OBJECT_GB,
    };
    return plus(sum, ofRetries, 1);
  }, ofRecords);
}
