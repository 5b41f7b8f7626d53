import { Hono, type Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { auditEntry } from "../../../audit/audit.ts";
import { isAdminToken } from "../../../auth/administrator.ts";
import { isForeignChange } from "../../../http/authentication.ts";
import { beginSession, type Session } from "../../../auth/session.ts";
import { insertAuditEntry } from "../../../db/audit.ts";
import { endSession } from "../../../db/sessions.ts";
import { problem, type Problem } from "../../../problems/problem.ts";
import { boundForm } from "../../../http/bounded-request.ts";
import { guessSource, refuseGuess, settleGuess } from "../../../http/guessing.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { dropSessionCookie, setSessionCookie } from "./cookie.ts";
import { readFields } from "./read-fields.ts";
import { requireConsole, sessionOf } from "./require-console.ts";
import { ACCESS_SIGN_OUT } from "./sign-out.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { returnPath } from "./return-path.ts";

export const sessionPages = new Hono<AppEnv>();

const isSession = (session: Awaited<ReturnType<typeof sessionOf>>): session is Session =>
  session !== null && session !== "keys_unavailable";

sessionPages.get("/sign-in", async (c) => {
  const to = returnPath(c.req.query("to"));
  if (isSession(await sessionOf(c))) return c.redirect(to, 303);
  return respondWithConsolePage(c, <SignInPage to={to} signedOut={c.req.query("signed_out") !== undefined} />);
});

/** Refuses a sign-in after too many wrong ones, on the page that it was tried on. */
function refuse(c: Context<AppEnv>, to: string, { detail, retryAfterSeconds = 1 }: Problem): Response {
  c.header("retry-after", String(retryAfterSeconds));
  return respondWithConsolePage(c, <SignInPage to={to} error={detail} />, 429);
}

/** Guesses are counted by their address, as wrong logins of an application are. */
sessionPages.post("/sign-in", async (c) => {
  const { config, db, newId, now, sessionKeys } = c.var.deps;
  if (isForeignChange(c)) return respondWithProblemPage(c, problem("foreign_request"));
  const source = guessSource(c, "administrator");
  const waits = refuseGuess(c, source);
  if (waits !== null) return refuse(c, returnPath(undefined), waits);
  const tooLarge = await boundForm(c);
  if (tooLarge !== null) return respondWithProblemPage(c, tooLarge);
  const fields = await readFields(c);
  if (fields === null) return respondWithProblemPage(c, problem("malformed_request", "The form could not be read."));
  const { token, to: given } = fields;
  const to = returnPath(typeof given === "string" ? given : undefined);
  const isRight = typeof token === "string" && (await isAdminToken(token.trim(), config.adminToken));
  const refusal = settleGuess(c, source, isRight);
  if (refusal !== null) return refuse(c, to, refusal);
  if (!isRight) {
    return respondWithConsolePage(c, <SignInPage to={to} error="The administrator token is wrong." />, 401);
  }
  const { session, cookie } = await beginSession(newId(), await sessionKeys(), now());
  await insertAuditEntry(db, auditEntry("session.begin", { target: session.id }, session.administrator, c.var.deps));
  setSessionCookie(c, cookie);
  c.header("cache-control", "no-store");
  return c.redirect(to, 303);
});

/** Ends the session everywhere at once: its cookie is dropped, and refused should someone have copied it. */
sessionPages.post("/sign-out", requireConsole, async (c) => {
  const { db, now } = c.var.deps;
  const { administrator, session } = c.var;
  c.header("cache-control", "no-store");
  if (administrator.via === "access") return c.redirect(ACCESS_SIGN_OUT, 303);
  const entry = auditEntry("session.end", { target: session.id }, administrator, c.var.deps);
  await endSession(db, session, entry, now());
  dropSessionCookie(c);
  return c.redirect("/console/sign-in?signed_out", 303);
});
