import type { Administrator } from "../auth/administrator.ts";
import { insertAuditEntry } from "../db/audit.ts";
import type { Deps } from "../wiring/deps.ts";
import { sendSample, type TestOutcome } from "../operations/send.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { auditEntry } from "../audit/audit.ts";

/** Sends a signed test event to the operations webhook and waits for the response; a problem if none is configured. */
export async function testOperations(by: Administrator, deps: Deps): Promise<Result<TestOutcome, Problem>> {
  const { sending } = deps.operations;
  if (sending.endpoint === null) return fail(problem("no_operations_url"));
  await insertAuditEntry(deps.db, auditEntry("operations.test", {}, by, deps));
  return ok(await sendSample(sending.endpoint, deps.newId, sending));
}
