import { Hono, type Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { photoCreation } from "../intake/photo-creation.ts";
import { imagePartSchema, jsonPhotoSchema, readUpload } from "../intake/read-upload.ts";
import { json, operation, type Content } from "../openapi/operation.ts";
import { SAMPLE_PHOTO } from "../openapi/samples.ts";
import { uploadRequestSchema } from "../records/upload-options.ts";
import { respondWithProblem } from "../respond.ts";
import { KEY_PROBLEMS } from "./keyed-post.ts";
import { respondToUpload, UPLOAD_ANSWERS } from "./upload-answer.ts";

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
    "The photo is a JPEG, PNG or WebP, found by its own header, of at least 512×512 and at most 50 million pixels, in at most 7.5 MB (10 MB as base64). It comes as base64 or as an URL in JSON, as a part of a form, or as the raw body; raw bytes need `Content-Length`, and their options are query parameters.\n\nThe answer comes at once. It is a promise: from then on the record becomes `completed` or `failed`, whatever crashes. Wait for the webhook, or poll the record's status; or let the answer wait, with `wait_on_process` or with `Prefer: wait`. The webhook comes all the same.",
  security: "token",
  query: uploadRequestSchema,
  headers: ["Idempotency-Key", "Prefer"],
  body: {
    ...json(uploadRequestSchema.extend(jsonPhotoSchema.shape).meta({ id: "ImageUpload" }), {
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
  answers: UPLOAD_ANSWERS,
  problems: [
    "malformed_request",
    "length_required",
    "photo_too_large",
    "unsupported_content_type",
    "unsupported_format",
    "invalid_request",
    "invalid_dimensions",
    "damaged_photo",
    "photo_not_fetched",
    ...KEY_PROBLEMS,
    "temporarily_unavailable",
  ],
});

async function upload(c: Context<AppEnv>): Promise<Response> {
  const read = await readUpload(c.req.raw);
  if (!read.ok) return respondWithProblem(c, read.error);
  const { accept } = c.var.deps;
  return respondToUpload(c, read.value.request, (manner) => photoCreation(accept, c.var.caller, read.value, manner));
}

uploadRoutes.post("/", upload);
uploadRoutes.post("/image", upload);
