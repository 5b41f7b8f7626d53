import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import type { Deps } from "../wiring/deps.ts";
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
  const body = presentProblem(problem, originOf(c), c.var.requestId);
  return c.body(JSON.stringify(body), status, Object.fromEntries(headers));
}
