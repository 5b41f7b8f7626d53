import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import { presentProblem, PROBLEMS, type Problem } from "./problems.ts";

/** Answers with a problem document. Errors are never stored by any cache. */
export function respondWithProblem(c: Context<AppEnv>, problem: Problem): Response {
  const { status } = PROBLEMS[problem.code];
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  headers.set("x-request-id", c.var.requestId);
  if (problem.retryAfterSeconds !== undefined) headers.set("retry-after", String(problem.retryAfterSeconds));
  if (status === 401) headers.set("www-authenticate", "Bearer");
  const body = presentProblem(problem, c.var.origin, c.var.requestId);
  return c.body(JSON.stringify(body), status, Object.fromEntries(headers));
}
