import { presentRecord } from "../../records/present.ts";
import { textCreation, textRequestSchema } from "../../intake/accept-text.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { acceptPost, KEY_PROBLEMS } from "../../http/records/keyed-post.ts";
import { respondToUpload, timingOf, UPLOAD_RESPONSES, waitOf } from "../../http/records/upload-response.ts";

export const uploadText = operation({
  id: "uploadText",
  method: "post",
  path: "/nutrition_records/text",
  tag: "Creating records",
  summary: "Analyze a sentence",
  description:
    "Processed like a photo, with the same options: the record is `pending` at first, and becomes `completed` or `failed`. Amounts can be weights, volumes, pieces or household measures; if none is given, a typical portion is assumed.",
  security: "token",
  rate: "uploads",
  headers: ["Idempotency-Key", "Prefer"],
  body: json(textRequestSchema, {
    breakfast: {
      summary: "A breakfast",
      value: { text: "two eggs and a slice of toast with butter", include_ingredients: true },
    },
  }),
  responses: UPLOAD_RESPONSES,
  problems: ["malformed_request", "invalid_request", ...KEY_PROBLEMS, "temporarily_unavailable"],
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, textRequestSchema, { areBlanksUnset: true });
    if (!body.ok) return respondWithProblem(c, body.error);
    const wait = waitOf(c, body.value);
    const { deps, caller } = c.var;
    const post = await acceptPost(c, textCreation(deps.accept, caller, body.value, timingOf(wait)));
    return post.ok ? respondToUpload(c, post.value, wait, presentRecord) : respondWithProblem(c, post.error);
  },
});
