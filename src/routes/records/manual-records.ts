import type { FirstResponse } from "../../intake/idempotency.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_MANUAL, SAMPLE_MANUAL_RECORD } from "../../openapi/samples.ts";
import { recordPathSchema, recordSchema } from "../../records/answers.ts";
import { manualCreation } from "../../intake/manual-record.ts";
import { entityTag, presentRecord } from "../../records/present.ts";
import { typedContent, typedContentSchema } from "../../records/changes/typed-content.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { ok } from "../../result.ts";
import { answerChange, CHANGE_PROBLEMS } from "../../http/records/change-response.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { acceptPost, KEY_PROBLEMS, respond, respondCreated } from "../../http/records/keyed-post.ts";

const TYPED = json(typedContentSchema, {
  soup: { summary: "A dish", value: SAMPLE_MANUAL },
  breakfast: {
    summary: "A dish with its ingredients, and totals that follow from them",
    value: {
      dish_name: "bread and butter",
      serving_size: 50,
      unit: "g",
      ingredients: [
        { name: "bread", serving_size: 40, unit: "g", nutritional_fields: { energy_kcal: 106, salt_g: 0.5 } },
        { name: "butter", serving_size: 10, unit: "g", nutritional_fields: { energy_kcal: 72, salt_g: 0.2 } },
      ],
    },
  },
});

export const createManual = operation({
  id: "createManualRecord",
  method: "post",
  path: "/nutrition_records/manual",
  tag: "Making records",
  summary: "Type a meal in",
  description:
    "The record is `completed` at once, and its webhook follows. It shows everything that was typed; it has no photo, no `analysis` and no Nutri-Score. A total that is left out is the sum over the ingredients, and stays unknown when one of them does not have it.\n\n`salt_g`, `salt_mg` and `sodium_g` are turned into `sodium_mg` (salt = sodium × 2.5); of several, the one nearest to `sodium_mg` counts.",
  security: "token",
  rate: "requests",
  headers: ["Idempotency-Key"],
  body: TYPED,
  responses: {
    201: {
      description: "The record.",
      headers: ["Location", "ETag", "Idempotent-Replayed"],
      content: json(recordSchema, { typed: { summary: "A typed record", value: SAMPLE_MANUAL_RECORD } }),
    },
  },
  problems: ["malformed_request", "invalid_request", ...KEY_PROBLEMS, "temporarily_unavailable"],
  /** A record typed by hand: complete at once, and announced like any other. */
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, typedContentSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const post = await acceptPost(c, manualCreation(c.var.deps.manual, c.var.caller, body.value));
    if (!post.ok) return respondWithProblem(c, post.error);
    const { accepted, key } = post.value;
    if (accepted.outcome === "replayed") return respond(c, accepted.response, true);
    const { record } = accepted;
    const response: FirstResponse = {
      status: 201,
      location: `${originOf(c)}/nutrition_records/${record.id}`,
      etag: entityTag(record),
      body: JSON.stringify(presentRecord(record)),
    };
    return respondCreated(c, key, record.id, response, accepted.outcome === "resumed");
  },
});

export const replaceRecord = operation({
  id: "replaceRecord",
  method: "put",
  path: "/nutrition_records/{id}",
  tag: "Changing records",
  summary: "Replace what a record says",
  description:
    "Takes what `POST /nutrition_records/manual` takes. The id, the photo and `uploaded_at` stay, and so do `consumed_at` and `metadata` when they are left out; `input_type` becomes `manual`, and the analysis goes. A record that is complete or has failed can be replaced; one that was canceled stays so, and its meal is typed in as a record of its own.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  headers: ["If-Match"],
  body: TYPED,
  responses: {
    200: {
      description: "The record with its new content.",
      headers: ["ETag"],
      content: json(recordSchema, {
        replaced: { summary: "A replaced record", value: { ...SAMPLE_MANUAL_RECORD, status: "updated" } },
      }),
    },
  },
  problems: CHANGE_PROBLEMS,
  /** Replaces what a complete record says. Its id, its photo and the time of its upload stay. */
  handler: (c) =>
    answerChange(c, async () => {
      const body = await parseJsonBody(c.req.raw, typedContentSchema);
      if (!body.ok) return body;
      const { consumed_at: consumedAt, metadata } = body.value;
      return ok({
        kind: "content",
        content: typedContent(body.value),
        ...(consumedAt !== undefined && { consumedAt: Date.parse(consumedAt) }),
        ...(metadata !== undefined && { metadata }),
      });
    }),
});
