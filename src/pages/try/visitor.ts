import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { AppEnv } from "../../http/app-env.ts";
import type { KnownApplication } from "../../auth/application-directory.ts";
import { pseudonymsOf } from "../../auth/subject.ts";
import { isFromAnotherSite } from "../../auth/request-site.ts";
import type { Caller } from "../../auth/tokens.ts";
import { problem, type Problem } from "../../problems/problem.ts";
import { originOf } from "../../http/respond.ts";
import { deferredBy } from "../../http/rate-limit.ts";
import { fail, ok, type Result } from "../../result.ts";
import { DAY_SECONDS } from "../../time.ts";

/** Holds a visitor's secret, 128 random bits as hex, and our seal, so that a made-up cookie is that of a new visitor. */
const COOKIE = "morsel_visitor";
const SEALED = /^([0-9a-f]{32})\.([0-9a-f]{64})$/;
const SECRET_BYTES = 16;
/** Who comes back within a week still finds their records by their addresses. */
const COOKIE_SECONDS = 7 * DAY_SECONDS;

/** A person without a key, as an ordinary user of the application that may be tried. */
export interface Visitor {
  caller: Caller;
  application: KnownApplication;
}

const SWITCHED_OFF = "The demo is disabled here: TRY_IT_APPLICATION_ID is not set to an application.";

/** The user id shows up in records and webhooks and must not open anything: it is a digest of the secret. */
async function userIdOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return `visitor-${new Uint8Array(digest, 0, SECRET_BYTES).toHex()}`;
}

async function admit(c: Context<AppEnv>, secret: string): Promise<Result<Visitor, Problem>> {
  const { config, directory, now } = c.var.deps;
  if (config.tryItApplicationId === null) return fail(problem("not_found", SWITCHED_OFF));
  const caller = { applicationId: config.tryItApplicationId, userId: await userIdOf(secret) };
  const admission = await directory.admit({ ...caller, issuedAt: now() });
  if (admission.admitted) return ok({ caller, application: admission.application });
  return fail(problem(admission.reason === "token_revoked" ? "expired_token" : admission.reason));
}

/** The seals of a secret, under each master key; the first is for new cookies. */
const sealsOf = (c: Context<AppEnv>, secret: string): Promise<[string, ...string[]]> =>
  pseudonymsOf(`visitor/${secret}`, c.var.deps.config.masterKeys);

/** The visitor whom the cookie names; null without one, or with one that we have not given. */
export async function knownVisitor(c: Context<AppEnv>): Promise<Result<Visitor, Problem> | null> {
  const [, secret, seal] = SEALED.exec(getCookie(c, COOKIE) ?? "") ?? [];
  if (secret === undefined || seal === undefined || !(await sealsOf(c, secret)).includes(seal)) return null;
  return admit(c, secret);
}

/**
 * The visitor, who gets a cookie if there is none yet. Refused for what another site has a browser do: the cookie is
 * `SameSite=Strict`, and a stranger's page shall not even make visitors.
 */
export async function welcomeVisitor(c: Context<AppEnv>): Promise<Result<Visitor, Problem>> {
  if (isFromAnotherSite(c.req.raw.headers, [originOf(c), new URL(c.req.url).origin])) {
    return fail(problem("foreign_request"));
  }
  const known = await knownVisitor(c);
  if (known !== null) return known;
  const { limits, randomBytes } = c.var.deps;
  const verdict = limits.countNewVisitor(c.req.header("cf-connecting-ip") ?? "", deferredBy(c));
  if (!verdict.passed) return fail({ ...problem("rate_limited"), retryAfterSeconds: verdict.resetSeconds });
  const secret = randomBytes(new Uint8Array(SECRET_BYTES)).toHex();
  const visitor = await admit(c, secret);
  if (!visitor.ok) return visitor;
  const [seal] = await sealsOf(c, secret);
  setCookie(c, COOKIE, `${secret}.${seal}`, {
    httpOnly: true,
    sameSite: "Strict",
    secure: new URL(c.req.url).protocol === "https:",
    path: "/",
    maxAge: COOKIE_SECONDS,
  });
  return visitor;
}
