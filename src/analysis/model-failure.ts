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
