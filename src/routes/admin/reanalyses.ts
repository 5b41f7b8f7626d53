import { z } from "zod";
import { previewReanalysis, startReanalysisOf, type ReanalysisPreview } from "../../administration/reanalyses.ts";
import { reanalysisById } from "../../db/reanalysis-jobs.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_REANALYSIS, SAMPLE_REANALYSIS_PREVIEW } from "../../openapi/operations-samples.ts";
import { problem } from "../../problems/problem.ts";
import { MAX_REANALYSES, type ReanalysisJob } from "../../records/changes/reanalysis-job.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { time } from "../../http/queries/list-query.ts";
import { asTime } from "../../http/bodies/delivery-bodies.ts";
import { applicationPath } from "./application-path.ts";

/** How many records one job takes when nothing is said. */
const DEFAULT_RECORDS = 1_000;

/** Why a failure is none that is analyzed again in bulk. */
const refusalOf = (code: unknown): string =>
  code === "timed_out"
    ? "records that timed out are never re-analyzed in bulk: each was started ten times and never finished"
    : "only analysis_unavailable: after any other failure the same analysis would fail again";

const requestSchema = z
  .object({
    since: time.meta({ description: "The time of the oldest upload to re-analyze." }),
    failure_codes: z
      .array(z.enum(["analysis_unavailable"], { error: ({ input }) => refusalOf(input) }))
      .min(1, "at least one code")
      .default(["analysis_unavailable"])
      .meta({ description: "After any other failure the same analysis would fail again." }),
    limit: z
      .int()
      .min(1)
      .max(MAX_REANALYSES)
      .default(DEFAULT_RECORDS)
      .meta({ description: "The maximum number of records, oldest first." }),
    dry_run: z
      .boolean()
      .default(false)
      .meta({ description: "Returns what would be done and what it would cost, without changing anything." }),
  })
  .meta({ id: "ReanalysisRequest" });

const previewSchema = z
  .object({
    records: z.int().meta({ description: "The number of matching records, up to `limit`." }),
    photos_expired: z
      .int()
      .meta({ description: "How many of them have photos past their retention period; these are skipped." }),
    model_calls: z.int().meta({ description: "The number of model calls, if each succeeds the first time." }),
    cost_usd: z
      .number()
      .nullable()
      .meta({ description: "The estimated cost of these calls. Null if a model's price is unknown." }),
  })
  .meta({ id: "ReanalysisPreview", description: "What re-analyzing failed records would do and cost." });

const jobSchema = z
  .object({
    reanalysis_id: z.string(),
    status: z.enum(["running", "finished"]),
    since: z.iso.datetime(),
    total: z.int().meta({ description: "How many records there were when the job was requested." }),
    requeued: z.int().meta({ description: "How many were requeued so far." }),
    skipped: z.int().meta({
      description:
        "How many were skipped because their photos are no longer stored. The rest no longer needed re-analysis.",
    }),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "ReanalysisJob", description: "A job that re-analyzes failed records." });

/** Rounded to millionths of a dollar, as the usage is. */
const presentPreview = (preview: ReanalysisPreview): z.output<typeof previewSchema> => ({
  records: preview.records,
  photos_expired: preview.photosExpired,
  model_calls: preview.modelCalls,
  cost_usd: preview.costUsd === null ? null : Math.round(preview.costUsd * 1e6) / 1e6,
});

const presentJob = (job: ReanalysisJob): z.output<typeof jobSchema> => ({
  reanalysis_id: job.id,
  status: job.finishedAt === null ? "running" : "finished",
  since: asTime(job.since),
  total: job.total,
  requeued: job.requeued,
  skipped: job.skipped,
  finished_at: asTime(job.finishedAt),
});

const JOB = { running: { summary: "A running job", value: SAMPLE_REANALYSIS } };

export const reanalyzeFailed = operation({
  id: "reanalyzeFailedRecords",
  method: "post",
  path: "/admin/applications/{id}/reanalyze",
  tag: "Operations",
  summary: "Re-analyze failed records",
  description:
    "For use after a long outage: re-analyzes every record that failed as `analysis_unavailable` since the given time, oldest first and more slowly than new uploads. A record that succeeds becomes `completed`, with its webhook; a record whose photo is no longer stored is skipped.\n\nWith `dry_run`, the response is a preview and nothing changes. An application has one such job at a time: if one is already running that covers the time, it is returned.",
  security: "administrator",
  pathParameters: applicationPath,
  body: json(requestSchema, {
    preview: { summary: "What it would cost", value: { since: "2026-11-22T00:00:00.000Z", dry_run: true } },
    outage: {
      summary: "After an outage",
      value: { since: "2026-11-22T00:00:00.000Z", failure_codes: ["analysis_unavailable"], limit: 5000 },
    },
  }),
  responses: {
    200: {
      description: "With `dry_run`: the preview.",
      content: json(previewSchema, { preview: { summary: "A preview", value: SAMPLE_REANALYSIS_PREVIEW } }),
    },
    202: { description: "The job.", headers: ["Location"], content: json(jobSchema, JOB) },
  },
  problems: ["malformed_request", "not_found", "reanalysis_running", "invalid_request"],
  /** The job is stored before this answers; the sweep takes its steps, so that all jobs together keep their pace. */
  handler: async (c) => {
    const applicationId = Number(c.req.param("id"));
    const body = await parseJsonBody(c.req.raw, requestSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const { administrator, deps } = c.var;
    const { since, limit, dry_run: isPreview } = body.value;
    const request = { applicationId, since, limit };
    if (isPreview) {
      const preview = await previewReanalysis(request, deps);
      if (!preview.ok) return respondWithProblem(c, preview.error);
      return c.json(presentPreview(preview.value), 200, { "cache-control": "no-store" });
    }
    const started = await startReanalysisOf(request, administrator, deps);
    if (!started.ok) return respondWithProblem(c, started.error);
    const location = `${originOf(c)}/admin/applications/${applicationId}/reanalyses/${started.value.id}`;
    return c.json(presentJob(started.value), 202, { location, "cache-control": "no-store" });
  },
});

export const readReanalysis = operation({
  id: "readReanalysis",
  method: "get",
  path: "/admin/applications/{id}/reanalyses/{reanalysis_id}",
  tag: "Operations",
  summary: "Read the progress of a re-analysis job",
  security: "administrator",
  pathParameters: applicationPath.extend({
    reanalysis_id: z.string().meta({ examples: [SAMPLE_REANALYSIS.reanalysis_id] }),
  }),
  responses: { 200: { description: "The job.", content: json(jobSchema, JOB) } },
  problems: ["not_found"],
  handler: async (c) => {
    const job = await reanalysisById(c.var.deps.db, Number(c.req.param("id")), c.req.param("reanalysis_id"));
    if (job === null) return respondWithProblem(c, problem("not_found"));
    return c.json(presentJob(job), 200, { "cache-control": "no-store" });
  },
});
