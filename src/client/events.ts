import { orAborted, type Clock } from "./clock.ts";
import { createEventParser, type ServerEvent } from "./event-parser.ts";
import { clientProblem, MorselProblem } from "./problem.ts";
import { recordPath } from "./record-path.ts";
import { jittered } from "./retry.ts";
import { isOver, parseStatus } from "./statuses.ts";
import type { Transport } from "./transport.ts";
import type { RecordStatus } from "./types.ts";

/** The service sends a comment every 15 s; a connection that misses three is considered dead. */
const SILENCE_MS = 45_000;
const RECONNECT_MS = 1_000;
/** After this many consecutive connections without a new event, events are abandoned in favor of polling. */
const MAX_FRUITLESS_CONNECTIONS = 3;

export interface ListenOptions {
  signal?: AbortSignal | undefined;
  /** The id of the last event received: the stream resumes after it. */
  lastEventId?: string | undefined;
}

/** What a record's life is followed by. */
export interface FollowPorts {
  transport: Transport;
  clock: Clock;
}

/** The next piece of a stream. Rejects when there is none for too long. */
async function nextPiece(reader: ReadableStreamDefaultReader<Uint8Array>, clock: Clock, signal?: AbortSignal) {
  const heard = new AbortController();
  const silence = clock
    .sleep(SILENCE_MS, heard.signal)
    .then(() => Promise.reject(new Error("The stream has been silent for too long.")));
  try {
    return await orAborted(Promise.race([reader.read(), silence]), signal);
  } finally {
    heard.abort();
  }
}

async function* readStream(body: ReadableStream<Uint8Array>, clock: Clock, signal?: AbortSignal) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parse = createEventParser();
  try {
    for (;;) {
      const { done, value } = await nextPiece(reader, clock, signal);
      if (done) return;
      yield* parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** One connection: its events until it ends or breaks off. Null = the service has no more to tell. */
async function connect({ transport, clock }: FollowPorts, id: string, options: ListenOptions) {
  const { signal, lastEventId } = options;
  const headers = { accept: "text/event-stream", "last-event-id": lastEventId };
  const path = recordPath(id, "/events");
  const call = { method: "GET", path, headers, maxRetries: 0, signal } as const;
  const response = await transport.send(call, (result) => Promise.resolve(result));
  if (response.status === 204) return null;
  if (response.body === null || !/^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "")) {
    throw clientProblem("unexpected_response", "The response is not an event stream.", { retryable: false });
  }
  return readStream(response.body, clock, signal);
}

/**
 * The statuses of a record as its events tell them, until its analysis is over. A connection that breaks off is made
 * again where it ended, without a gap or a repeat. Throws a MorselProblem when events do not come this way.
 */
export async function* followEvents(
  ports: FollowPorts,
  id: string,
  { signal, lastEventId }: ListenOptions,
): AsyncGenerator<RecordStatus, void, undefined> {
  const { clock } = ports;
  let last = lastEventId;
  let fruitless = 0;
  for (;;) {
    let cause: unknown;
    try {
      const events = await connect(ports, id, { signal, lastEventId: last });
      if (events === null) return;
      for await (const event of events) {
        const status = parseEvent(event);
        if (status === null || (event.id !== "" && event.id === last)) continue;
        last = event.id === "" ? last : event.id;
        fruitless = 0;
        yield status;
        if (isOver(status)) return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof MorselProblem && error.code !== "network_error") throw error;
      cause = error;
    }
    if (++fruitless >= MAX_FRUITLESS_CONNECTIONS) {
      throw clientProblem("network_error", "The event stream was interrupted repeatedly.", {}, cause);
    }
    await clock.sleep(jittered(RECONNECT_MS, clock.random()), signal);
  }
}

/** Null for events that are not about a status: a newer service may tell more. */
const parseEvent = ({ event, data }: ServerEvent): RecordStatus | null =>
  event === "status" ? parseStatus(data) : null;
