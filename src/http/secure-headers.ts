import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { DAY_SECONDS } from "../time.ts";
import { isLoopbackName } from "../public-url.ts";

/** A year, as hstspreload.org asks of whoever means it. */
const HSTS_SECONDS = 365 * DAY_SECONDS;

/** Responses with figures, records or keys of tenants. */
const ADMINISTRATIVE = /^\/(?:admin|console)(?:\/|$)/;

/**
 * What every response says, whoever made it: its type is the one it states; what led to it is told to nobody; over https,
 * browsers come back over https; and no cache keeps what an administrator saw.
 */
export const secureHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  const { protocol, hostname, pathname } = new URL(c.req.url);
  headers.set("x-content-type-options", "nosniff");
  if (!headers.has("referrer-policy")) headers.set("referrer-policy", "no-referrer");
  if (protocol === "https:" && !isLoopbackName(hostname)) {
    headers.set("strict-transport-security", `max-age=${HSTS_SECONDS}`);
  }
  if (ADMINISTRATIVE.test(pathname)) headers.set("cache-control", "no-store");
};
