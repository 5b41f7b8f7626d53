import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { answerOnce, type Creation, type FirstAnswer, type UserKey } from "../intake/idempotency.ts";
import { invalidFields, type Problem } from "../problems.ts";
import { respondWithProblem } from "../respond.ts";
import { fail, ok, type Result } from "../result.ts";
import { POLL_AGAIN_SECONDS } from "./owned-record.ts";

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** The request's Idempotency-Key, bound to its user; null without the header. */
function keyOf(c: Context<AppEnv>): Result<UserKey | null, Problem> {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return ok(null);
  const message = "1 to 255 printable ASCII characters";
  if (!PRINTABLE.test(key)) return fail(invalidFields([{ path: ["idempotency-key"], message }], "header"));
  const { applicationId, userId } = c.var.caller;
  return ok({ applicationId, userId, key });
}

function respond(c: Context<AppEnv>, { status, location, body }: FirstAnswer, replayed: boolean): Response {
  const headers: Record<string, string> = { location, "content-type": "application/json", "cache-control": "no-store" };
  if (status === 202) headers["retry-after"] = POLL_AGAIN_SECONDS;
  if (replayed) headers["idempotent-replayed"] = "true";
  return c.body(body, status, headers);
}

/** Answers a POST that creates a record: once for each Idempotency-Key, and as it comes without one. */
export async function respondCreated(c: Context<AppEnv>, creation: Creation): Promise<Response> {
  const key = keyOf(c);
  if (!key.ok) return respondWithProblem(c, key.error);
  if (key.value === null) {
    const created = await creation.create();
    return created.ok ? respond(c, created.value.answer, false) : respondWithProblem(c, created.error);
  }
  const answer = await answerOnce(c.var.deps.idempotency, key.value, creation);
  return answer.ok ? respond(c, answer.value, answer.value.replayed) : respondWithProblem(c, answer.error);
}
