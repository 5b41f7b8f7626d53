import { orAborted, type Clock } from "./clock.ts";
import { clientProblem, MorselProblem, parseProblem } from "./problem.ts";
import { retryDelayMs } from "./retry.ts";
import type { TokenSource } from "./tokens.ts";
import { sendWithProgress, type Fetch, type OnProgress } from "./upload.ts";

type QueryValue = string | number | boolean | object;
type Query = Readonly<Record<string, QueryValue | null | undefined>>;

/** One call, before it is a request: it may become several. */
export interface Call {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the base URL. */
  path: string;
  /** Lists are joined by commas, objects are JSON; what is undefined is omitted. */
  query?: Query;
  headers?: Record<string, string | undefined>;
  /** A photo, or what becomes JSON. */
  body?: Blob | object;
  /** Whether the call is idempotent; by default, whether it only reads. */
  repeatable?: boolean;
  /** A call that gets a token carries none. */
  anonymous?: boolean;
  /** In place of the client's own. */
  maxRetries?: number;
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
}

/** Sends calls until they are answered. */
export interface Transport {
  /**
   * The result of `read` for a successful response. Rejects with a MorselProblem for any other, after retrying where
   * useful, or with the signal's reason.
   */
  send<Answer>(call: Call, read: (response: Response) => Promise<Answer>): Promise<Answer>;
}

export interface TransportPorts {
  baseUrl: string;
  tokens: TokenSource;
  clock: Clock;
  maxRetries: number;
  /** Undefined: the platform's own. */
  fetch?: Fetch | undefined;
}

function queryText(value: QueryValue): string {
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function urlOf(baseUrl: string, { path, query = {} }: Call): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value != null) params.set(name, queryText(value));
  const text = params.toString();
  return `${baseUrl}${path}${text === "" ? "" : `?${text}`}`;
}

function headersOf({ headers = {}, body }: Call, token: string | null): Headers {
  const all = new Headers();
  if (body !== undefined && !(body instanceof Blob)) all.set("content-type", "application/json");
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) all.set(name, value);
  if (token !== null) all.set("authorization", `Bearer ${token}`);
  return all;
}

/** Connects calls to the service: tokens, retries, and one kind of error for everything that goes wrong. */
export function createTransport({ baseUrl, tokens, clock, maxRetries, fetch: given }: TransportPorts): Transport {
  function request(call: Call, headers: Headers): Promise<Response> {
    const { method, body, signal, onProgress } = call;
    const url = urlOf(baseUrl, call);
    if (body instanceof Blob && onProgress !== undefined) {
      return sendWithProgress({ url, headers, body, signal }, given, onProgress);
    }
    const sent = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
    // Called by its own name: browsers refuse a fetch that is called as a method of something else.
    const ownFetch = given ?? fetch;
    return ownFetch(url, { method, headers, ...(sent !== undefined && { body: sent }), signal: signal ?? null });
  }

  async function attempt<Answer>(call: Call, token: string | null, read: (response: Response) => Promise<Answer>) {
    const headers = headersOf(call, token);
    try {
      const response = await orAborted(request(call, headers), call.signal);
      if (response.ok) return await orAborted(read(response), call.signal);
      return parseProblem(response, await orAborted(response.text(), call.signal), clock.now());
    } catch (error) {
      call.signal?.throwIfAborted();
      if (error instanceof MorselProblem) return error;
      return clientProblem("network_error", "The service could not be reached.", {}, error);
    }
  }

  return {
    async send(call, read) {
      let renewed = call.anonymous === true;
      for (let retries = 0; ;) {
        call.signal?.throwIfAborted();
        const token = call.anonymous === true ? null : await orAborted(tokens.get(), call.signal);
        const outcome = await attempt(call, token, read);
        if (!(outcome instanceof MorselProblem)) return outcome;
        if (outcome.code === "expired_token" && token !== null && !renewed && tokens.expire(token)) {
          renewed = true;
          continue;
        }
        const { repeatable = call.method === "GET" } = call;
        const limits = { repeatable, retries, maxRetries: call.maxRetries ?? maxRetries };
        const delay = retryDelayMs(outcome, limits, clock.random());
        if (delay === null) throw outcome;
        await clock.sleep(delay, call.signal);
        retries++;
      }
    },
  };
}

/** The response's JSON. Rejects with `unexpected_response` for anything else. */
export async function readJson<Answer>(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    const { status } = response;
    throw clientProblem("unexpected_response", "The response is not JSON.", { status, retryable: false });
  }
}
