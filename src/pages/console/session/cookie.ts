import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { AppEnv } from "../../../http/app-env.ts";
import { SESSION_SECONDS } from "../../../auth/session.ts";
import { originOf } from "../../../http/respond.ts";

const NAME = "morsel-session";
const OPTIONS = { path: "/", httpOnly: true, sameSite: "Strict" } as const;
/**
 * Over https the cookie is `__Host-morsel-session`: browsers then see to it that it is `Secure`, has no `Domain` and
 * was set by this host (RFC 6265bis, section 4.1.3.2).
 */
const HTTPS_OPTIONS = { ...OPTIONS, secure: true, prefix: "host" } as const;

/**
 * Locally there is plain http, over which not every browser takes a `Secure` cookie: there it is
 * `morsel-session`, without `Secure`.
 */
const isHttps = (c: Context<AppEnv>): boolean => originOf(c).startsWith("https:");

export const readSessionCookie = (c: Context<AppEnv>): string | undefined =>
  isHttps(c) ? getCookie(c, NAME, "host") : getCookie(c, NAME);

export const setSessionCookie = (c: Context<AppEnv>, value: string): void =>
  setCookie(c, NAME, value, { ...(isHttps(c) ? HTTPS_OPTIONS : OPTIONS), maxAge: SESSION_SECONDS });

export const dropSessionCookie = (c: Context<AppEnv>): void => {
  deleteCookie(c, NAME, isHttps(c) ? HTTPS_OPTIONS : OPTIONS);
};
