import { encodeText, importKey } from "./hmac.ts";
import type { NutritionRecord } from "./types.ts";

/** Why a webhook cannot be trusted. */
export type WebhookRefusal =
  /** There is no usable signature. */
  | "missing_signature"
  /** A signature header is not what it should be. */
  | "malformed_signature"
  /** It was signed too long ago, or in the future: a replayed webhook, or a clock that is off. */
  | "timestamp_off"
  /** No key matches the signature: forged, altered, or signed with an unknown key. */
  | "wrong_signature"
  /** The body is not the raw text or bytes, or was read before. A parsed one cannot be verified. */
  | "body_not_raw"
  /** The signature is right, but this is no record. */
  | "malformed_body";

/** A genuine webhook, or why it is none. */
export type WebhookVerdict =
  | {
      ok: true;
      /** The `webhook-id`, the same on every attempt: deduplicate by it. Null without the Standard Webhooks headers. */
      eventId: string | null;
      record: NutritionRecord;
    }
  | { ok: false; reason: WebhookRefusal };

/** Headers as Fetch, Node, Express or a plain object have them. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A webhook as received. */
export interface ReceivedWebhook {
  headers: WebhookHeaders;
  /** The raw body: not parsed, not written again. */
  body: string | ArrayBuffer | ArrayBufferView;
}

export interface VerifyOptions {
  /** The maximum age of a signature, both ways. */
  toleranceSeconds?: number | undefined;
  /** Unix milliseconds. */
  now?: number | undefined;
  /**
   * Whether `x-body-signature` counts where the Standard Webhooks headers are missing, as with the service that Morsel
   * replaces. Morsel always sends them. That signature has no time: an attacker with one webhook can strip the other
   * headers and resend it forever.
   */
  acceptBodySignature?: boolean | undefined;
}

const DEFAULT_TOLERANCE_SECONDS = 300;
/** Two keys can be active; more entries than this are an attempt to waste CPU time. */
const MAX_SIGNATURES = 8;
const SHA256_BYTES = 32;

const refuse = (reason: WebhookRefusal): WebhookVerdict => ({ ok: false, reason });

/** A header's value; null when it is missing, empty or not one text. */
function headerOf(headers: WebhookHeaders, name: string): string | null {
  const value =
    typeof headers.get === "function"
      ? (headers as { get(name: string): string | null }).get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === "string" && value !== "" ? value : null;
}

/** The bytes of base64, if they are as many as a signature has. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

function decodeHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  return Uint8Array.from({ length: SHA256_BYTES }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

/** What is signed with what, whichever of the two forms it is. */
interface Claim {
  eventId: string | null;
  /** What precedes the body in the signed text. */
  prefix: string;
  signatures: Uint8Array<ArrayBuffer>[];
}

function readStandard(
  id: string | null,
  time: string | null,
  entries: string | null,
  nowMs: number,
  tolerance: number,
) {
  if (id === null || time === null || entries === null || !/^\d{1,12}$/.test(time)) return "malformed_signature";
  if (!(Math.abs(nowMs / 1000 - Number(time)) <= tolerance)) return "timestamp_off";
  const signatures = entries
    .split(" ", MAX_SIGNATURES)
    .map((entry) => (entry.startsWith("v1,") ? decodeBase64(entry.slice(3)) : null))
    .filter((signature) => signature !== null);
  return { eventId: id, prefix: `${id}.${time}.`, signatures };
}

/**
 * As soon as one of the Standard Webhooks headers is there, they must all hold; the other signature then counts for
 * nothing. Otherwise an attacker with an old webhook would only have to break them.
 */
function readClaim(headers: WebhookHeaders, options: VerifyOptions): Claim | WebhookRefusal {
  const { toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = Date.now(), acceptBodySignature = false } = options;
  const [id = null, time = null, entries = null] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
    (name) => headerOf(headers, name),
  );
  if (id !== null || time !== null || entries !== null) return readStandard(id, time, entries, now, toleranceSeconds);
  const bodySignature = acceptBodySignature ? headerOf(headers, "x-body-signature") : null;
  if (bodySignature === null) return "missing_signature";
  const signature = decodeHex(bodySignature);
  return signature === null ? "malformed_signature" : { eventId: null, prefix: "", signatures: [signature] };
}

/** The raw body in bytes; null when it is something else. */
async function readBody(received: Request | ReceivedWebhook): Promise<Uint8Array | null> {
  if ("arrayBuffer" in received && typeof received.arrayBuffer === "function") {
    return new Uint8Array(await received.arrayBuffer());
  }
  const { body } = received;
  if (typeof body === "string") return encodeText(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (!ArrayBuffer.isView(body)) return null;
  return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
}

/** `crypto.subtle.verify` takes as long for a wrong signature as for a right one. */
async function isSigned({ prefix, signatures }: Claim, body: Uint8Array, keys: readonly string[]) {
  const head = encodeText(prefix);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);
  for (const key of keys) {
    const imported = await importKey(key, "verify");
    for (const signature of signatures) {
      if (await crypto.subtle.verify("HMAC", imported, signature, signed)) return true;
    }
  }
  return false;
}

function parseRecord(body: Uint8Array): NutritionRecord | null {
  try {
    const value = JSON.parse(new TextDecoder().decode(body)) as Partial<NutritionRecord> | null;
    const isRecord = typeof value?.record_id === "string" && typeof value.status === "string";
    return isRecord ? (value as NutritionRecord) : null;
  } catch {
    return null;
  }
}

async function judge(received: Request | ReceivedWebhook, keys: readonly string[], options: VerifyOptions) {
  const claim = readClaim(received.headers, options);
  if (typeof claim === "string") return refuse(claim);
  const body = await readBody(received);
  if (body === null) return refuse("body_not_raw");
  if (!(await isSigned(claim, body, keys))) return refuse("wrong_signature");
  const record = parseRecord(body);
  return record === null ? refuse("malformed_body") : { ok: true as const, eventId: claim.eventId, record };
}

/**
 * Whether a webhook is genuine, and what it says. No input makes it throw; a missing or empty key does, because anyone
 * could sign with that.
 * @param received A Fetch `Request`, whose body is read, or headers and the raw body.
 * @param keys The application's webhook signature key, as text; several during a rotation. One of them must have
 * signed.
 */
export async function verifyWebhook(
  received: Request | ReceivedWebhook,
  keys: string | readonly string[],
  options: VerifyOptions = {},
): Promise<WebhookVerdict> {
  const all = typeof keys === "string" ? [keys] : keys;
  if (!Array.isArray(all) || all.length === 0 || all.some((key) => typeof key !== "string" || key === "")) {
    throw new TypeError("verifyWebhook needs the webhook signature key of your application.");
  }
  try {
    return await judge(received, all, options);
  } catch {
    // Only a body that is interrupted, or was already consumed, gets here.
    return refuse("body_not_raw");
  }
}
