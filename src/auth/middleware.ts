import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problems.ts";
import { respondWithProblem } from "../respond.ts";
import { isAdministrator } from "./administrator.ts";
import { verifyToken } from "./tokens.ts";

const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

/** Lets a request through when its access token is good and its application may call; sets `caller`. */
export const requireToken: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { config, directory, now } = c.var.deps;
  const [, token] = BEARER.exec(c.req.header("authorization") ?? "") ?? [];
  if (token === undefined) return respondWithProblem(c, problem("malformed_authorization"));
  const caller = await verifyToken(token, config.tokenKeys, now());
  if (!caller.ok) return respondWithProblem(c, problem(caller.error));
  const standing = await directory.standing(caller.value.applicationId);
  if (standing !== "active") return respondWithProblem(c, problem(`${standing}_application`));
  c.set("caller", caller.value);
  return next();
};

/** Lets a request through when it carries the administrator's token. */
export const requireAdministrator: MiddlewareHandler<AppEnv> = async (c, next) => {
  const admitted = await isAdministrator(c.req.header("authorization"), c.var.deps.config.adminToken);
  return admitted ? next() : respondWithProblem(c, problem("not_an_administrator"));
};
