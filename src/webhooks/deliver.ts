import { OUTBOUND_REFUSALS, type AllowedUrl, type AllowUrl, type OutboundRefusal } from "../outbound/outbound.ts";
import type { Result } from "../result.ts";
import type { AttemptOutcome, AttemptRequest } from "./outbox.ts";
import { signWebhook } from "./signature.ts";
import { ATTEMPT_TIMEOUT_MS } from "../bounds.ts";

/** No more of a response is read than this … */
const MAX_READ_BYTES = 64 * 1024;
/** … and no more of it is kept. */
const MAX_KEPT_BYTES = 1024;
const USER_AGENT = "Morsel/0.1";

/** What an attempt is made of. `keys` are the live ones, newest first. */
export interface UnsignedAttempt {
  url: string;
  keys: readonly [string, ...string[]];
  eventId: string;
  body: string;
  number: number;
}

/**
 * An attempt that only has to be sent: its URL judged, its request signed for `startedAt` (Unix milliseconds). Making
 * one awaits other parties, so the sender first checks whether it is still wanted.
 */
export interface PreparedAttempt {
  request: AttemptRequest;
  body: string;
  startedAt: number;
  allowed: Result<AllowedUrl, OutboundRefusal>;
}

export interface DeliveryPorts {
  /** Judges the URL before every attempt, see `outbound.ts`. */
  allowUrl: AllowUrl;
  now: () => number;
  /** How long an endpoint may take, milliseconds; `ATTEMPT_TIMEOUT_MS` if omitted. */
  timeoutMs?: number;
  /** Breaks off an attempt that is no longer wanted. */
  signal?: AbortSignal;
}

/** Judges the URL, then signs the request for the time at which it is about to go out. */
export async function prepareAttempt(
  { url, keys, eventId, body, number }: UnsignedAttempt,
  ports: DeliveryPorts,
): Promise<PreparedAttempt> {
  const allowed = await ports.allowUrl(url);
  const startedAt = ports.now();
  const signature = await signWebhook({ keys, eventId, timestamp: Math.floor(startedAt / 1000), body });
  const headers = {
    "content-type": "application/json",
    "user-agent": USER_AGENT,
    "x-webhook-attempt": String(number),
    ...signature,
  };
  return { request: { url, headers }, body, startedAt, allowed };
}

/**
 * The beginning of a response, of which at most `MAX_READ_BYTES` are read, so that the connection can be reused. An
 * answer that breaks off, or drips until the time is up, is kept as far as it came: its status has already said what it
 * says.
 */
async function readExcerpt(response: Response): Promise<string | null> {
  if (response.body === null) return null;
  const kept: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  try {
    while (read < MAX_READ_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      if (read < MAX_KEPT_BYTES) kept.push(Uint8Array.from(value.subarray(0, MAX_KEPT_BYTES - read)));
      read += value.length;
    }
    if (read >= MAX_READ_BYTES) await reader.cancel();
  } catch {
    // Nothing more will come.
  }
  return new TextDecoder().decode(await new Blob(kept).arrayBuffer());
}

/** `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

const noResponse = (error: string, finishedAt: number): AttemptOutcome => ({
  httpStatus: null,
  error,
  responseExcerpt: null,
  retryAfterMs: null,
  finishedAt,
});

/**
 * Makes one POST, which leaves in the turn of this call. Whatever goes wrong outside is an outcome, never a throw; so
 * is a URL that the rules refuse.
 */
export async function sendAttempt(
  { request, body, allowed }: PreparedAttempt,
  ports: DeliveryPorts,
): Promise<AttemptOutcome> {
  if (!allowed.ok) {
    const refused = noResponse(`refused: the URL ${OUTBOUND_REFUSALS[allowed.error]}`, ports.now());
    return allowed.error === "resolver_unavailable" ? { ...refused, isOurFault: true } : refused;
  }
  // Not `AbortSignal.timeout`: its timer cannot be cleared, and would keep the object awake (and paid for) to its end.
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), ports.timeoutMs ?? ATTEMPT_TIMEOUT_MS);
  const signal = ports.signal === undefined ? timeout.signal : AbortSignal.any([timeout.signal, ports.signal]);
  try {
    const { headers } = request;
    const response = await allowed.value.call({ method: "POST", body, signal, headers });
    const responseExcerpt = await readExcerpt(response);
    const finishedAt = ports.now();
    return {
      httpStatus: response.status,
      error: null,
      responseExcerpt,
      retryAfterMs: retryAfterMs(response.headers.get("retry-after"), finishedAt),
      finishedAt,
    };
  } catch {
    if (ports.signal?.aborted === true) return { ...noResponse("withdrawn", ports.now()), isOurFault: true };
    return noResponse(timeout.signal.aborted ? "timed_out" : "connection_failed", ports.now());
  } finally {
    clearTimeout(timer);
  }
}
