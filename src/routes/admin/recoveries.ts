import type { Context } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../http/app-env.ts";
import { startRecoveryOf } from "../../administration/webhooks.ts";
import { countGivenUp } from "../../db/deliveries.ts";
import { recoveryById } from "../../db/recoveries.ts";
import { log } from "../../log.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_RECOVERY } from "../../openapi/samples.ts";
import { problem } from "../../problems/problem.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { continueRecovery, type Recovery } from "../../webhooks/recovery.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { time } from "../../http/queries/list-query.ts";
import { presentRecovery, recoverySchema } from "../../http/bodies/delivery-bodies.ts";
import { applicationPath } from "./application-path.ts";

const recoverSchema = z
  .object({ since: time.meta({ description: "The time of the oldest event to redeliver." }) })
  .meta({ id: "RecoveryRequest" });
const recoveryPath = applicationPath.extend({
  recovery_id: z.string().meta({ examples: [SAMPLE_RECOVERY.recovery_id] }),
});
const JOB = { running: { summary: "A running job", value: SAMPLE_RECOVERY } };

export const recoverDeliveries = operation({
  id: "recoverDeliveries",
  method: "post",
  path: "/admin/applications/{id}/recover",
  tag: "Webhooks",
  summary: "Redeliver all undelivered events",
  description:
    "Every event since the given time that is `exhausted` or `undelivered` is rescheduled with a full set of attempts, in order for each record. An application has one recovery at a time: if one is already running that covers the time, it is returned.",
  security: "administrator",
  pathParameters: applicationPath,
  body: json(recoverSchema, { day: { summary: "Since a given day", value: { since: "2026-11-22T00:00:00.000Z" } } }),
  responses: {
    202: { description: "The job.", headers: ["Location"], content: json(recoverySchema, JOB) },
  },
  problems: [
    "malformed_request",
    "not_found",
    "no_webhook_url",
    "endpoint_disabled",
    "recovery_running",
    "invalid_request",
  ],
  /**
   * Begins to send everything again that was not delivered since a time. The job is stored before this answers, and its
   * first steps follow at once; stopped after the row, the sweep goes on with it.
   */
  handler: async (c) => {
    const applicationId = Number(c.req.param("id"));
    const body = await parseJsonBody(c.req.raw, recoverSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const started = await startRecoveryOf(applicationId, body.value.since, c.var.administrator, c.var.deps);
    if (!started.ok) return respondWithProblem(c, started.error);
    const job = started.value;
    continueAfterResponse(c, job);
    const location = `${originOf(c)}/admin/applications/${applicationId}/recoveries/${job.id}`;
    return c.json(presentRecovery(job, job.total), 202, { location, "cache-control": "no-store" });
  },
});

/** Takes a job's first steps once the answer is on its way. */
export function continueAfterResponse(c: Context<AppEnv>, job: Recovery): void {
  c.executionCtx.waitUntil(
    continueRecovery(job, c.var.deps.maintenance.recoveries).catch((error: unknown) =>
      log(
        "error",
        "recovery.interrupted",
        "recovery stopped; the sweep will continue it",
        { application_id: job.applicationId },
        error,
      ),
    ),
  );
}

export const readRecovery = operation({
  id: "readRecovery",
  method: "get",
  path: "/admin/applications/{id}/recoveries/{recovery_id}",
  tag: "Webhooks",
  summary: "Read the progress of a recovery",
  security: "administrator",
  pathParameters: recoveryPath,
  responses: { 200: { description: "The job.", content: json(recoverySchema, JOB) } },
  problems: ["not_found"],
  handler: async (c) => {
    const { db } = c.var.deps;
    const job = await recoveryById(db, Number(c.req.param("id")), c.req.param("recovery_id"));
    if (job === null) return respondWithProblem(c, problem("not_found"));
    const remaining = job.finishedAt === null ? await countGivenUp(db, job, job) : 0;
    return c.json(presentRecovery(job, remaining), 200, { "cache-control": "no-store" });
  },
});
