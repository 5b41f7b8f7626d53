import type { RepairOutcome } from "./repair.ts";

/** How many events one step looks at … */
const STEP_SIZE = 90;
/** … and how many steps one job takes in one sweep. */
const STEPS_PER_SWEEP = 10;
/** How many jobs one sweep continues with: an application has at most one. */
const MAX_JOBS = 10;

/**
 * A job that sends an application's undelivered events again: those made from `since` to `until`, when the job was
 * made. It goes through them by their time; `cursorAt` and `cursorId` are the last one that it looked at. Times are
 * Unix milliseconds; `finishedAt` is null while it runs.
 */
export interface Recovery {
  id: string;
  applicationId: number;
  since: number;
  until: number;
  /** How many there were when it began. */
  total: number;
  /** How many it is known to have put back: a step that stopped before it was stored is not counted. */
  requeued: number;
  cursorAt: number;
  cursorId: string;
  finishedAt: number | null;
}

/** One event that was abandoned. */
export interface GivenUp {
  eventId: string;
  recordId: string;
  createdAt: number;
}

/** Dependencies of recovering. */
export interface RecoveryPorts {
  runningRecoveries(limit: number): Promise<Recovery[]>;
  givenUpDeliveries(job: Recovery, limit: number): Promise<GivenUp[]>;
  /** Puts an event back into its record's outbox; null when the record has gone. */
  recover(recordId: string, eventId: string, until: number): Promise<{ outcome: RepairOutcome } | null>;
  /** Stores the job's progress, unless it has advanced past `from`. */
  saveRecovery(from: Recovery, next: Recovery): Promise<boolean>;
  now: () => number;
}

export const newRecovery = (
  id: string,
  applicationId: number,
  since: number,
  total: number,
  now: number,
): Recovery => ({
  id,
  applicationId,
  since,
  until: now,
  total,
  requeued: 0,
  cursorAt: since,
  cursorId: "",
  finishedAt: null,
});

/** Goes on with the jobs that run. Returns how many events were put back. */
export async function continueRecoveries(ports: RecoveryPorts): Promise<number> {
  let requeued = 0;
  for (const job of await ports.runningRecoveries(MAX_JOBS)) requeued += await continueRecovery(job, ports);
  return requeued;
}

/**
 * Takes some steps of one job. An event is put back before the step is stored: a job that stops right there takes the
 * step again, and finds what it put back waiting, or tried since it began. Returns how many events were put back.
 */
export async function continueRecovery(job: Recovery, ports: RecoveryPorts): Promise<number> {
  let current = job;
  for (let step = 0; step < STEPS_PER_SWEEP && current.finishedAt === null; step++) {
    const page = await ports.givenUpDeliveries(current, STEP_SIZE);
    const requeued = await putBack(page, current, ports);
    const last = page.at(-1);
    const next: Recovery = {
      ...current,
      requeued: current.requeued + requeued,
      ...(last !== undefined && { cursorAt: last.createdAt, cursorId: last.eventId }),
      finishedAt: page.length < STEP_SIZE ? ports.now() : null,
    };
    // Another sweep is at work on the same job: it continues alone.
    if (!(await ports.saveRecovery(current, next))) break;
    current = next;
  }
  return current.requeued - job.requeued;
}

/** Puts a page's events back: records side by side, the events of one record in their order. */
async function putBack(page: readonly GivenUp[], { until }: Recovery, ports: RecoveryPorts): Promise<number> {
  const records = Map.groupBy(page, ({ recordId }) => recordId);
  const counts = await Promise.all(
    [...records.values()].map(async (events) => {
      let requeued = 0;
      for (const { recordId, eventId } of events) {
        const response = await ports.recover(recordId, eventId, until);
        if (response?.outcome === "queued") requeued += 1;
      }
      return requeued;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
