import type { Failure } from "../records/record.ts";
import type { Postponement } from "../records/retry-schedule.ts";

/** An analysis that may succeed later. */
export type Postponed = Postponement;

/**
 * What a failed model call means for the record:
 * - `retry`: capacity, time-outs, network; the same call may succeed later;
 * - `quota_exhausted`: the account's daily allocation is spent, nothing helps before it resets;
 * - `photo_rejected`: the model cannot read this photo, and never will.
 */
export type ModelFailureKind = "retry" | "quota_exhausted" | "photo_rejected";

/** Workers AI's documented codes (developers.cloudflare.com/workers-ai/platform/errors); all others may pass. */
const KIND_BY_CODE: Record<string, ModelFailureKind | undefined> = {
  "3036": "quota_exhausted",
  "3003": "photo_rejected",
  "3006": "photo_rejected",
  "3010": "photo_rejected",
  "5004": "photo_rejected",
};

/** Classifies what `env.AI.run` threw; its messages begin with the code, as in `3040: Capacity temporarily exceeded`. */
export function classifyModelFailure(error: unknown): ModelFailureKind {
  const message = error instanceof Error ? error.message : "";
  const [, code = ""] = /\b(\d{4}):/.exec(message) ?? [];
  return KIND_BY_CODE[code] ?? "retry";
}

export const UNREADABLE = "The photo could not be read. Try another one, as JPEG, PNG or WebP.";
const QUOTA =
  "The daily allocation of the image models is used up. It resets at 00:00 UTC; upload the photo again then.";

/** What a failure that no repetition helps is told as. */
export function toFailure(kind: Exclude<ModelFailureKind, "retry">): Failure {
  switch (kind) {
    case "quota_exhausted":
      return { code: "analysis_unavailable", reason: QUOTA };
    case "photo_rejected":
      return { code: "image_unreadable", reason: UNREADABLE };
  }
}
