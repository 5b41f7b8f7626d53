import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import {
  acceptOnce,
  keepResponse,
  type Accepted,
  type Creation,
  type FirstResponse,
  type UserKey,
} from "../../intake/idempotency.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { fail, ok, type Result } from "../../result.ts";
import { POLL_AGAIN_SECONDS } from "./owned-record.ts";
import { MAX_IDEMPOTENCY_KEY_LENGTH } from "../../bounds.ts";

/** The problems of requests that create a record, once for each Idempotency-Key, besides their own. */
export const KEY_PROBLEMS = ["idempotency_key_in_use", "idempotency_key_reused", "quota_exceeded"] as const;

const PRINTABLE = new RegExp(`^[\\x20-\\x7e]{1,${MAX_IDEMPOTENCY_KEY_LENGTH}}$`);

/** The request's Idempotency-Key, bound to its user; null without the header. */
function keyOf(c: Context<AppEnv>): Result<UserKey | null, Problem> {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return ok(null);
  const message = `1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} printable ASCII characters`;
  if (!PRINTABLE.test(key)) return fail(invalidFields([{ path: ["idempotency-key"], message }], "header"));
  const { applicationId, userId } = c.var.caller;
  return ok({ applicationId, userId, key });
}

/** A POST that was accepted, and the Idempotency-Key that it came with. */
export interface AcceptedPost {
  accepted: Accepted;
  key: UserKey | null;
}

/** Accepts a POST that creates a record: once for each Idempotency-Key. */
export async function acceptPost(c: Context<AppEnv>, creation: Creation): Promise<Result<AcceptedPost, Problem>> {
  const key = keyOf(c);
  if (!key.ok) return key;
  const accepted = await acceptOnce(c.var.deps.idempotency, key.value, creation);
  return accepted.ok ? ok({ accepted: accepted.value, key: key.value }) : accepted;
}

/** Responds to a POST that created a record, and stores the response for later requests with the same key. */
export async function respondCreated(
  c: Context<AppEnv>,
  key: UserKey | null,
  recordId: string,
  response: FirstResponse,
  isReplayed: boolean,
): Promise<Response> {
  if (key !== null) await keepResponse(c.var.deps.idempotency, key, recordId, response);
  return respond(c, response, isReplayed);
}

/** Sends a first response, or repeats it. */
export function respond(
  c: Context<AppEnv>,
  { status, location, etag, body }: FirstResponse,
  isReplayed: boolean,
): Response {
  const headers: Record<string, string> = { location, "content-type": "application/json", "cache-control": "no-store" };
  if (etag !== undefined) headers["etag"] = etag;
  if (status === 202) headers["retry-after"] = POLL_AGAIN_SECONDS;
  if (isReplayed) headers["idempotent-replayed"] = "true";
  return c.body(body, status, headers);
}
