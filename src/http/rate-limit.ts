import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { limitHeaders } from "../limits/limit-headers.ts";
import type { RateVerdict } from "../limits/rate-limiter.ts";
import type { RateClass } from "../applications/rate-limits.ts";
import { problem } from "../problems/problem.ts";
import { respondWithProblem } from "./respond.ts";

/** Lets the work continue after the response. */
export const deferredBy =
  (c: Context<AppEnv>) =>
  (work: Promise<void>): void =>
    c.executionCtx.waitUntil(work);

/** Adds the limit headers to the response; returns the refusal when the request is one too many. */
export function refuseFlood(c: Context<AppEnv>, verdict: RateVerdict): Response | null {
  const { policy, state } = limitHeaders(verdict);
  c.header("ratelimit-policy", policy);
  c.header("ratelimit", state);
  if (verdict.passed) return null;
  return respondWithProblem(c, { ...problem("rate_limited"), retryAfterSeconds: verdict.resetSeconds });
}

/** Lets a caller's request through while the quotas of its class last, before anything of its body is read. */
export const limitRate =
  (rateClass: RateClass): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { caller, application, deps } = c.var;
    const verdict = deps.limits.count(caller, application.rateLimits, rateClass, deferredBy(c));
    return refuseFlood(c, verdict) ?? next();
  };
