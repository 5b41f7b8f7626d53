import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem, type Problem } from "../problems.ts";
import { respondWithProblem } from "../respond.ts";
import { isAdministrator } from "./administrator.ts";
import type { Admission } from "./application-directory.ts";

const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

const REVOKED = "The tokens of this user were ended before their time. Get a new one with POST /auth/hmac.";

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

/** Lets a request through when it carries the administrator's token. */
export const requireAdministrator: MiddlewareHandler<AppEnv> = async (c, next) => {
  const admitted = await isAdministrator(c.req.header("authorization"), c.var.deps.config.adminToken);
  return admitted ? next() : respondWithProblem(c, problem("not_an_administrator"));
};
