import type { FirstResponse } from "../../intake/idempotency.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_MANUAL, SAMPLE_MANUAL_RECORD } from "../../openapi/samples.ts";
import { recordPathSchema, recordSchema } from "../../records/responses.ts";
import { manualCreation } from "../../intake/manual-record.ts";
import { entityTag, presentRecord } from "../../records/present.ts";
import { typedContent, typedContentSchema } from "../../records/changes/typed-content.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { ok } from "../../result.ts";
import { respondWithChange, CHANGE_PROBLEMS } from "../../http/records/change-response.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { acceptPost, KEY_PROBLEMS, respond, respondCreated } from "../../http/records/keyed-post.ts";

const TYPED = json(typedContentSchema, {
  soup: { summary: "A dish", value: SAMPLE_MANUAL },
  breakfast: {
    summary: "A dish with its ingredients and totals derived from them",
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
  tag: "Creating records",
  summary: "Enter a meal manually",
  description:
    "The record is `completed` immediately, and its webhook follows. It contains everything that was entered; it has no photo, no `analysis` and no Nutri-Score. An omitted total is the sum over the ingredients, and is unknown if one of them lacks it.\n\n`salt_g`, `salt_mg` and `sodium_g` are converted to `sodium_mg` (salt = sodium × 2.5); if several are given, the one nearest to `sodium_mg` is used.",
  security: "token",
  rate: "uploads",
  headers: ["Idempotency-Key"],
  body: TYPED,
  responses: {
    201: {
      description: "The record.",
      headers: ["Location", "ETag", "Idempotent-Replayed"],
      content: json(recordSchema, { typed: { summary: "A manually entered record", value: SAMPLE_MANUAL_RECORD } }),
    },
  },
  problems: ["malformed_request", "invalid_request", ...KEY_PROBLEMS, "temporarily_unavailable"],
  /** A record typed by hand: complete at once, and announced like any other. */
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, typedContentSchema, { areBlanksUnset: true });
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
  summary: "Replace a record's content",
  description:
    "Accepts the same body as `POST /nutrition_records/manual`. The id, the photo and `uploaded_at` are kept, and so are `consumed_at` and `metadata` if omitted; `input_type` becomes `manual`, and the analysis is removed. A completed or failed record can be replaced; a canceled record stays canceled, and its meal is entered as a new record.",
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
    respondWithChange(c, async () => {
      const body = await parseJsonBody(c.req.raw, typedContentSchema, { areBlanksUnset: true });
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
