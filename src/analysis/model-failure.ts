import type { Failure } from "../records/record.ts";
import { nextHourUtc, type Trouble, type TroubleKind } from "./trouble.ts";

/** Why a model gave no output: it is failing, or it can never read this photo. */
export type ModelFailure = Trouble | { kind: "photo_rejected"; detail: string };
export type ModelFailureKind = ModelFailure["kind"];

/** When quotas reset, as the hour in UTC. */
const WORKERS_AI_RESET_HOUR = 0;
/** Midnight in California while summer time lasts: in winter it is an hour later. */
const GEMINI_RESET_HOUR = 7;

/** How a kind of failure is recognized, and how to fix it. `resetHour`: when a daily quota resets. */
interface Rule {
  kind: ModelFailureKind;
  /** After "The model … ", as a sentence. */
  says: string;
  resetHour?: number;
}

const rule = (kind: ModelFailureKind, says: string, resetHour?: number): Rule =>
  resetHour === undefined ? { kind, says } : { kind, says, resetHour };

const BUSY = rule("busy", "has no capacity right now; the call is retried automatically.");
const LATE = rule("busy", "timed out; the call is retried automatically.");
const RATE_LIMITED = rule("busy", "is over the account's rate limit; the call is retried automatically.");
const NO_MODEL = rule(
  "misconfigured",
  "does not exist, or does not support this task: correct the model's name in the settings (PRECISE_MODELS, FAST_MODELS, LABEL_MODELS, TEXT_MODELS).",
);
const NOT_ALLOWED = rule(
  "misconfigured",
  "is not available to this account: choose another model, or ask Cloudflare for access.",
);
const LICENSE = rule("misconfigured", "requires its license to be accepted first: do that once for the account.");
const PAID_PLAN = rule("misconfigured", "needs the Workers Paid plan: subscribe to it, or choose another model.");
const KEY_REFUSED = rule("misconfigured", "rejects the stored key: replace the key at the AI Gateway.");
const NO_GATEWAY = rule("misconfigured", "is called through an AI Gateway that does not exist: correct AI_GATEWAY.");
const NO_BILLING = rule(
  "misconfigured",
  "is not available under the account's billing: store a key, or choose another model.",
);
const DAY_SPENT = rule(
  "quota",
  "has used up the account's daily allocation, which resets at 00:00 UTC; Workers Paid lifts it.",
  WORKERS_AI_RESET_HOUR,
);
const CREDIT_SPENT = rule(
  "quota",
  "cannot be billed: the credits or the spend limit are exhausted; add credits or raise the limit.",
);
const REFUSED = rule("request_refused", "rejects the requests of this version of the program: deploy a newer one.");
const NO_ROOM = rule("request_refused", "ran out of output tokens: deploy a version that requests less.");
const OWN_KEY = rule("misconfigured", "does not accept the key: correct LOCAL_VLM_API_KEY.");
const OWN_MODEL = rule("misconfigured", "does not exist on that server: correct LOCAL_VLM_MODEL or LOCAL_VLM_URL.");
const NO_EYES = rule("misconfigured", "does not accept images: choose a vision model.");
const BAD_PICTURE = rule("photo_rejected", "cannot read the image.");

/** Codes of Workers AI and of the AI Gateway that mean one thing, whatever the text says. */
const BY_CODE: Readonly<Record<string, Rule>> = {
  // Workers AI: developers.cloudflare.com/workers-ai/platform/errors; 3021 and 3010 are not listed there, but are seen.
  3003: REFUSED,
  3006: REFUSED,
  3007: LATE,
  3008: LATE,
  3010: BAD_PICTURE,
  3021: RATE_LIMITED,
  3023: NOT_ALLOWED,
  3036: DAY_SPENT,
  3040: BUSY,
  3041: NOT_ALLOWED,
  3042: NO_MODEL,
  5004: REFUSED,
  5005: NO_MODEL,
  5006: REFUSED,
  5007: NO_MODEL,
  5016: LICENSE,
  5018: NOT_ALLOWED,
  5019: NO_MODEL,
  5035: PAID_PLAN,
  // AI Gateway: its error envelope.
  2001: NO_GATEWAY,
  2002: NO_ROOM,
  2009: KEY_REFUSED,
  2045: CREDIT_SPENT,
  2047: NO_BILLING,
  2049: CREDIT_SPENT,
  7000: NO_MODEL,
  7001: NO_MODEL,
  10000: KEY_REFUSED,
};

const RATE_LIMIT = /rate[ _-]?limit/i;

/**
 * Every provider describes an image that does not decode in words; size limits are not included, because those are
 * ours.
 */
const PICTURE_TEXT =
  /invalid_image|invalid_base64_image|image_parse_error|image_too_small|empty_image_file|unsupported_image_media_type|image_content_policy|unsupported image|(?:could not|unable to) process (?:input )?image|failed to (?:load|decode|read) (?:the )?image|(?:cannot|could not|can't|unable to) (?:decode|identify|read|load|open) (?:the )?image|(?:corrupt|corrupted|truncated|bad|broken) image|image (?:does not decode|is corrupt)|match the provided media type/i;

/** What llama.cpp says of a model without vision, with the status of an internal error. */
const NO_EYES_TEXT = /mmproj|image input is not supported/i;

/** What a self-hosted server lacks, as reported by `local-ai/chat-server.ts`. */
const OWN_SERVER: readonly (readonly [RegExp, Rule])[] = [
  [/LOCAL_VLM_API_KEY/, OWN_KEY],
  [/LOCAL_VLM_MODEL/, OWN_MODEL],
];

/** What providers say in words, looked at in this order. Codes 2021 and 7003 each mean several of these. */
const BY_TEXT: readonly (readonly [RegExp, Rule])[] = [
  [/per ?day/i, rule("quota", "has used up the provider's daily quota.", GEMINI_RESET_HOUR)],
  [/too many requests|overloaded|slow_down|per ?minute|resource_exhausted|capacity/i, RATE_LIMITED],
  [
    /insufficient[ _]?(?:quota|balance|credits?)|credit balance|spend[ _]?limit|billing_error|payment error|exceeded your current quota|usage_limit/i,
    CREDIT_SPENT,
  ],
  [/not available via unified billing|invalid user credentials/i, NO_BILLING],
  [
    /api[ _]?key|unauthori[sz]ed|authentication|permission[ _]?(?:denied|error)|invalid x-api-key|forbidden/i,
    KEY_REFUSED,
  ],
  [
    /model[ _]not[ _]found|no such model|not_found_error|model [^ ]{1,200} (?:is |was |could )?(?:not be found|not found|does not exist)/i,
    NO_MODEL,
  ],
  [/timed? ?out|no answer within|aborted/i, LATE],
  [
    /user input error|invalid_request_error|invalid_argument|unsupported_(?:value|parameter)|request_too_large/i,
    REFUSED,
  ],
];

/** Without addresses: the documentation that errors link to has "rate-limits" in its path. */
const withoutAddresses = (message: string): string => message.replaceAll(/https?:\/\/\S+/g, "");

/**
 * The code in an error of `env.AI.run` or of the gateway: `3040: …`, `AiError: 3040: …`, `… (5006)`, `AiError: … 5006`,
 * `"internalCode":2021`; null when there is none.
 */
function codeOf(message: string): string | null {
  const [, code = null] =
    /\b(\d{4,5}):/.exec(message) ??
    /"(?:internalCode|code)":\s*(\d{4,5})\b/.exec(message) ??
    /\((\d{4,5})\)/.exec(message) ??
    /\b(\d{4,5})$/.exec(message.trimEnd()) ??
    [];
  return code;
}

function ruleOf(message: string, code: string | null): Rule | null {
  if (RATE_LIMIT.test(message)) return RATE_LIMITED;
  if (PICTURE_TEXT.test(message)) return BAD_PICTURE;
  if (NO_EYES_TEXT.test(message)) return NO_EYES;
  const own = OWN_SERVER.find(([text]) => text.test(message))?.[1];
  if (own !== undefined) return own;
  const byCode = code === null ? undefined : BY_CODE[code];
  return byCode ?? BY_TEXT.find(([text]) => text.test(message))?.[1] ?? null;
}

const UNKNOWN = rule("busy", "failed for an unknown reason; the call is retried automatically.");

/** No useful error is longer; what follows may be a whole request. */
const MAX_MESSAGE_LENGTH = 2_000;

const MAX_EXCERPT_LENGTH = 200;

/** What an error says, for the log: its beginning, without anything that is as long as a key or an image. */
export const excerptOf = (error: unknown): string =>
  (error instanceof Error ? error.message.slice(0, MAX_MESSAGE_LENGTH) : typeof error)
    .replaceAll(/[\w+/=-]{20,}/g, "…")
    .slice(0, MAX_EXCERPT_LENGTH);

/** Classifies the error of a model call by its code and text. An unknown error is treated as transient. */
export function classifyModelFailure(error: unknown, model: string, now: number): ModelFailure {
  const thrown = error instanceof Error ? error.message.slice(0, MAX_MESSAGE_LENGTH) : "";
  const message = withoutAddresses(thrown);
  const code = codeOf(message);
  const { kind, says, resetHour } = ruleOf(message, code) ?? UNKNOWN;
  const detail = `The model ${model} ${says}${code === null ? "" : ` (${code})`}`;
  return resetHour === undefined || kind === "photo_rejected"
    ? { kind, detail }
    : { kind, detail, notBefore: nextHourUtc(now, resetHour) };
}

/** No model to call: the setting lists none that can do this. */
export const noModel = (setting: string): Trouble => ({
  kind: "misconfigured",
  detail: `No suitable model is configured: set one in ${setting}.`,
});

/**
 * The failure of several models that counts for the record: the one that passes soonest. A photo rejected by one model
 * outweighs failures that need an operator.
 */
const SOONEST: readonly ModelFailureKind[] = ["busy", "quota", "photo_rejected", "misconfigured", "request_refused"];

/** `failures` has at least one entry. */
export function soonestOf(failures: readonly [ModelFailure, ...ModelFailure[]]): ModelFailure {
  const kinds = new Set<TroubleKind | "photo_rejected">(failures.map(({ kind }) => kind));
  const kind = SOONEST.find((candidate) => kinds.has(candidate)) ?? failures[0].kind;
  const detail = [...new Set(failures.map((failure) => failure.detail))].join(" ");
  const resets = failures.flatMap((failure) =>
    failure.kind === kind && "notBefore" in failure && failure.notBefore !== undefined ? [failure.notBefore] : [],
  );
  const areAllDated = resets.length === failures.filter((failure) => failure.kind === kind).length;
  if (kind === "photo_rejected") return { kind, detail };
  return areAllDated ? { kind, detail, notBefore: Math.min(...resets) } : { kind, detail };
}

/** The failure of an unreadable image. */
export const UNREADABLE_FAILURE: Failure = {
  code: "image_unreadable",
  reason: "The photo could not be read. Try another one, as JPEG, PNG or WebP.",
};
