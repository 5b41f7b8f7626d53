import type { Clock } from "./clock.ts";
import { readTagged } from "./etags.ts";
import { followEvents, type FollowPorts } from "./events.ts";
import { clientProblem, MorselProblem, parseRetryAfter } from "./problem.ts";
import { recordPath } from "./record-path.ts";
import { jittered } from "./retry.ts";
import { isFinal, isNews, isOver, isRecordStatus } from "./statuses.ts";
import type { NutritionRecord, RecordStatus } from "./types.ts";

/** The default interval if a response does not say when to poll again. */
const POLL_AGAIN_SECONDS = 2;
/** The minimum interval, whatever a response says. */
const MIN_POLL_SECONDS = 1;
const DEFAULT_TIMEOUT_MS = 5 * 60_000;

export type OnStatus = (status: RecordStatus) => void;

export interface WaitOptions {
  signal?: AbortSignal | undefined;
  /** Called with each change, in the order of a record's life. */
  onStatus?: OnStatus | undefined;
  /** The overall time limit, milliseconds; five minutes by default. */
  timeoutMs?: number | undefined;
}

/** Runs something under a time limit; rejects with `wait_timed_out` when it passes. */
export async function withTimeLimit<Value>(
  clock: Clock,
  { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const limit = new AbortController();
  const pass = (): void => limit.abort(signal?.reason);
  signal?.addEventListener("abort", pass);
  if (signal?.aborted === true) pass();
  const over = clientProblem(
    "wait_timed_out",
    `The analysis has not finished after ${timeoutMs / 1000} s. It continues in the background.`,
  );
  clock.sleep(timeoutMs, limit.signal).then(
    () => limit.abort(over),
    () => undefined,
  );
  try {
    return await work(limit.signal);
  } finally {
    signal?.removeEventListener("abort", pass);
    limit.abort();
  }
}

/** Asks again and again: how the response to a path looks, and when to ask the next time, as the service says. */
async function* poll<Answer extends object>({ transport, clock }: FollowPorts, path: string, signal: AbortSignal) {
  for (;;) {
    const { answer, seconds } = await transport.send({ method: "GET", path, signal }, async (response) => ({
      answer: await readTagged<Answer>(response),
      seconds: parseRetryAfter(response.headers, clock.now()) ?? POLL_AGAIN_SECONDS,
    }));
    yield answer;
    await clock.sleep(jittered(Math.max(seconds, MIN_POLL_SECONDS) * 1000, clock.random()), signal);
  }
}

/** Reports statuses until the analysis is over: by events or, if these are unavailable, by polling. */
async function follow(ports: FollowPorts, id: string, signal: AbortSignal, onStatus: OnStatus): Promise<void> {
  try {
    for await (const status of followEvents(ports, id, { signal })) onStatus(status);
    return;
  } catch (error) {
    // Whatever is wrong, with the record, the token or the service, polling will say so.
    signal.throwIfAborted();
    if (!(error instanceof MorselProblem)) throw error;
  }
  for await (const status of poll<object>(ports, recordPath(id, "/status"), signal)) {
    if (!isRecordStatus(status))
      throw clientProblem("unexpected_response", "The response is not a status.", { status: 200 });
    onStatus(status);
    if (isOver(status)) return;
  }
}

/**
 * The record once its analysis is over: `completed`, `failed`, `canceled` or `updated`. A problem on the way carries
 * the record's id, because the record continues without the client.
 */
export async function waitUntilOver(
  ports: FollowPorts,
  id: string,
  signal: AbortSignal,
  onStatus?: OnStatus,
): Promise<NutritionRecord> {
  let last: RecordStatus | null = null;
  const tell: OnStatus = (status) => {
    if (!isNews(status, last)) return;
    last = status;
    onStatus?.(status);
  };
  try {
    await follow(ports, id, signal, tell);
    // The events know of an end a moment before the record shows it.
    for await (const record of poll<NutritionRecord>(ports, recordPath(id), signal)) {
      if (isFinal(record.status)) return record;
    }
    throw new Error("polling ends with the record or a problem");
  } catch (error) {
    if (error instanceof MorselProblem) error.recordId = id;
    throw error;
  }
}
