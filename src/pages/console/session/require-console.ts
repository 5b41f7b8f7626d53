import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { ACCESS_UNAVAILABLE, accessIdentity, isForeignChange } from "../../../http/authentication.ts";
import { boundForm } from "../../../http/bounded-request.ts";
import { formTokenOf, isFormToken, readSession, type Session } from "../../../auth/session.ts";
import { isSessionEnded } from "../../../db/sessions.ts";
import { problem, type Problem } from "../../../problems/problem.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { FORM_TOKEN } from "../../form.tsx";
import { readSessionCookie } from "./cookie.ts";
import { readFields } from "./read-fields.ts";
import { signInPath } from "./return-path.ts";

/** The session that a cookie stands for; null when there is none, or it is over. */
async function cookieSession(c: Context<AppEnv>): Promise<Session | null> {
  const { db, now, sessionKeys } = c.var.deps;
  const cookie = readSessionCookie(c);
  const session = cookie === undefined ? null : await readSession(cookie, await sessionKeys(), now());
  return session === null || (await isSessionEnded(db, session)) ? null : session;
}

/**
 * The session that a request belongs to. Someone admitted by Cloudflare Access needs no cookie of ours: their sign-in
 * there is their session here, and ends with it.
 */
export async function sessionOf(c: Context<AppEnv>): Promise<Session | "keys_unavailable" | null> {
  const identity = await accessIdentity(c);
  if (identity === null) return cookieSession(c);
  if (identity === "keys_unavailable") return (await cookieSession(c)) ?? identity;
  const { name, signIn, expiresAt } = identity;
  return { id: signIn, administrator: { via: "access", name }, expiresAt };
}

/** Why a request may not change anything; null when it may. */
async function refuseForm(c: Context<AppEnv>, session: Session): Promise<Problem | null> {
  if (c.req.method === "GET" || c.req.method === "HEAD") return null;
  if (isForeignChange(c)) return problem("foreign_request");
  const tooLarge = await boundForm(c);
  if (tooLarge !== null) return tooLarge;
  const fields = await readFields(c);
  if (fields === null) return problem("malformed_request", "The form could not be read.");
  const { [FORM_TOKEN]: token } = fields;
  const good = typeof token === "string" && (await isFormToken(token, session, await c.var.deps.sessionKeys()));
  return good ? null : problem("foreign_request");
}

/**
 * Admits administrators and redirects everyone else to the sign-in page, with the return path. Forms must come from a
 * page of the same session. Sets `administrator` and `session`.
 */
export const requireConsole: MiddlewareHandler<AppEnv> = async (c, next) => {
  const session = await sessionOf(c);
  if (session === "keys_unavailable") return respondWithProblemPage(c, ACCESS_UNAVAILABLE);
  if (session === null) {
    const { pathname, search } = new URL(c.req.url);
    c.header("cache-control", "no-store");
    return c.redirect(signInPath(c.req.method === "GET" ? `${pathname}${search}` : "/console"), 303);
  }
  c.set("administrator", session.administrator);
  c.set("session", { ...session, formToken: await formTokenOf(session, await c.var.deps.sessionKeys()) });
  const refused = await refuseForm(c, session);
  return refused === null ? next() : respondWithProblemPage(c, refused);
};
