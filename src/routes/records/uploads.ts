import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { photoCreation } from "../../intake/photo-creation.ts";
import { imagePartSchema, jsonPhotoSchema, readUpload, type Upload } from "../../intake/read-upload.ts";
import { json, type Content, type Example } from "../../openapi/operation.ts";
import { operation, type Operation } from "../../http/operation.ts";
import { SAMPLE_PHOTO } from "../../openapi/samples.ts";
import { presentRecord } from "../../records/present.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { uploadRequestSchema, type labelRequestSchema } from "../../records/upload-options.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { acceptPost, KEY_PROBLEMS } from "../../http/records/keyed-post.ts";
import { respondToUpload, timingOf, UPLOAD_RESPONSES, waitOf } from "../../http/records/upload-response.ts";
import { MAX_BASE64_LENGTH, MAX_PHOTO_BYTES, MAX_PIXELS, MIN_SIDE_PIXELS, megabytes, millions } from "../../bounds.ts";

/** A photo as the whole body; its options are query parameters. */
const RAW: Content = {};

/** The forms that a photo comes in beside its options, `name` telling what it is of. */
export const photoBodies = (
  options: typeof uploadRequestSchema | typeof labelRequestSchema,
  name: "Image" | "Label",
  examples: Readonly<Record<string, Example>>,
): NonNullable<Operation["body"]> => ({
  ...json(options.extend(jsonPhotoSchema.shape).meta({ id: `${name}Upload` }), examples),
  "multipart/form-data": { schema: options.extend(imagePartSchema.shape).meta({ id: `${name}Form` }) },
  "image/jpeg": RAW,
  "image/png": RAW,
  "image/webp": RAW,
});

/** What an upload of a photo may meet. */
export const PHOTO_PROBLEMS = [
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
] as const;

export const uploadImage = operation({
  id: "uploadImage",
  method: "post",
  path: "/nutrition_records/image",
  aliases: ["/nutrition_records"],
  tag: "Creating records",
  summary: "Analyze a photo",
  description: `The photo is a JPEG, PNG or WebP, detected from its own header, of at least ${MIN_SIDE_PIXELS}×${MIN_SIDE_PIXELS} and at most ${millions(MAX_PIXELS)} pixels, in at most ${megabytes(MAX_PHOTO_BYTES)} (${megabytes(MAX_BASE64_LENGTH)} as base64). Send it as base64 or as a URL in JSON, as a form part, or as the raw body; raw bytes require \`Content-Length\`, and their options are query parameters.\n\nThe response is immediate. Once it is sent, the record is guaranteed to become \`completed\` or \`failed\`, whatever crashes. Wait for the webhook, or poll the record's status; or have the response wait, with \`wait_on_process\` or \`Prefer: wait\`. The webhook is sent either way.`,
  security: "token",
  rate: "uploads",
  query: uploadRequestSchema,
  headers: ["Idempotency-Key", "Prefer"],
  body: photoBodies(uploadRequestSchema, "Image", {
    photo: { summary: "A photo without options", value: { body: SAMPLE_PHOTO } },
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
  responses: UPLOAD_RESPONSES,
  problems: PHOTO_PROBLEMS,
  handler: async (c) => {
    const upload = await readUpload(c.req.raw, "image");
    return upload.ok ? acceptUpload(c, upload.value, presentRecord) : respondWithProblem(c, upload.error);
  },
});

/** Accepts a photo; a client that waits is shown its record as `show` presents it. */
export async function acceptUpload(
  c: Context<AppEnv>,
  upload: Upload,
  show: (record: NutritionRecord) => unknown,
): Promise<Response> {
  const wait = waitOf(c, upload.request);
  const { deps, caller } = c.var;
  const post = await acceptPost(c, photoCreation(deps.accept, caller, upload, timingOf(wait)));
  return post.ok ? respondToUpload(c, post.value, wait, show) : respondWithProblem(c, post.error);
}
