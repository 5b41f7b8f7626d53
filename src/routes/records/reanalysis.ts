import { z } from "zod";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_STATUS } from "../../openapi/samples.ts";
import { problem } from "../../problems/problem.ts";
import { recordPathSchema, statusResponseSchema } from "../../records/responses.ts";
import { entityTag, presentStatus } from "../../records/present.ts";
import { reanalyze } from "../../records/changes/reanalyze.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { CHANGE_PROBLEMS, expectedVersion, isExpected } from "../../http/records/change-response.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { findRecord, notFound, POLL_AGAIN_SECONDS } from "../../http/records/owned-record.ts";

const MAX_HINT_LENGTH = 500;
/** Where a re-analysis is when it has just been accepted. */
const QUEUED = { stage: "queued", percent: 0 } as const;

const requestSchema = z
  .object({
    hint: z
      .string()
      .trim()
      .max(MAX_HINT_LENGTH)
      .optional()
      .meta({ description: "What the user knows about the meal, in plain language." }),
  })
  .meta({ id: "Reanalysis" });

export const reanalyzeRecord = operation({
  id: "reanalyzeRecord",
  method: "post",
  path: "/nutrition_records/{id}/reanalyze",
  tag: "Changing records",
  summary: "Re-analyze with a hint",
  description:
    "The record keeps its status and content in the meantime; its events report progress. If it succeeds, the record becomes `updated`: the new analysis replaces everything, including a changed portion and manually entered values. If it fails, the record stays as it was, with the reason among the `warnings` of its analysis. A record that failed with `analysis_unavailable` can be re-analyzed as it is, and then becomes `completed`; with a `hint`, so can one that failed with `no_food_found` or `timed_out`, and it then becomes `updated`. Either way its `ETag` changes at the end. Correcting the record in the meantime stops the re-analysis; changing the meal time does not.",
  security: "token",
  rate: "uploads",
  pathParameters: recordPathSchema,
  headers: ["If-Match"],
  body: json(requestSchema, {
    hint: { summary: "With a hint", value: { hint: "the sauce is yoghurt, not mayonnaise" } },
  }),
  responses: {
    202: {
      description: "Accepted; the analysis is queued.",
      headers: ["Location", "Retry-After", "ETag"],
      content: json(statusResponseSchema, {
        queued: { summary: "Queued", value: { ...SAMPLE_STATUS, status: "completed", progress: QUEUED } },
      }),
    },
  },
  problems: [...CHANGE_PROBLEMS, "already_under_way", "hint_needed", "nothing_to_analyse"],
  /** Has a record analyzed again. The answer is a promise, as an upload's is. */
  handler: async (c) => {
    const record = await findRecord(c);
    if (record === null) return notFound(c);
    const body = await parseJsonBody(c.req.raw, requestSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    if (!isExpected(c, record)) return respondWithProblem(c, problem("version_mismatch"));
    const hint = body.value.hint ?? "";
    const accepted = await reanalyze(
      c.var.deps.reanalyze,
      record,
      hint === "" ? null : hint,
      expectedVersion(c, record),
    );
    if (accepted === null) return notFound(c);
    if (!accepted.ok) return respondWithProblem(c, accepted.error);
    return c.json({ ...presentStatus(accepted.value), progress: QUEUED }, 202, {
      location: `${originOf(c)}/nutrition_records/${record.id}`,
      "retry-after": POLL_AGAIN_SECONDS,
      etag: entityTag(accepted.value),
      "cache-control": "no-store",
    });
  },
});
