import { z } from "zod";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_ACCEPTED, SAMPLE_LABEL, SAMPLE_PHOTO, SAMPLE_REFUSED_LABEL } from "../../openapi/samples.ts";
import { labelReadingSchema, uploadResponseSchema } from "../../records/responses.ts";
import { presentLabel, presentLabelFacts } from "../../records/present.ts";
import { labelRequestSchema } from "../../records/upload-options.ts";
import { readLabelFacts } from "../../intake/read-label-facts.ts";
import { readUpload } from "../../intake/read-upload.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { SECOND_MS } from "../../time.ts";
import { acceptUpload, PHOTO_PROBLEMS, photoBodies } from "./uploads.ts";

export const uploadLabel = operation({
  id: "uploadLabel",
  method: "post",
  path: "/nutrition_records/ingredients/label",
  tag: "Creating records",
  summary: "Read a nutrition label",
  description:
    "The photo is sent like that of a meal. It should be flat and sharp, with the label filling the frame. Supported are labels of the US and Canada, the EU and the UK, Australia and New Zealand, Japan, China, Brazil and India, per serving or per 100 g or ml. A label whose energy is inconsistent with its fat, carbohydrate and protein is rejected rather than guessed at, and the response says so.\n\nThe response waits for the label to be read, and nothing is stored. With `create_record`, it also becomes a record, of one serving consumed at `consumed_at`: it has a webhook, appears in lists, counts in the day's summary, and can be changed or deleted; an `Idempotency-Key` applies to records only. With `wait_on_process: false` it becomes a record, too, and is `pending` at first, like a meal.",
  security: "token",
  rate: "uploads",
  query: labelRequestSchema,
  headers: ["Idempotency-Key", "Prefer"],
  body: photoBodies(labelRequestSchema, "Label", {
    photo: { summary: "A photo without options", value: { body: SAMPLE_PHOTO } },
    record: { summary: "As a record", value: { body: SAMPLE_PHOTO, create_record: true } },
    later: { summary: "Without waiting", value: { body: SAMPLE_PHOTO, wait_on_process: false } },
  }),
  responses: {
    200: {
      description: "The label as read, or why it could not be read: `status` is `completed` or `failed`.",
      headers: ["Location", "ETag", "Idempotent-Replayed", "Preference-Applied"],
      content: json(labelReadingSchema, {
        read: { summary: "A successfully read label", value: SAMPLE_LABEL },
        refused: { summary: "An inconsistent label", value: SAMPLE_REFUSED_LABEL },
      }),
    },
    202: {
      description:
        "Accepted, for a request that does not wait; or still being read when the wait timed out, and then without values.",
      headers: ["Location", "ETag", "Retry-After", "Idempotent-Replayed", "Preference-Applied"],
      content: json(z.union([uploadResponseSchema, labelReadingSchema]), {
        accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED },
      }),
    },
  },
  problems: PHOTO_PROBLEMS,
  handler: async (c) => {
    const upload = await readUpload(c.req.raw, "label");
    if (!upload.ok) return respondWithProblem(c, upload.error);
    if (upload.value.isRecord) return acceptUpload(c, upload.value, presentLabel);
    const { caller, deps } = c.var;
    const waitMs = upload.value.request.max_duration_seconds * SECOND_MS;
    const read = await readLabelFacts(deps.labelFacts, caller, upload.value, waitMs, (work) =>
      c.executionCtx.waitUntil(work),
    );
    if (!read.ok) return respondWithProblem(c, read.error);
    return c.json(presentLabelFacts(read.value), 200, { "cache-control": "no-store" });
  },
});
