import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { RESPONSE_HEADERS, REQUEST_HEADERS } from "../openapi/headers.ts";
import { DAY_SECONDS } from "../time.ts";

/** Browsers cap this themselves; a day is the longest that any of them caches a preflight response. */
const PREFLIGHT_MAX_AGE_SECONDS = DAY_SECONDS;

const EXPOSED = Object.keys(RESPONSE_HEADERS).join(", ");

/** What tracing libraries add to each request of a web app (W3C Trace Context, Baggage, Sentry, B3, X-Ray, Datadog). */
const TRACING_HEADERS = [
  "traceparent",
  "tracestate",
  "baggage",
  "sentry-trace",
  "b3",
  "x-b3-traceid",
  "x-b3-spanid",
  "x-b3-sampled",
  "x-amzn-trace-id",
  "x-datadog-trace-id",
  "x-datadog-parent-id",
  "x-datadog-origin",
  "x-datadog-sampling-priority",
  "newrelic",
  "elastic-apm-traceparent",
  "x-request-id",
  "x-correlation-id",
  "x-requested-with",
];

const PREFLIGHT = {
  "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "access-control-allow-headers": [
    "Authorization",
    "Content-Type",
    "Cache-Control",
    ...Object.keys(REQUEST_HEADERS),
    ...TRACING_HEADERS,
  ].join(", "),
  "access-control-max-age": String(PREFLIGHT_MAX_AGE_SECONDS),
};

/**
 * Lets web apps of any origin call, and read every response with the headers that are documented, errors included. `*` is
 * safe because a token is sent on purpose, in a header, and never by the browser itself, as a cookie would be.
 */
export const allowWebApps: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.header("access-control-allow-origin", "*");
  c.header("access-control-expose-headers", EXPOSED);
  return c.req.method === "OPTIONS" ? c.body(null, 204, PREFLIGHT) : next();
};
