import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { MAX_BODY_BYTES, MAX_HEADER_LENGTH, MAX_PHOTO_BYTES, MAX_URL_LENGTH } from "../bounds.ts";
import { readRequestBody } from "../request-body.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { SECOND_MS } from "../time.ts";
import { respondWithProblem } from "./respond.ts";

/** What is left of a refused body is read up to here: twice the largest photo that is accepted. */
const MAX_DRAINED_BYTES = 2 * MAX_PHOTO_BYTES;
const MAX_DRAIN_MS = 10 * SECOND_MS;

const isTooLong = ([name, value]: [string, string]): boolean => name.length + value.length > MAX_HEADER_LENGTH;

function outOfBounds({ url, headers }: Request): Problem | null {
  const { pathname, search } = new URL(url);
  if (pathname.length + search.length > MAX_URL_LENGTH) return problem("url_too_long");
  return [...headers].some(isTooLong) ? problem("headers_too_large") : null;
}

/**
 * Reads what the handler has left of a body, and forgets it. A client that is still sending when the connection closes
 * sees a reset instead of the response, which says why its request was refused. Bodies that are larger, or stall, are cut.
 */
async function drain({ body, headers }: Request): Promise<void> {
  if (body === null || body.locked || Number(headers.get("content-length")) > MAX_DRAINED_BYTES) return;
  const reader = body.getReader();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), MAX_DRAIN_MS);
  try {
    for (let drained = 0; drained <= MAX_DRAINED_BYTES;) {
      const { value, done } = await reader.read();
      if (done) return;
      drained += value.length;
    }
  } catch {
    // The client has gone, or the time is up: there is nobody to respond to, or nothing more to wait for.
  } finally {
    clearTimeout(timer);
  }
}

/** Refuses URLs and headers that are out of bounds, and lets every response reach its client whole. */
export const boundRequest: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { raw } = c.req;
  const refusal = outOfBounds(raw);
  if (refusal === null) await next();
  else c.res = respondWithProblem(c, refusal);
  // Not `c.req.raw`, which is another one where a form was read before.
  await drain(raw);
};

/**
 * Reads a form of at most `MAX_BODY_BYTES` into memory, so that whatever parses the request later holds no more than that.
 * Returns why it is refused, or null. Called behind the limits of a route: whoever is refused there sends in vain.
 */
export async function boundForm(c: Context<AppEnv>): Promise<Problem | null> {
  const { raw } = c.req;
  if (raw.body === null) return null;
  const bytes = await readRequestBody(raw, MAX_BODY_BYTES, "body_too_large");
  if (!bytes.ok) return bytes.error;
  c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body: bytes.value });
  return null;
}
