import type { Context } from "hono";
import { z } from "zod";
import { SAFETY_NET_SECONDS } from "../../analysis/analyse-now.ts";
import type { AppEnv } from "../../http/app-env.ts";
import type { Creation, FirstAnswer } from "../../intake/idempotency.ts";
import type { UploadManner } from "../../intake/upload-manner.ts";
import { json, type Operation } from "../../openapi/operation.ts";
import { SAMPLE_ACCEPTED, SAMPLE_RECORD } from "../../openapi/samples.ts";
import { recordSchema, uploadAnswerSchema } from "../../records/answers.ts";
import { presentRecord, presentUpload } from "../../records/present.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { isFinal } from "../../records/transitions.ts";
import type { UploadRequest } from "../../records/upload-options.ts";
import { originOf } from "../../http/respond.ts";
import { respondCreated } from "./keyed-post.ts";
import { parsePrefer, preferenceApplied } from "../../http/prefer.ts";

/** What an upload, of a photo or of words, is answered with. */
export const UPLOAD_ANSWERS: Operation["answers"] = {
  200: {
    description: "The finished record, `completed` or `failed`, for a request that waited for it.",
    headers: ["Location", "Idempotent-Replayed", "Preference-Applied"],
    content: json(recordSchema, { completed: { summary: "A finished record", value: SAMPLE_RECORD } }),
  },
  202: {
    description:
      "Accepted. The analysis is queued or, if the wait timed out, still running, in which case this is the whole record in its current state.",
    headers: ["Location", "Retry-After", "Idempotent-Replayed", "Preference-Applied"],
    content: json(z.union([uploadAnswerSchema, recordSchema]), {
      accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED },
    }),
  },
};

/** How a record is shown to a client that has waited for it. */
type Show = (record: NutritionRecord) => unknown;

/** The answer for a record: shown once it is final, and also before to a client that has waited for it. */
function answerFor(c: Context<AppEnv>, record: NutritionRecord, show: Show | null): FirstAnswer {
  const location = `${originOf(c)}/nutrition_records/${record.id}`;
  if (show === null) return { status: 202, location, body: JSON.stringify(presentUpload(record)) };
  return { status: isFinal(record.status) ? 200 : 202, location, body: JSON.stringify(show(record)) };
}

/** How long the client waits, seconds: as the option says, or else as its `Prefer` header does; null = not at all. */
function waitOf(c: Context<AppEnv>, request: UploadRequest): { seconds: number; isPreference: boolean } | null {
  if (request.wait_on_process) return { seconds: request.max_duration_seconds, isPreference: false };
  const { waitSeconds } = parsePrefer(c.req.header("prefer"));
  return waitSeconds === null ? null : { seconds: waitSeconds, isPreference: true };
}

/** How an upload is answered: at once, or by a client that waits after its request has done the analysis itself. */
function mannerOf(c: Context<AppEnv>, waitMs: number, show: Show): UploadManner {
  if (waitMs === 0) {
    const answerLater = (record: NutritionRecord) => answerFor(c, record, null);
    return { delaySeconds: 0, waitMs, answer: (record) => Promise.resolve(answerLater(record)), answerLater };
  }
  return {
    delaySeconds: SAFETY_NET_SECONDS,
    waitMs,
    async answer(accepted) {
      const record = await c.var.deps.analyseNow(accepted, waitMs, (work) => c.executionCtx.waitUntil(work));
      return record === null ? answerFor(c, accepted, null) : answerFor(c, record, show);
    },
    answerLater: (record) => answerFor(c, record, show),
  };
}

/**
 * Answers an upload whose options are `request`: once for each Idempotency-Key, and after a wait if it asks for one. Who
 * waits is shown the record whole, or as `show` has it.
 */
export async function respondToUpload(
  c: Context<AppEnv>,
  request: UploadRequest,
  creationFor: (manner: UploadManner) => Creation,
  show: Show = presentRecord,
): Promise<Response> {
  const wait = waitOf(c, request);
  const response = await respondCreated(c, creationFor(mannerOf(c, (wait?.seconds ?? 0) * 1000, show)));
  if (wait?.isPreference === true && response.ok) {
    response.headers.set("preference-applied", preferenceApplied(wait.seconds));
  }
  return response;
}
