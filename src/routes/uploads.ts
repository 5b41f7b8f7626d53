import { Hono, type Context } from "hono";
import { z } from "zod";
import { SAFETY_NET_SECONDS } from "../analysis/analyse-now.ts";
import type { AppEnv } from "../app-env.ts";
import type { FirstAnswer } from "../intake/idempotency.ts";
import { photoCreation, type UploadManner } from "../intake/photo-creation.ts";
import { imagePartSchema, jsonPhotoSchema, readUpload } from "../intake/read-upload.ts";
import { json, operation, type Content } from "../openapi/operation.ts";
import { SAMPLE_ACCEPTED, SAMPLE_PHOTO, SAMPLE_RECORD } from "../openapi/samples.ts";
import { recordSchema, uploadAnswerSchema } from "../records/answers.ts";
import { presentRecord, presentUpload } from "../records/present.ts";
import type { NutritionRecord } from "../records/record.ts";
import { isFinal } from "../records/transitions.ts";
import { uploadRequestSchema, type UploadRequest } from "../records/upload-options.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { respondCreated } from "./keyed-post.ts";
import { parsePrefer, preferenceApplied } from "./prefer.ts";

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
  answers: {
    200: {
      description: "The finished record, `completed` or `failed`, for a request that has waited for it.",
      headers: ["Location", "Idempotent-Replayed", "Preference-Applied"],
      content: json(recordSchema, { completed: { summary: "A finished record", value: SAMPLE_RECORD } }),
    },
    202: {
      description:
        "Accepted. The photo is stored and its analysis is queued; or it is under way, when the request has waited in vain, and then this is the whole record as it stands.",
      headers: ["Location", "Retry-After", "Idempotent-Replayed", "Preference-Applied"],
      content: json(z.union([uploadAnswerSchema, recordSchema]), {
        accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED },
      }),
    },
  },
  problems: [
    "malformed_request",
    "idempotency_key_in_use",
    "length_required",
    "photo_too_large",
    "unsupported_content_type",
    "unsupported_format",
    "invalid_request",
    "invalid_dimensions",
    "damaged_photo",
    "photo_not_fetched",
    "idempotency_key_reused",
    "temporarily_unavailable",
  ],
});

/** The answer for a record: whole once it is final, and also before to a client that has waited for it. */
function answerFor(c: Context<AppEnv>, record: NutritionRecord, waited: boolean): FirstAnswer {
  const location = `${originOf(c)}/nutrition_records/${record.id}`;
  if (!waited) return { status: 202, location, body: JSON.stringify(presentUpload(record)) };
  return { status: isFinal(record.status) ? 200 : 202, location, body: JSON.stringify(presentRecord(record)) };
}

/** How long the client waits, seconds: as the option says, or else as its `Prefer` header does; null = not at all. */
function waitOf(c: Context<AppEnv>, request: UploadRequest): { seconds: number; isPreference: boolean } | null {
  if (request.wait_on_process) return { seconds: request.max_duration_seconds, isPreference: false };
  const { waitSeconds } = parsePrefer(c.req.header("prefer"));
  return waitSeconds === null ? null : { seconds: waitSeconds, isPreference: true };
}

/** How an upload is answered: at once, or by a client that waits after its request has done the analysis itself. */
function mannerOf(c: Context<AppEnv>, waitMs: number): UploadManner {
  if (waitMs === 0) {
    const answerLater = (record: NutritionRecord) => answerFor(c, record, false);
    return { delaySeconds: 0, waitMs, answer: (record) => Promise.resolve(answerLater(record)), answerLater };
  }
  return {
    delaySeconds: SAFETY_NET_SECONDS,
    waitMs,
    async answer(accepted) {
      const record = await c.var.deps.analyseNow(accepted, waitMs, (work) => c.executionCtx.waitUntil(work));
      return record === null ? answerFor(c, accepted, false) : answerFor(c, record, true);
    },
    answerLater: (record) => answerFor(c, record, true),
  };
}

async function upload(c: Context<AppEnv>): Promise<Response> {
  const read = await readUpload(c.req.raw);
  if (!read.ok) return respondWithProblem(c, read.error);
  const wait = waitOf(c, read.value.request);
  const manner = mannerOf(c, (wait?.seconds ?? 0) * 1000);
  const response = await respondCreated(c, photoCreation(c.var.deps.accept, c.var.caller, read.value, manner));
  if (wait?.isPreference === true && response.ok) {
    response.headers.set("preference-applied", preferenceApplied(wait.seconds));
  }
  return response;
}

uploadRoutes.post("/", upload);
uploadRoutes.post("/image", upload);
