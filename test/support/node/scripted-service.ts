import { expect } from "vitest";
import type { Clock } from "../../../src/client/clock.ts";
import { Morsel, MorselProblem, type MorselOptions } from "../../../src/client/index.ts";
import type { RecordStatus } from "../../../src/client/types.ts";
import type { Fetch } from "../../../src/client/upload.ts";

/** A request as the service got it. */
export interface SentRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: Headers;
  body: Uint8Array;
}

/** What the service answers the next request with; a thrown error is a connection that breaks. */
type Answer = Response | ((request: SentRequest, signal: AbortSignal | null) => Response | Promise<Response>);

export interface ScriptedService {
  fetch: Fetch;
  requests: SentRequest[];
}

export const BASE_URL = "https://morsel.test";

async function readRequest(url: string, { method = "GET", headers, body }: RequestInit): Promise<SentRequest> {
  const target = url.slice(BASE_URL.length);
  const bytes = new Uint8Array(await new Response(body ?? null).arrayBuffer());
  return { method, target, headers: new Headers(headers), body: bytes };
}

/** A service that gives the answers one after the other, and breaks the connection when there are no more. */
export function scriptService(...answers: Answer[]): ScriptedService {
  const requests: SentRequest[] = [];
  const left = [...answers];
  return {
    requests,
    fetch: async (url, init) => {
      const request = await readRequest(url, init);
      requests.push(request);
      const answer = left.shift();
      if (answer === undefined) throw new TypeError(`no answer to ${request.method} ${request.target}`);
      return typeof answer === "function" ? answer(request, init.signal ?? null) : answer;
    },
  };
}

/** A clock that never waits: it notes how long it was asked to. Chance is always 0, unless given. */
export function fakeClock(random = 0): Clock & { slept: number[] } {
  const slept: number[] = [];
  let now = 1_700_000_000_000;
  return {
    slept,
    now: () => now,
    random: () => random,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      // The limits and the silences that a test does not reach.
      if (ms >= LIMIT_MS) return until(signal);
      slept.push(ms);
      now += ms;
    },
  };
}

/** Sleeps of this length are guards, which tests let run out by a clock of their own. */
const LIMIT_MS = 45_000;

const until = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

export const problem = (
  code: string,
  status: number,
  { retryable = false, headers = {} }: { retryable?: boolean; headers?: Record<string, string> } = {},
): Response =>
  json(
    {
      type: `${BASE_URL}/problems/${code}`,
      title: code,
      status,
      detail: `${code}.`,
      errors: [],
      code,
      retryable,
      request_id: "r1",
    },
    status,
    {
      "content-type": "application/problem+json",
      ...headers,
    },
  );

/** A connection that breaks. */
export const broken = (): never => {
  throw new TypeError("fetch failed");
};

export const ID = "01932c2e-0000-7000-8000-000000000000";

export const statusOf = (status: RecordStatus["status"], percent: number): RecordStatus => ({
  record_id: ID,
  status,
  progress: { stage: percent === 100 ? "done" : percent === 0 ? "queued" : "recognising", percent },
  modified_at: "2026-11-23T10:30:04.521Z",
});

export const event = (id: number, status: RecordStatus): string =>
  `event: status\nid: ${id}\ndata: ${JSON.stringify(status)}\n\n`;

/** A stream of events; it ends when its pieces do, or breaks off. */
export function eventStream(pieces: readonly (string | Uint8Array)[], end: "closes" | "breaks" = "closes"): Response {
  const encoder = new TextEncoder();
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      else if (end === "closes") controller.close();
      else controller.error(new TypeError("terminated"));
    },
  });
  return new Response(body as BodyInit, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}

/** A client of a scripted service, with the requests that it sends and the pauses that it makes. */
export function callService(
  answers: readonly Answer[],
  options: Partial<MorselOptions> = {},
  random = 0,
): { morsel: Morsel; clock: ReturnType<typeof fakeClock>; requests: SentRequest[] } {
  const service = scriptService(...answers);
  const clock = fakeClock(random);
  const morsel = new Morsel({ baseUrl: `${BASE_URL}/`, token: "t1", fetch: service.fetch, ...options }, clock);
  return { morsel, clock, requests: service.requests };
}

/** The problem that a call rejects with. */
export const failureOf = (call: Promise<unknown>): Promise<MorselProblem> =>
  call.then(
    () => expect.unreachable("it succeeded"),
    (error) => {
      expect(error).toBeInstanceOf(MorselProblem);
      return error as MorselProblem;
    },
  );

export const PHOTO = Uint8Array.of(0xff, 0xd8, 0xff, 1, 2, 3);
export const ACCEPTED = { record_id: ID, status: "pending", uploaded_at: "2026-11-23T10:30:04.521Z" };
export const RECORD = { record_id: ID, status: "completed" };
