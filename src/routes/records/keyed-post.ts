import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { answerOnce, type Creation, type FirstAnswer, type UserKey } from "../../intake/idempotency.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { fail, ok, type Result } from "../../result.ts";
import { POLL_AGAIN_SECONDS } from "./owned-record.ts";

/** What a request with an Idempotency-Key may meet besides the problems of its own. */
export const KEY_PROBLEMS = ["idempotency_key_in_use", "idempotency_key_reused"] as const;

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

function respond(c: Context<AppEnv>, { status, location, etag, body }: FirstAnswer, replayed: boolean): Response {
  const headers: Record<string, string> = { location, "content-type": "application/json", "cache-control": "no-store" };
  if (etag !== undefined) headers["etag"] = etag;
  if (status === 202) headers["retry-after"] = POLL_AGAIN_SECONDS;
  if (replayed) headers["idempotent-replayed"] = "true";
  return c.body(body, status, headers);
}

/** Answers a POST that creates a record: once for each Idempotency-Key, and as it comes without one. */
export async function respondCreated(c: Context<AppEnv>, creation: Creation): Promise<Response> {
  const key = keyOf(c);
  if (!key.ok) return respondWithProblem(c, key.error);
  if (key.value === null) {
    const created = await creation.create(null);
    if (!created.ok) return respondWithProblem(c, created.error);
    if (created.value === null) throw new Error("a request without a key cannot be a repeat");
    return respond(c, created.value.answer, false);
  }
  const answer = await answerOnce(c.var.deps.idempotency, key.value, creation);
  return answer.ok ? respond(c, answer.value, answer.value.replayed) : respondWithProblem(c, answer.error);
}
