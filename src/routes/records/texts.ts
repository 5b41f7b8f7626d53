import { Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { textCreation, textRequestSchema } from "../../intake/accept-text.ts";
import { json, operation } from "../../openapi/operation.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { KEY_PROBLEMS } from "./keyed-post.ts";
import { respondToUpload, UPLOAD_ANSWERS } from "./upload-answer.ts";

export const textRoutes = new Hono<AppEnv>();

export const uploadText = operation({
  id: "uploadText",
  method: "post",
  path: "/nutrition_records/text",
  tag: "Creating records",
  summary: "Analyze a sentence",
  description:
    "Processed like a photo, with the same options: the record is `pending` at first, and becomes `completed` or `failed`. Amounts can be weights, volumes, pieces or household measures; if none is given, a typical portion is assumed.",
  security: "token",
  headers: ["Idempotency-Key", "Prefer"],
  body: json(textRequestSchema, {
    breakfast: {
      summary: "A breakfast",
      value: { text: "two eggs and a slice of toast with butter", include_ingredients: true },
    },
  }),
  answers: UPLOAD_ANSWERS,
  problems: ["malformed_request", "invalid_request", ...KEY_PROBLEMS, "temporarily_unavailable"],
});

textRoutes.post("/text", async (c) => {
  const body = await parseJsonBody(c.req.raw, textRequestSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const { accept } = c.var.deps;
  return respondToUpload(c, body.value, (manner) => textCreation(accept, c.var.caller, body.value, manner));
});
