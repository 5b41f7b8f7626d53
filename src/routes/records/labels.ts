import { z } from "zod";
import { photoCreation } from "../../intake/photo-creation.ts";
import { readUpload } from "../../intake/read-upload.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_ACCEPTED, SAMPLE_LABEL, SAMPLE_PHOTO, SAMPLE_REFUSED_LABEL } from "../../openapi/samples.ts";
import { labelAnswerSchema, uploadAnswerSchema } from "../../records/answers.ts";
import { presentLabel } from "../../records/present.ts";
import { labelRequestSchema } from "../../records/upload-options.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { acceptPost } from "../../http/records/keyed-post.ts";
import { respondToUpload, timingOf, waitOf } from "../../http/records/upload-response.ts";
import { PHOTO_PROBLEMS, photoBodies } from "./uploads.ts";

export const uploadLabel = operation({
  id: "uploadLabel",
  method: "post",
  path: "/nutrition_records/ingredients/label",
  tag: "Making records",
  summary: "Read a nutrition label",
  description:
    "The photo comes as that of a meal does, best flat, sharp and filled by the label: tables of the US and Canada, the EU and the UK, Australia and New Zealand, Japan, China, Brazil and India, per serving or per 100 g or ml. A label whose energy does not agree with its fat, carbohydrate and protein is refused rather than guessed at, and the answer says so.\n\nThe answer waits for the label to be read. It is a record all the same, of one serving eaten at `consumed_at`: it has its webhook, is found in lists, counts in the day's summary, and can be changed or deleted. With `wait_on_process: false` it is `pending` at once, like a meal.",
  security: "token",
  rate: "uploads",
  query: labelRequestSchema,
  headers: ["Idempotency-Key", "Prefer"],
  body: photoBodies(labelRequestSchema, "Label", {
    photo: { summary: "A photo alone", value: { body: SAMPLE_PHOTO } },
    later: { summary: "As a record to follow", value: { body: SAMPLE_PHOTO, wait_on_process: false } },
  }),
  responses: {
    200: {
      description: "The label as it was read, or why it could not be: `status` is `completed` or `failed`.",
      headers: ["Location", "Idempotent-Replayed", "Preference-Applied"],
      content: json(labelAnswerSchema, {
        read: { summary: "A label that was read", value: SAMPLE_LABEL },
        refused: { summary: "One that contradicts itself", value: SAMPLE_REFUSED_LABEL },
      }),
    },
    202: {
      description:
        "Accepted, for a request that does not wait; or still being read, when it has waited in vain, and then without values.",
      headers: ["Location", "Retry-After", "Idempotent-Replayed", "Preference-Applied"],
      content: json(z.union([uploadAnswerSchema, labelAnswerSchema]), {
        accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED },
      }),
    },
  },
  problems: PHOTO_PROBLEMS,
  handler: async (c) => {
    const read = await readUpload(c.req.raw, "label");
    if (!read.ok) return respondWithProblem(c, read.error);
    const wait = waitOf(c, read.value.request);
    const { deps, caller } = c.var;
    const post = await acceptPost(c, photoCreation(deps.accept, caller, read.value, timingOf(wait)));
    return post.ok ? respondToUpload(c, post.value, wait, presentLabel) : respondWithProblem(c, post.error);
  },
});
