import { Hono, type Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { acceptPhoto } from "../intake/accept-photo.ts";
import { base64PhotoSchema, imagePartSchema, readUpload } from "../intake/read-upload.ts";
import { json, operation, type Content } from "../openapi/operation.ts";
import { SAMPLE_ACCEPTED, SAMPLE_PHOTO } from "../openapi/samples.ts";
import { uploadAnswerSchema } from "../records/answers.ts";
import { presentUpload } from "../records/present.ts";
import { uploadRequestSchema } from "../records/upload-options.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { POLL_AGAIN_SECONDS } from "./owned-record.ts";

export const uploadRoutes = new Hono<AppEnv>();

/** A photo as the whole body; its options are query parameters. */
const RAW: Content = {};

export const uploadImage = operation({
  id: "uploadImage",
  method: "post",
  path: "/nutrition_records/image",
  aliases: ["/nutrition_records"],
  tag: "Making records",
  summary: "Analyse a photo",
  description:
    "The photo is a JPEG, PNG or WebP, found by its own header, of at least 512×512 and at most 50 million pixels, in at most 7.5 MB (10 MB as base64). It comes as base64 in JSON, as a part of a form, or as the raw body; raw bytes need `Content-Length`, and their options are query parameters.\n\nThe answer comes at once. It is a promise: from then on the record becomes `completed` or `failed`, whatever crashes. Wait for the webhook, or poll the record's status.",
  security: "token",
  query: uploadRequestSchema,
  body: {
    ...json(uploadRequestSchema.extend(base64PhotoSchema.shape).meta({ id: "ImageUpload" }), {
      photo: { summary: "A photo alone", value: { body: SAMPLE_PHOTO } },
      options: {
        summary: "A photo with options",
        value: {
          body: `data:image/png;base64,${SAMPLE_PHOTO}`,
          consumed_at: "2026-11-23T08:15:00Z",
          include_ingredients: true,
          include_nutrition_fields: ["energy_kcal", "protein_g", "sodium_mg"],
          metadata: { meal: "breakfast" },
        },
      },
    }),
    "multipart/form-data": { schema: uploadRequestSchema.extend(imagePartSchema.shape).meta({ id: "ImageForm" }) },
    "image/jpeg": RAW,
    "image/png": RAW,
    "image/webp": RAW,
  },
  answers: {
    202: {
      description: "Accepted. The photo is stored and its analysis is queued.",
      headers: ["Location", "Retry-After"],
      content: json(uploadAnswerSchema, { accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED } }),
    },
  },
  problems: [
    "malformed_request",
    "length_required",
    "photo_too_large",
    "unsupported_content_type",
    "unsupported_format",
    "invalid_request",
    "invalid_dimensions",
    "damaged_photo",
    "temporarily_unavailable",
  ],
});

async function upload(c: Context<AppEnv>): Promise<Response> {
  const read = await readUpload(c.req.raw);
  if (!read.ok) return respondWithProblem(c, read.error);
  const accepted = await acceptPhoto(c.var.deps.accept, c.var.caller, read.value);
  if (!accepted.ok) return respondWithProblem(c, accepted.error);
  return c.json(presentUpload(accepted.value), 202, {
    location: `${originOf(c)}/nutrition_records/${accepted.value.id}`,
    "retry-after": POLL_AGAIN_SECONDS,
    "cache-control": "no-store",
  });
}

uploadRoutes.post("/", upload);
uploadRoutes.post("/image", upload);
