import { log } from "../log.ts";
import { CLAIM_MS, subjectOf, type Erasure, type ErasureCounts, type ErasureSubject } from "./erasure.ts";

/** Records of one step: each is a call of its object, and their ids are bound to one statement. */
const STEP_SIZE = 40;
/** Steps of one run of the cron trigger: a thousand records. */
const STEPS_A_RUN = 25;
/** Steps that the administrator's own request takes: a hundred records, and most users have fewer. */
const STEPS_A_REQUEST = 4;
/** Erasures of one run; the others are the next minute's. */
const ERASURES_A_RUN = 5;

/** Dependencies of an erasure. Every operation is idempotent. */
export interface ErasurePorts {
  /** Erasures that are due, longest overdue first. */
  dueErasures(now: number, limit: number): Promise<Erasure[]>;
  /** Stores the next state of an erasure; false when another run has changed it since it was read. */
  saveErasure(next: Erasure, previousRevision: number): Promise<boolean>;
  /** Ids of records that belong to the subject, in their order. */
  recordsOf(subject: ErasureSubject, limit: number): Promise<string[]>;
  /** What is stored of these records of an application. */
  count(applicationId: number, recordIds: readonly string[]): Promise<ErasureCounts>;
  /** Removes a record through its object: nothing of it is written or sent from that point on. */
  removeRecord(recordId: string): Promise<unknown>;
  /** Removes a part of whatever else is about the subject; true when nothing is left. */
  removeRest(subject: ErasureSubject): Promise<boolean>;
  now: () => number;
}

/** What one step made of an erasure: `null` when there is nothing more to do in this run. */
type NextStep = Erasure | null;

/** Stores the result of a step. A run that finds that another one was faster stops. */
async function save(erasure: Erasure, change: Partial<Erasure>, ports: ErasurePorts): Promise<NextStep> {
  const next: Erasure = { ...erasure, ...change, revision: erasure.revision + 1 };
  return (await ports.saveErasure(next, erasure.revision)) ? next : null;
}

/** Ends an erasure, or postpones that until no late write is possible. What remains is a receipt without a name. */
async function finish(erasure: Erasure, ports: ErasurePorts): Promise<NextStep> {
  const now = ports.now();
  if (now < erasure.settlesAt) {
    await save(erasure, { toDelete: [], nextAt: erasure.settlesAt }, ports);
    return null;
  }
  if (!(await ports.removeRest(subjectOf(erasure))))
    return save(erasure, { toDelete: [], nextAt: now + CLAIM_MS }, ports);
  await save(erasure, { toDelete: [], userId: "", status: "done", finishedAt: now }, ports);
  return null;
}

/**
 * One step: the records that were counted are removed, then the next ones are counted. What is counted is stored before
 * anything of it is removed, so that a receipt counts each thing once, wherever the program stops:
 * - after the count is stored: the next run removes these records, counts nothing, and continues;
 * - between two removals, or in one: the same; a record's own object continues with its removal;
 * - after the last removal: the same, and the removals change nothing.
 */
async function step(erasure: Erasure, ports: ErasurePorts): Promise<NextStep> {
  await Promise.all(erasure.toDelete.map((id) => ports.removeRecord(id)));
  const toDelete = await ports.recordsOf(subjectOf(erasure), STEP_SIZE);
  if (toDelete.length === 0) return finish(erasure, ports);
  const found = await ports.count(erasure.applicationId, toDelete);
  const counts: ErasureCounts = {
    records: erasure.records + found.records,
    photos: erasure.photos + found.photos,
    deliveries: erasure.deliveries + found.deliveries,
  };
  return save(erasure, { ...counts, toDelete, nextAt: ports.now() + CLAIM_MS }, ports);
}

/** Takes an erasure a number of steps further; the rest is due immediately. */
async function continueErasure(erasure: Erasure, steps: number, ports: ErasurePorts): Promise<void> {
  let current: Erasure = erasure;
  for (let taken = 0; taken < steps; taken++) {
    const next = await step(current, ports);
    if (next === null) return;
    current = next;
  }
  await save(current, { nextAt: ports.now() }, ports);
}

/** Goes on with an erasure unless something is down; the next run tries again then. */
async function tryToContinue(erasure: Erasure, steps: number, ports: ErasurePorts): Promise<void> {
  try {
    await continueErasure(erasure, steps, ports);
  } catch (error) {
    log(
      "error",
      "erasure.step_failed",
      "erasure step failed; the next sweep will retry it",
      { receipt_id: erasure.id },
      error,
    );
  }
}

/** Takes the first steps of an erasure that was just stored. */
export const beginErasure = (erasure: Erasure, ports: ErasurePorts): Promise<void> =>
  tryToContinue(erasure, STEPS_A_REQUEST, ports);

/** Takes the erasures that are due further. Returns how many there were. */
export async function continueErasures(ports: ErasurePorts): Promise<number> {
  const due = await ports.dueErasures(ports.now(), ERASURES_A_RUN);
  for (const erasure of due) await tryToContinue(erasure, STEPS_A_RUN, ports);
  return due.length;
}
