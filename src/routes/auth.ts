import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../app-env.ts";
import { liveKeys } from "../auth/application.ts";
import { refuseLogin } from "../auth/application-signature.ts";
import { openKey } from "../auth/key-sealing.ts";
import { requireToken } from "../auth/middleware.ts";
import { subjectsOf } from "../auth/subject.ts";
import { issueToken } from "../auth/tokens.ts";
import { applicationById } from "../db/applications.ts";
import { revokedUntil, revokeTokens } from "../db/revocations.ts";
import { problem } from "../problems.ts";
import { respondWithProblem } from "../respond.ts";
import { parseJsonBody } from "./json-body.ts";

const loginSchema = z.object({
  application_id: z.int().positive(),
  application_user_id: z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/, "1 to 128 characters of A-Z a-z 0-9 - _ ."),
  signature: z.string(),
  timestamp: z.int().optional(),
});

export const authRoutes = new Hono<AppEnv>();

authRoutes.post("/auth/hmac", async (c) => {
  const { db, config, now } = c.var.deps;
  const login = await parseJsonBody(c.req.raw, loginSchema);
  if (!login.ok) return respondWithProblem(c, login.error);
  const { application_id, application_user_id: userId, signature, timestamp = null } = login.value;

  const application = await applicationById(db, application_id);
  if (application === null) return respondWithProblem(c, problem("unknown_application"));
  if (!application.active) return respondWithProblem(c, problem("inactive_application"));
  const sealed = liveKeys(application.hmacKeys, now());
  const keys = await Promise.all(sealed.map((key) => openKey(key, config.masterKeys)));
  const { requireTimestamp } = application;
  const refusal = await refuseLogin({ userId, timestamp, signature }, { keys, requireTimestamp }, now());
  if (refusal !== null) return respondWithProblem(c, problem(refusal));

  const user = { applicationId: application.id, userId };
  const revokedAt = await revokedUntil(db, application.id, await subjectsOf(user, config.masterKeys));
  const { token, expiresAt } = await issueToken(user, config.tokenKeys, now(), revokedAt);
  return c.json({ access_token: token, expires_at: new Date(expiresAt).toISOString() }, 200, {
    "cache-control": "no-store",
  });
});

/**
 * Ends every token of the calling user that was issued until now. In this isolate that holds at once, in others as soon as
 * they no longer trust what they remember. Stopped before D1 has it, nothing has happened and the client saw no answer.
 */
authRoutes.post("/auth/revoke", requireToken, async (c) => {
  const { config, db, directory, now } = c.var.deps;
  const { caller } = c.var;
  const [subject] = await subjectsOf(caller, config.masterKeys);
  await revokeTokens(db, caller.applicationId, subject, now());
  directory.forgetUser(caller);
  return c.body(null, 204, { "cache-control": "no-store" });
});
