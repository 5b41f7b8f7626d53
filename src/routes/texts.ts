import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { acceptText, textRequestSchema } from "../intake/accept-text.ts";
import { json, operation } from "../openapi/operation.ts";
import { SAMPLE_ACCEPTED } from "../openapi/samples.ts";
import { uploadAnswerSchema } from "../records/answers.ts";
import { presentUpload } from "../records/present.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { parseJsonBody } from "./json-body.ts";
import { POLL_AGAIN_SECONDS } from "./owned-record.ts";

export const textRoutes = new Hono<AppEnv>();

export const uploadText = operation({
  id: "uploadText",
  method: "post",
  path: "/nutrition_records/text",
  tag: "Making records",
  summary: "Analyse a sentence",
  description:
    "Takes the same way as a photo, with the same options: the record is `pending` at once, and becomes `completed` or `failed`. Amounts may be weights, volumes, pieces or household measures; where none is named, a usual portion is meant.",
  security: "token",
  body: json(textRequestSchema, {
    breakfast: {
      summary: "A breakfast",
      value: { text: "two eggs and a slice of toast with butter", include_ingredients: true },
    },
  }),
  answers: {
    202: {
      description: "Accepted. The text is stored and its analysis is queued.",
      headers: ["Location", "Retry-After"],
      content: json(uploadAnswerSchema, { accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED } }),
    },
  },
  problems: ["malformed_request", "invalid_request", "temporarily_unavailable"],
});

textRoutes.post("/text", async (c) => {
  const body = await parseJsonBody(c.req.raw, textRequestSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const accepted = await acceptText(c.var.deps.accept, c.var.caller, body.value);
  if (!accepted.ok) return respondWithProblem(c, accepted.error);
  return c.json(presentUpload(accepted.value), 202, {
    location: `${originOf(c)}/nutrition_records/${accepted.value.id}`,
    "retry-after": POLL_AGAIN_SECONDS,
    "cache-control": "no-store",
  });
});
