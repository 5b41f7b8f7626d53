import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { json } from "../../openapi/operation.ts";
import type { Operation } from "../operation.ts";
import { SAMPLE_RECORD } from "../../openapi/samples.ts";
import type { ProblemCode } from "../../problems/problem-kinds.ts";
import { problem, type Problem } from "../../problems/problem.ts";
import { recordSchema } from "../../records/responses.ts";
import { EDIT_REFUSALS, notComplete } from "../../records/changes/change-problems.ts";
import { entityTag, presentRecord } from "../../records/present.ts";
import type { RecordChange } from "../../records/changes/record-change.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { respondWithProblem } from "../respond.ts";
import type { Result } from "../../result.ts";
import { isNamed } from "../entity-tags.ts";
import { findRecord, notFound, respondTagged } from "./owned-record.ts";

/** How every change of a record succeeds … */
export const CHANGED_RECORD: Operation["responses"] = {
  200: {
    description: "The changed record.",
    headers: ["ETag"],
    content: json(recordSchema, {
      updated: { summary: "An updated record", value: { ...SAMPLE_RECORD, status: "updated" } },
    }),
  },
};
/** … and how it fails. */
export const CHANGE_PROBLEMS: readonly ProblemCode[] = [
  "malformed_request",
  "not_found",
  "not_complete",
  "version_mismatch",
  "invalid_request",
];

/** Whether `If-Match`, if there is one, names the current version of the record. */
export function isExpected(c: Context<AppEnv>, record: NutritionRecord): boolean {
  const ifMatch = c.req.header("if-match");
  return ifMatch === undefined || isNamed(ifMatch, entityTag(record));
}

/** The version that `If-Match` pins, or null: it is checked again where the change is made. */
export const expectedVersion = (c: Context<AppEnv>, record: NutritionRecord): number | null =>
  c.req.header("if-match") === undefined ? null : record.version;

/** Changes the record that the path names as `read` says, and responds with the changed record. */
export async function respondWithChange(
  c: Context<AppEnv>,
  read: (record: NutritionRecord) => Promise<Result<RecordChange, Problem>>,
): Promise<Response> {
  const record = await findRecord(c);
  if (record === null) return notFound(c);
  const change = await read(record);
  if (!change.ok) return respondWithProblem(c, change.error);
  if (!isExpected(c, record)) return respondWithProblem(c, problem("version_mismatch"));
  const response = await c.var.deps.sequencer.update(record.id, change.value, expectedVersion(c, record));
  switch (response?.outcome) {
    case undefined:
      return notFound(c);
    case "version_mismatch":
      return respondWithProblem(c, problem("version_mismatch"));
    case "stale":
      return respondWithProblem(c, notComplete(response.status));
    case "refused":
      return respondWithProblem(c, EDIT_REFUSALS[response.refusal]);
    case "updated": {
      const body = JSON.stringify(presentRecord(response.record));
      return respondTagged(c, { body, etag: entityTag(response.record), final: true });
    }
  }
}
