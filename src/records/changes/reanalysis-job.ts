import type { ReanalyzeResult } from "../user-steps.ts";

/**
 * How many records all jobs together have analyzed again in a minute: a fifth of what Workers AI lets a model answer
 * (300 a minute), so that fresh uploads never wait behind them. 10,000 records take not quite three hours.
 */
export const REANALYSES_A_MINUTE = 60;
/** How many records one job takes at most. */
export const MAX_REANALYSES = 10_000;
/** Over how much of the minute their wake-up calls are spread. */
const SPREAD_SECONDS = 50;
/** From one step of a job to the next: a little less than from one sweep to the next, which may come early. */
const STEP_MS = 50_000;

/**
 * A job that re-analyzes an application's failed records, oldest first: those that were uploaded since `since`,
 * up to the one with `lastId`. `cursor` is the id of the last one that it looked at, "" before the first. Times are
 * Unix milliseconds; `finishedAt` is null while it runs.
 */
export interface ReanalysisJob {
  id: string;
  applicationId: number;
  since: number;
  /** "" when there were none. */
  lastId: string;
  /** How many there were when it was made. */
  total: number;
  /** How many are known to be analyzed again: of a step that stopped before it was stored, some may be missing. */
  requeued: number;
  /** How many have nothing left to be analyzed by: their photo has passed its retention. */
  skipped: number;
  cursor: string;
  /** When its next step is due. */
  dueAt: number;
  finishedAt: number | null;
}

/** What a job has to do: how many records, and up to which. */
export interface ReanalysisScope {
  total: number;
  /** "" when there are none. */
  lastId: string;
}

/** A record that may be analyzed again. */
export interface FailedRecord {
  id: string;
  applicationId: number;
  /** Whether it was made of a photo; what was made of a sentence needs none. */
  needsPhoto: boolean;
}

/** Dependencies of the jobs. */
export interface ReanalysisJobPorts {
  /** Jobs that have not finished and whose next step is due, longest overdue first. */
  dueReanalyses(now: number, limit: number): Promise<ReanalysisJob[]>;
  /** The job's next records. */
  failedRecords(job: ReanalysisJob, limit: number): Promise<FailedRecord[]>;
  /** Whether the record's photo is still stored. */
  hasPhoto(record: FailedRecord): Promise<boolean>;
  /** Requests re-analysis from the record's object; null if the record is gone. */
  reanalyze(recordId: string): Promise<ReanalyzeResult | null>;
  /** Sends wake-up calls, to arrive spread over so many seconds. */
  enqueue(recordIds: readonly string[], spreadSeconds: number): Promise<void>;
  /** Stores the job, unless someone has moved it since `from`; returns whether it did. */
  saveReanalysis(from: ReanalysisJob, next: ReanalysisJob): Promise<boolean>;
  reportOutage(event: string, message: string, error: unknown): void;
  now: () => number;
}

/** A new job; one without any records has finished. */
export const newReanalysisJob = (
  id: string,
  applicationId: number,
  since: number,
  { total, lastId }: ReanalysisScope,
  now: number,
): ReanalysisJob => ({
  id,
  applicationId,
  since,
  lastId,
  total,
  requeued: 0,
  skipped: 0,
  cursor: "",
  dueAt: now,
  finishedAt: total === 0 ? now : null,
});

/**
 * Takes a step of each job that runs; they share what a minute allows. Returns how many records are analyzed again. A
 * failing job does not block the others, and repeats its step in the next minute.
 */
export async function continueReanalyses(ports: ReanalysisJobPorts): Promise<number> {
  const jobs = await ports.dueReanalyses(ports.now(), REANALYSES_A_MINUTE);
  const share = Math.floor(REANALYSES_A_MINUTE / jobs.length);
  let requeued = 0;
  for (const job of jobs) {
    try {
      requeued += await takeStep(job, share, ports);
    } catch (error) {
      ports.reportOutage("reanalysis.interrupted", "re-analysis job stopped; the next sweep will continue it", error);
    }
  }
  return requeued;
}

/**
 * Takes one step of a job. It is claimed first, so that of two sweeps only one takes it. If it dies
 * - after the claim, or between two records: the next minute takes the same step again, and finds those that are in
 *   progress;
 * - before the queue knows: the sweep sends the calls after a minute, as for any re-analysis.
 */
async function takeStep(job: ReanalysisJob, limit: number, ports: ReanalysisJobPorts): Promise<number> {
  const claimed: ReanalysisJob = { ...job, dueAt: ports.now() + STEP_MS };
  if (!(await ports.saveReanalysis(job, claimed))) return 0;
  const page = await ports.failedRecords(claimed, limit);
  const outcomes = await Promise.all(page.map((record) => analyzeAgain(record, ports)));
  const accepted = page.filter((_, place) => outcomes[place] === "accepted").map(({ id }) => id);
  if (accepted.length > 0) await callFor(accepted, ports);
  const count = (wanted: Outcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  const requeued = accepted.length + count("under_way");
  const cursor = page.at(-1)?.id ?? job.cursor;
  await ports.saveReanalysis(claimed, {
    ...claimed,
    requeued: job.requeued + requeued,
    skipped: job.skipped + count("skipped"),
    cursor,
    finishedAt: page.length < limit || cursor === job.lastId ? ports.now() : null,
  });
  return requeued;
}

/** `passed_over`: it has not failed anymore, or not for a passing reason, or is gone. */
type Outcome = "accepted" | "under_way" | "skipped" | "passed_over";

async function analyzeAgain(record: FailedRecord, ports: ReanalysisJobPorts): Promise<Outcome> {
  if (record.needsPhoto && !(await ports.hasPhoto(record))) return "skipped";
  const result = await ports.reanalyze(record.id);
  if (result?.outcome === "accepted") return "accepted";
  return result?.outcome === "refused" && result.refusal === "under_way" ? "under_way" : "passed_over";
}

async function callFor(ids: readonly string[], ports: ReanalysisJobPorts): Promise<void> {
  try {
    await ports.enqueue(ids, SPREAD_SECONDS);
  } catch (error) {
    ports.reportOutage("reanalysis.enqueue_failed", "enqueueing re-analyses failed; the sweep will send them", error);
  }
}
