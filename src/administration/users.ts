import type { Administrator } from "../auth/administrator.ts";
import { subjectsOf } from "../auth/subject.ts";
import { isUserId, type Caller } from "../auth/tokens.ts";
import { applicationById } from "../db/applications.ts";
import { erasureById, startUserErasure } from "../db/erasures.ts";
import type { Deps } from "../wiring/deps.ts";
import { beginErasure } from "../erasure/erase.ts";
import { newErasure, type Erasure } from "../erasure/erasure.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { auditEntry } from "../audit/audit.ts";

/**
 * Revokes a user's tokens and erases everything the service has of them; returns the progress. The log names the
 * receipt and, like the receipt, not the user. If it dies after the first transaction, the cron trigger continues it.
 */
export async function eraseUser(user: Caller, by: Administrator, deps: Deps): Promise<Result<Erasure, Problem>> {
  const { config, db, directory, erasure: ports, newId, now } = deps;
  const { applicationId } = user;
  const application = isUserId(user.userId) ? await applicationById(db, applicationId) : null;
  if (application === null) return fail(problem("not_found"));
  const [subject] = await subjectsOf(user, config.masterKeys);
  const entry = auditEntry("user.erase", { applicationId }, by, deps);
  const erasure = await startUserErasure(db, newErasure({ scope: "user", ...user }, newId(), now()), subject, entry);
  directory.forgetUser(user);
  await beginErasure(erasure, ports);
  return ok((await erasureById(db, applicationId, erasure.id)) ?? erasure);
}
