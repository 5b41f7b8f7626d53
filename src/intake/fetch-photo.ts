import { readBounded } from "../bounded-read.ts";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { MAX_PHOTO_BYTES, PHOTO_FETCH_TIMEOUT_MS, seconds } from "../bounds.ts";

/** A photo's server has this long to answer and to send it all: the client is waiting. */
const LOCATION = "body.body_url";

/** Gets the photo behind a URL that a client named, at most `MAX_PHOTO_BYTES` of it. */
export type FetchPhoto = (url: string) => Promise<Result<Uint8Array, Problem>>;

/** Why a URL may not be called: a phrase that follows its name, and whether the same URL may be called later. */
export interface UrlRefusalReason {
  message: string;
  isTemporary: boolean;
}

/** Calls a URL if the outbound rules allow it, never following a redirect. */
export type CallUrl = (
  url: string,
  init: Pick<RequestInit, "headers" | "signal">,
) => Promise<Result<Response, UrlRefusalReason>>;

const RESOLVER_RETRY_SECONDS = 5;

function refused({ message, isTemporary }: UrlRefusalReason): Result<never, Problem> {
  if (!isTemporary) return fail(invalidFields([{ path: ["body_url"], message }], "body"));
  const unavailable = problem("temporarily_unavailable", `${LOCATION} ${message}. Nothing was stored.`);
  return fail({ ...unavailable, retryAfterSeconds: RESOLVER_RETRY_SECONDS });
}

function notFetched(message: string): Result<never, Problem> {
  const detail = `${LOCATION}: ${message}`;
  return fail({ ...problem("photo_not_fetched", detail), errors: [{ location: LOCATION, message }] });
}

/** The bytes of a response, at most `MAX_PHOTO_BYTES`: what it says of its length may be missing, or wrong. */
async function readPhoto({ body, headers }: Response): Promise<Result<Uint8Array, Problem>> {
  const bytes = await readBounded(body, headers.get("content-length"), MAX_PHOTO_BYTES);
  if (bytes !== null) return ok(bytes);
  await body?.cancel();
  return fail(problem("photo_too_large"));
}

/** Makes what gets the photo of a `body_url`. Whatever goes wrong outside is a problem of the request, never a throw. */
export const createFetchPhoto =
  (callUrl: CallUrl): FetchPhoto =>
  async (url) => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), PHOTO_FETCH_TIMEOUT_MS);
    try {
      const result = await callUrl(url, { headers: { accept: "image/*" }, signal: timeout.signal });
      if (!result.ok) return refused(result.error);
      const response = result.value;
      if (response.ok) return await readPhoto(response);
      const isRedirect = response.status >= 300 && response.status < 400;
      return notFetched(`responded with ${response.status}${isRedirect ? "; redirects are not followed" : ""}`);
    } catch {
      return notFetched(
        timeout.signal.aborted
          ? `did not send a photo within ${seconds(PHOTO_FETCH_TIMEOUT_MS)}`
          : "could not be reached",
      );
    } finally {
      clearTimeout(timer);
      // Ends the transfer of whatever was not read; changes nothing when all was.
      timeout.abort();
    }
  };
