import { z } from "zod";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_RECORD_ID } from "../../openapi/samples.ts";
import { invalidFields, problem } from "../../problems/problem.ts";
import { cancelResponseSchema, recordPathSchema } from "../../records/responses.ts";
import { servingSizeIssue, servingSizeSchema } from "../../records/changes/typed-content.ts";
import { timeSchema } from "../../records/time-schema.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { fail, ok } from "../../result.ts";
import { respondWithChange, CHANGED_RECORD, CHANGE_PROBLEMS } from "../../http/records/change-response.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { findRecord, notFound } from "../../http/records/owned-record.ts";

const changeSchema = z
  .object({
    serving_size: servingSizeSchema
      .optional()
      .meta({ description: "The portion, in the record's unit. Everything is rescaled from the original values." }),
    consumed_at: z
      .preprocess((given) => (given === "" ? null : given), timeSchema.nullable())
      .optional()
      .meta({
        description: "When the meal was eaten; a planned meal is eaten then. Null or empty keeps what there is.",
      }),
  })
  .refine(
    (body) => body.serving_size !== undefined || body.consumed_at !== undefined,
    "serving_size or consumed_at is required",
  )
  .meta({ id: "RecordChange", description: "At least one of the two." });

export const changeRecord = operation({
  id: "changeRecord",
  method: "patch",
  path: "/nutrition_records/{id}",
  tag: "Changing records",
  summary: "Change the portion or the meal time",
  description: "Only a record whose analysis is complete can be changed. It becomes `updated`.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  headers: ["If-Match"],
  body: json(changeSchema, {
    portion: { summary: "A larger portion", value: { serving_size: 250 } },
    time: { summary: "Eaten earlier", value: { consumed_at: "2026-11-23T07:00:00Z" } },
  }),
  responses: CHANGED_RECORD,
  problems: CHANGE_PROBLEMS,
  /** Changes the portion or the meal time of a complete record. */
  handler: (c) =>
    respondWithChange(c, async ({ content }) => {
      const body = await parseJsonBody(c.req.raw, changeSchema);
      if (!body.ok) return body;
      const { serving_size: servingSize, consumed_at: consumedAt } = body.value;
      const message = content === null ? null : servingSizeIssue(servingSize, content.unit);
      if (message !== null) return fail(invalidFields([{ path: ["serving_size"], message }], "body"));
      return ok({
        kind: "portion",
        ...(servingSize !== undefined && { servingSize }),
        ...(consumedAt !== undefined && consumedAt !== null && { consumedAt: Date.parse(consumedAt) }),
      });
    }),
});

export const cancelRecord = operation({
  id: "cancelRecord",
  method: "post",
  path: "/nutrition_records/{id}/cancel",
  tag: "Changing records",
  summary: "Stop an analysis",
  description: "Possible until the record is completed or failed. The record becomes `canceled`.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  responses: {
    200: {
      description: "The record is canceled.",
      content: json(cancelResponseSchema, {
        canceled: { summary: "Canceled", value: { record_id: SAMPLE_RECORD_ID, status: "canceled" } },
      }),
    },
  },
  problems: ["not_found", "already_final"],
  /** Stops an analysis before it completes. The record ends as `canceled`, and no webhook follows. */
  handler: async (c) => {
    const record = await findRecord(c);
    if (record === null) return notFound(c);
    const response = await c.var.deps.sequencer.cancel(record.id);
    if (response === null) return notFound(c);
    if (response.outcome === "stale") {
      return respondWithProblem(
        c,
        problem("already_final", `The record is ${response.status}; it can no longer be canceled.`),
      );
    }
    return c.json({ record_id: record.id, status: response.status }, 200, { "cache-control": "no-store" });
  },
});

export const deleteRecordOperation = operation({
  id: "deleteRecord",
  method: "delete",
  path: "/nutrition_records/{id}",
  tag: "Changing records",
  summary: "Delete a record with its photo",
  description:
    "Works in any state: a running analysis stops, no webhook follows, and nothing of the record is left. The response is the same whether or not the record existed.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  responses: { 204: { description: "The record is deleted." } },
  problems: [],
  /** Deletes a record with its photo, whatever it is doing. 204 whether or not it existed. */
  handler: async (c) => {
    const record = await findRecord(c);
    if (record !== null) await c.var.deps.sequencer.remove(record.id);
    return c.body(null, 204, { "cache-control": "no-store" });
  },
});
