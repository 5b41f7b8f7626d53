import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import type { Deps } from "../wiring/deps.ts";
import { MAX_PROBLEM_BYTES } from "../bounds.ts";
import { PROBLEMS } from "../problems/problem-kinds.ts";
import { presentProblem, type Problem } from "../problems/problem.ts";

/** Where this service is reached, without a trailing slash: as configured, or as the request came. */
export const originOf = (c: Context<AppEnv>): string => configuredOrigin(c) ?? new URL(c.req.url).origin;

/** Null also while the configuration is wrong: then there are no ports to ask. */
const configuredOrigin = (c: Context<AppEnv>): string | null =>
  (c.get("deps") as Deps | undefined)?.config.publicUrl ?? null;

/** Answers with a problem document. Errors are never stored by any cache. */
export function respondWithProblem(c: Context<AppEnv>, problem: Problem): Response {
  const { status } = PROBLEMS[problem.code];
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (problem.retryAfterSeconds !== undefined) headers.set("retry-after", String(problem.retryAfterSeconds));
  if (status === 401) headers.set("www-authenticate", "Bearer");
  // Photos are accepted without it, and so is JSON (RFC 9110, section 12.5.3).
  if (problem.code === "unsupported_encoding") headers.set("accept-encoding", "identity");
  return c.body(problemText(problem, originOf(c), c.var.requestId), status, Object.fromEntries(headers));
}

/** A problem as JSON of at most `MAX_PROBLEM_BYTES`: what repeats much of what was sent is cut. */
function problemText(problem: Problem, origin: string, requestId: string): string {
  const text = JSON.stringify(presentProblem(problem, origin, requestId));
  if (new TextEncoder().encode(text).length <= MAX_PROBLEM_BYTES) return text;
  const { detail, errors = [] } = problem;
  const cut = { ...problem, detail: `${detail.slice(0, 500)}…`, errors: errors.slice(0, 5) };
  return JSON.stringify(presentProblem(cut, origin, requestId));
}
