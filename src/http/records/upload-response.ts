import type { Context } from "hono";
import { z } from "zod";
import { SAFETY_NET_SECONDS } from "../../analysis/analyze-now.ts";
import type { AppEnv } from "../app-env.ts";
import type { Accepted, FirstResponse } from "../../intake/idempotency.ts";
import type { UploadTiming } from "../../intake/upload-timing.ts";
import { json } from "../../openapi/operation.ts";
import type { Operation } from "../operation.ts";
import { SAMPLE_ACCEPTED, SAMPLE_RECORD } from "../../openapi/samples.ts";
import { recordSchema, uploadResponseSchema } from "../../records/responses.ts";
import { entityTag, presentUpload } from "../../records/present.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { isFinal } from "../../records/transitions.ts";
import type { UploadRequest } from "../../records/upload-options.ts";
import { originOf } from "../respond.ts";
import { respond, respondCreated, type AcceptedPost } from "./keyed-post.ts";
import { parsePrefer, preferenceApplied } from "../prefer.ts";

/** How an upload, of a photo or of words, succeeds. */
export const UPLOAD_RESPONSES: Operation["responses"] = {
  200: {
    description: "The finished record, `completed` or `failed`, for a request that waited for it.",
    headers: ["Location", "ETag", "Idempotent-Replayed", "Preference-Applied"],
    content: json(recordSchema, { completed: { summary: "A finished record", value: SAMPLE_RECORD } }),
  },
  202: {
    description:
      "Accepted. The analysis is queued or, if the wait timed out, still running, in which case this is the whole record in its current state.",
    headers: ["Location", "ETag", "Retry-After", "Idempotent-Replayed", "Preference-Applied"],
    content: json(z.union([uploadResponseSchema, recordSchema]), {
      accepted: { summary: "Accepted", value: SAMPLE_ACCEPTED },
    }),
  },
};

/** How long the client waits, seconds, and whether it said so in its `Prefer` header. */
interface Wait {
  seconds: number;
  isPreference: boolean;
}

/** How long the client waits: as the option says, or else as its `Prefer` header does; null = not at all. */
export function waitOf(c: Context<AppEnv>, request: UploadRequest): Wait | null {
  if (request.wait_on_process) return { seconds: request.max_duration_seconds, isPreference: false };
  const { waitSeconds } = parsePrefer(c.req.header("prefer"));
  return waitSeconds === null ? null : { seconds: waitSeconds, isPreference: true };
}

/** A request that waits does the analysis itself, and the wake-up call is its safety net. */
export function timingOf(wait: Wait | null): UploadTiming {
  const waitMs = (wait?.seconds ?? 0) * 1000;
  return { waitMs, delaySeconds: waitMs === 0 ? 0 : SAFETY_NET_SECONDS };
}

/** How a record is shown to a client that has waited for it. */
type Show = (record: NutritionRecord) => unknown;

/**
 * Responds to an upload that was accepted: at once, or after the client's wait. Who waits is shown the record as `show`
 * has it, finished or not; others that it is pending.
 */
export async function respondToUpload(
  c: Context<AppEnv>,
  { accepted, key }: AcceptedPost,
  wait: Wait | null,
  show: Show,
): Promise<Response> {
  const response =
    accepted.outcome === "replayed"
      ? respond(c, accepted.response, true)
      : await respondCreated(
          c,
          key,
          accepted.record.id,
          await firstResponse(c, accepted, wait, show),
          accepted.outcome === "resumed",
        );
  if (wait?.isPreference === true && response.ok) {
    response.headers.set("preference-applied", preferenceApplied(wait.seconds));
  }
  return response;
}

async function firstResponse(
  c: Context<AppEnv>,
  { outcome, record }: Extract<Accepted, { record: unknown }>,
  wait: Wait | null,
  show: Show,
): Promise<FirstResponse> {
  const location = `${originOf(c)}/nutrition_records/${record.id}`;
  const { waitMs } = timingOf(wait);
  const isAnalyzedHere = outcome === "created" && waitMs > 0;
  const now = isAnalyzedHere
    ? await c.var.deps.analyzeNow(record, waitMs, (work) => c.executionCtx.waitUntil(work))
    : record;
  if (waitMs === 0 || now === null) return { status: 202, location, body: JSON.stringify(presentUpload(record)) };
  const etag = entityTag(now);
  return { status: isFinal(now.status) ? 200 : 202, location, etag, body: JSON.stringify(show(now)) };
}
