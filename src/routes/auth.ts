import { z } from "zod";
import { liveKeys } from "../applications/application.ts";
import { refuseLogin } from "../auth/application-signature.ts";
import { openKey } from "../applications/keys/key-sealing.ts";
import { subjectsOf } from "../auth/subject.ts";
import { isUserId, issueToken, USER_ID_RULE } from "../auth/tokens.ts";
import { applicationById } from "../db/applications.ts";
import { revocationOf, revokedUntil } from "../db/revocations.ts";
import { json } from "../openapi/operation.ts";
import { operation, type Operation } from "../http/operation.ts";
import { SAMPLE_LOGIN, SAMPLE_TIMED_LOGIN } from "../openapi/samples.ts";
import { problem } from "../problems/problem.ts";
import { respondWithProblem } from "../http/respond.ts";
import { parseJsonBody } from "../http/json-body.ts";
import { guessSource, refuseGuess, settleGuess } from "../http/guessing.ts";
import { deferredBy, refuseFlood } from "../http/rate-limit.ts";
import { MAX_APPLICATION_ID, TOKEN_LIFETIME_SECONDS, hours } from "../bounds.ts";

/** Longer than any digest in any notation: what is no signature is refused as one, with 401. */
const MAX_SIGNATURE_LENGTH = 1_000;

const loginSchema = z
  .object({
    application_id: z.int().positive().max(MAX_APPLICATION_ID),
    application_user_id: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,128}$/, { message: USER_ID_RULE, abort: true })
      .refine(isUserId, USER_ID_RULE)
      .meta({ description: "The application's own id for its user." }),
    signature: z.string().max(MAX_SIGNATURE_LENGTH).meta({
      description:
        'Lower-case hex HMAC-SHA256 with the application\'s HMAC key, of `application_user_id`, or of `"{timestamp}.{application_user_id}"` when a timestamp is sent.',
    }),
    timestamp: z.int().optional().meta({
      description:
        "Unix seconds, within five minutes of this service's clock. Required for a user id that begins with digits and a dot.",
    }),
  })
  .meta({ id: "Login" });

const tokenSchema = z
  .object({
    access_token: z.string().meta({ description: "A JWT for `Authorization: Bearer`." }),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "AccessToken" });

const logIn = operation({
  id: "logIn",
  method: "post",
  path: "/auth/hmac",
  tag: "Access tokens",
  summary: "Get an access token for a user",
  description: `The application's server signs its user's id with the HMAC key, which never leaves the server, and gives the token to the user's app. A token is valid for ${hours(TOKEN_LIFETIME_SECONDS)}.\n\nAn application can require a signed \`timestamp\`, so that a login cannot be replayed later.`,
  security: "public",
  body: json(loginSchema, {
    user: { summary: "A user of the local application", value: SAMPLE_LOGIN },
    timestamp: { summary: "The same with a timestamp", value: SAMPLE_TIMED_LOGIN },
  }),
  responses: {
    200: {
      description: "The token.",
      headers: ["RateLimit-Policy", "RateLimit"],
      content: json(tokenSchema, {
        token: {
          summary: `A token valid for ${hours(TOKEN_LIFETIME_SECONDS)}`,
          value: { access_token: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", expires_at: "2026-11-24T10:30:00.000Z" },
        },
      }),
    },
  },
  problems: [
    "malformed_request",
    "unknown_application",
    "inactive_application",
    "wrong_signature",
    "timestamp_off",
    "timestamp_required",
    "invalid_request",
    "rate_limited",
  ],
  handler: async (c) => {
    const { db, config, limits, now } = c.var.deps;
    const login = await parseJsonBody(c.req.raw, loginSchema);
    if (!login.ok) return respondWithProblem(c, login.error);
    const { application_id, application_user_id: userId, signature, timestamp = null } = login.value;

    const source = guessSource(c, application_id);
    const waits = refuseGuess(c, source);
    if (waits !== null) return respondWithProblem(c, waits);

    const application = await applicationById(db, application_id);
    if (application === null) {
      return respondWithProblem(c, settleGuess(c, source, false) ?? problem("unknown_application"));
    }
    if (!application.active) return respondWithProblem(c, problem("inactive_application"));
    const sealed = liveKeys(application.hmacKeys, now());
    const owner = { applicationId: application.id, purpose: "hmac" } as const;
    const keys = await Promise.all(sealed.map((key) => openKey(key, owner, config.masterKeys)));
    const { requireTimestamp } = application;
    const refusal = await refuseLogin({ userId, timestamp, signature }, { keys, requireTimestamp }, now());
    // The timestamp is judged first: nothing was compared then, and nothing was guessed.
    if (refusal === "timestamp_off" || refusal === "timestamp_required") return respondWithProblem(c, problem(refusal));
    const guess = settleGuess(c, source, refusal === null);
    if (guess !== null || refusal !== null) return respondWithProblem(c, guess ?? problem("wrong_signature"));

    const user = { applicationId: application.id, userId };
    const flood = refuseFlood(c, limits.count(user, application.rateLimits, "requests", deferredBy(c)));
    if (flood !== null) return flood;
    const revokedAt = await revokedUntil(db, application.id, await subjectsOf(user, config.masterKeys));
    const { token, expiresAt } = await issueToken(user, config.tokenKeys, now(), revokedAt);
    const answer: z.output<typeof tokenSchema> = { access_token: token, expires_at: new Date(expiresAt).toISOString() };
    return c.json(answer, 200, { "cache-control": "no-store" });
  },
});

const revokeTokens = operation({
  id: "revokeTokens",
  method: "post",
  path: "/auth/revoke",
  tag: "Access tokens",
  summary: "Revoke all tokens of the calling user",
  description:
    "Every token issued to the user so far, including this one, stops working everywhere within a minute. New tokens are not affected.",
  security: "token",
  rate: "requests",
  responses: { 204: { description: "The tokens are revoked." } },
  problems: [],
  /**
   * Ends every token of the calling user that was issued until now. In this isolate that holds at once, in others as soon as
   * they no longer trust what they remember. Stopped before D1 has it, nothing has happened and the client saw no answer.
   */
  handler: async (c) => {
    const { config, db, directory, now } = c.var.deps;
    const { caller } = c.var;
    const [subject] = await subjectsOf(caller, config.masterKeys);
    await revocationOf(db, caller.applicationId, subject, now());
    directory.forgetUser(caller);
    return c.body(null, 204, { "cache-control": "no-store" });
  },
});

export const AUTH_OPERATIONS: readonly Operation[] = [logIn, revokeTokens];
