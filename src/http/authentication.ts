import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { originOf, respondWithProblem } from "./respond.ts";
import { ADMIN_TOKEN_HOLDER, isAdministrator, type Administrator } from "../auth/administrator.ts";
import { isFromAnotherSite } from "../auth/request-site.ts";
import type { AccessIdentity } from "../auth/access-assertion.ts";
import type { Admission } from "../auth/application-directory.ts";
import { guessSource, refuseGuess, settleGuess } from "./guessing.ts";
import { fail, ok, type Result } from "../result.ts";

const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

const REVOKED = "This user's tokens were revoked before they expired. Get a new one with POST /auth/hmac.";

/** Clients do with an ended token what they do with one that has run out: they get a new one. */
const refusalOf = (reason: Extract<Admission, { admitted: false }>["reason"]): Problem =>
  reason === "token_revoked" ? problem("expired_token", REVOKED) : problem(reason);

/** Lets a request through when its access token is good and its application may call; sets `caller` and `application`. */
export const requireToken: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { config, directory, verifyToken, now } = c.var.deps;
  const [, token] = BEARER.exec(c.req.header("authorization") ?? "") ?? [];
  if (token === undefined) return respondWithProblem(c, problem("malformed_authorization"));
  const bearer = await verifyToken(token, config.tokenKeys, now());
  if (!bearer.ok) return respondWithProblem(c, problem(bearer.error));
  const admission = await directory.admit(bearer.value);
  if (!admission.admitted) return respondWithProblem(c, refusalOf(admission.reason));
  c.set("caller", bearer.value);
  c.set("application", admission.application);
  return next();
};

/** Which methods change nothing, RFC 9110, section 9.2.1. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request may change something, and a browser sends it on behalf of another site. */
export const isForeignChange = (c: Context<AppEnv>): boolean =>
  !SAFE_METHODS.has(c.req.method) && isFromAnotherSite(c.req.raw.headers, [originOf(c), new URL(c.req.url).origin]);

/** What Cloudflare Access says of a request; null when it says nothing, or nothing that is true. */
export async function accessIdentity(c: Context<AppEnv>): Promise<AccessIdentity | "keys_unavailable" | null> {
  const { verifyAccess } = c.var.deps;
  const assertion = c.req.header("cf-access-jwt-assertion");
  if (verifyAccess === null || assertion === undefined) return null;
  const identity = await verifyAccess(assertion);
  if (identity.ok) return identity.value;
  return identity.error === "keys_unavailable" ? "keys_unavailable" : null;
}

/** The keys of Access are asked for again by the next request. */
const ACCESS_RETRY_SECONDS = 5;
export const ACCESS_UNAVAILABLE: Problem = {
  ...problem(
    "temporarily_unavailable",
    "The signing keys of Cloudflare Access could not be fetched, so nobody can sign in.",
  ),
  retryAfterSeconds: ACCESS_RETRY_SECONDS,
};

/** Who administers with this request, or why nobody does. */
async function findAdministrator(c: Context<AppEnv>): Promise<Result<Administrator, Problem>> {
  const authorization = c.req.header("authorization") ?? "";
  if (BEARER.test(authorization)) {
    const source = guessSource(c, "administrator");
    const waits = refuseGuess(c, source);
    if (waits !== null) return fail(waits);
    const isToken = await isAdministrator(authorization, c.var.deps.config.adminToken);
    const refusal = settleGuess(c, source, isToken);
    if (refusal !== null) return fail(refusal);
    if (isToken) return ok(ADMIN_TOKEN_HOLDER);
  }
  const identity = await accessIdentity(c);
  if (identity === null) return fail(problem("not_an_administrator"));
  if (identity === "keys_unavailable") return fail(ACCESS_UNAVAILABLE);
  // Access knows a browser by its cookie, which is also sent with what another site has it do.
  return isForeignChange(c) ? fail(problem("foreign_request")) : ok({ via: "access", name: identity.name });
}

/**
 * Lets a request through when it carries the administrator's token, or when Cloudflare Access let it through; sets
 * `administrator`.
 */
export const requireAdministrator: MiddlewareHandler<AppEnv> = async (c, next) => {
  const administrator = await findAdministrator(c);
  if (!administrator.ok) return respondWithProblem(c, administrator.error);
  c.set("administrator", administrator.value);
  return next();
};
