import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { subjectsOf } from "../../auth/subject.ts";
import { issueToken, type Caller } from "../../auth/tokens.ts";
import { revokedUntil } from "../../db/revocations.ts";

/** A page asks for another one on its own; what leaks out of it should be of no use for long. */
const LIFETIME_SECONDS = 15 * 60;

/** An ordinary access token for a visitor, good for a quarter of an hour; `expiresAt` in Unix milliseconds. */
export async function visitorToken(c: Context<AppEnv>, caller: Caller): Promise<{ token: string; expiresAt: number }> {
  const { config, db, now } = c.var.deps;
  const revokedAt = await revokedUntil(db, caller.applicationId, await subjectsOf(caller, config.masterKeys));
  return issueToken(caller, config.tokenKeys, now(), revokedAt, LIFETIME_SECONDS);
}
