import type { Administrator } from "../auth/administrator.ts";
import { applicationById } from "../db/applications.ts";
import { insertAuditEntry } from "../db/audit.ts";
import { countFailed, reanalysisScope, startReanalysis, type ReanalysisRequest } from "../db/reanalysis-jobs.ts";
import type { Deps } from "../wiring/deps.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { newReanalysisJob, type ReanalysisJob } from "../records/changes/reanalysis-job.ts";
import { fail, ok, type Result } from "../result.ts";
import { estimateAnalyses, type AnalysisEstimate } from "../usage/reanalysis-estimate.ts";
import { auditEntry } from "../audit/audit.ts";
import { DAY_MS } from "../time.ts";

/** What a job would do. */
export interface ReanalysisPreview extends AnalysisEstimate {
  /** How many records it would look at. */
  records: number;
  /** Those among them whose photos have passed their retention: they would be skipped. */
  photosExpired: number;
}

/** Returns what a job would do and cost, without changing anything. */
export async function previewReanalysis(
  request: ReanalysisRequest,
  { db, now, config }: Deps,
): Promise<Result<ReanalysisPreview, Problem>> {
  const application = await applicationById(db, request.applicationId);
  if (application === null) return fail(problem("not_found"));
  const counts = await countFailed(db, request, now() - application.imageRetentionDays * DAY_MS);
  const sum = (some: typeof counts): number => some.reduce((total, { records }) => total + records, 0);
  const estimate = estimateAnalyses(
    counts.filter(({ hasExpired }) => !hasExpired),
    config.models,
  );
  return ok({ records: sum(counts), photosExpired: sum(counts.filter(({ hasExpired }) => hasExpired)), ...estimate });
}

/**
 * Stores a job that re-analyzes an application's failed records, or finds the running one that covers them. The sweep
 * does the work.
 */
export async function startReanalysisOf(
  request: ReanalysisRequest,
  by: Administrator,
  deps: Deps,
): Promise<Result<ReanalysisJob, Problem>> {
  const { db, newId, now } = deps;
  const { applicationId, since, limit } = request;
  if ((await applicationById(db, applicationId)) === null) return fail(problem("not_found"));
  const subject = { applicationId, detail: { since: new Date(since).toISOString(), limit } };
  await insertAuditEntry(db, auditEntry("records.reanalyze", subject, by, deps));
  const scope = await reanalysisScope(db, request);
  const job = await startReanalysis(db, newReanalysisJob(newId(), applicationId, since, scope, now()));
  return job.since > since ? fail(problem("reanalysis_running")) : ok(job);
}
