import { OUTBOUND_REFUSALS, type OutboundFetch } from "../outbound/outbound.ts";
import type { AttemptOutcome, AttemptRequest } from "./outbox.ts";
import { signWebhook } from "./signature.ts";

/** An endpoint has this long to answer an attempt. */
const TIMEOUT_MS = 15_000;
/** No more of an answer is read than this … */
const MAX_READ_BYTES = 64 * 1024;
/** … and no more of it is kept. */
const MAX_KEPT_BYTES = 1024;
const USER_AGENT = "Morsel/0.1";

/** One attempt before it is signed. `keys` are the live ones, newest first; `startedAt` is in Unix milliseconds. */
export interface UnsignedAttempt {
  url: string;
  keys: readonly [string, ...string[]];
  eventId: string;
  body: string;
  number: number;
  startedAt: number;
}

export interface DeliveryPorts {
  /** Judges the URL before every attempt, see `outbound.ts`; it never follows a redirect. */
  fetch: OutboundFetch;
  now: () => number;
  /** How long an endpoint may take, milliseconds; the contract's 15 s when left out. */
  timeoutMs?: number;
}

/** The request of one attempt, signed for its time. */
export async function signAttempt(attempt: UnsignedAttempt): Promise<AttemptRequest> {
  const { url, keys, eventId, body, number, startedAt } = attempt;
  const signature = await signWebhook({ keys, eventId, timestamp: Math.floor(startedAt / 1000), body });
  return {
    url,
    headers: {
      "content-type": "application/json",
      "user-agent": USER_AGENT,
      "x-webhook-attempt": String(number),
      ...signature,
    },
  };
}

/**
 * The beginning of an answer, of which at most `MAX_READ_BYTES` are read, so that the connection can be reused. An answer
 * that breaks off, or drips until the time is up, is kept as far as it came: its status has already said what it says.
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

const noAnswer = (error: string, finishedAt: number): AttemptOutcome => ({
  httpStatus: null,
  error,
  responseExcerpt: null,
  retryAfterMs: null,
  finishedAt,
});

/** Makes one POST. Whatever goes wrong outside is an outcome, never a throw; so is a URL that the rules refuse. */
export async function deliver(request: AttemptRequest, body: string, ports: DeliveryPorts): Promise<AttemptOutcome> {
  // Not `AbortSignal.timeout`: its timer cannot be cleared, and would keep the object awake (and paid for) to its end.
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), ports.timeoutMs ?? TIMEOUT_MS);
  try {
    const { url, headers } = request;
    const answer = await ports.fetch(url, { method: "POST", body, signal: timeout.signal, headers });
    if (!answer.ok) {
      const refused = noAnswer(`refused: the URL ${OUTBOUND_REFUSALS[answer.error]}`, ports.now());
      return answer.error === "resolver_unavailable" ? { ...refused, isOurFault: true } : refused;
    }
    const response = answer.value;
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
    return noAnswer(timeout.signal.aborted ? "timed_out" : "connection_failed", ports.now());
  } finally {
    clearTimeout(timer);
  }
}
