import { problem, type Problem } from "../problems/problem.ts";
import type { NutritionRecord } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import { SECOND_MS } from "../time.ts";
import { IDEMPOTENCY_KEY_LIFETIME_SECONDS } from "../bounds.ts";

/** An Idempotency-Key and whose it is: two users, or two applications, never meet in one key. */
export interface UserKey {
  applicationId: number;
  userId: string;
  key: string;
}

/** The first response to a request, as it is replayed. The body is JSON. */
export interface FirstResponse {
  status: 200 | 201 | 202;
  location: string;
  /** Of a record that is shown whole, where the contract gives one. */
  etag?: string;
  body: string;
}

/** What a key is bound to. Times are Unix milliseconds. */
export interface KeyHolder {
  recordId: string;
  /** What was asked for, see `fingerprint.ts`. */
  fingerprint: string;
  /** Null until the first request has responded. */
  response: FirstResponse | null;
  /** Until then the request that created the record is about to respond. */
  heldUntil: number;
}

/** A key with what is stored beside it when it creates its record. */
export type KeyClaim = UserKey & Pick<KeyHolder, "fingerprint" | "heldUntil"> & { expiresAt: number };

/** How many keys one statement of the clean-up deletes, so that it never holds D1 for long … */
const EXPIRED_KEYS_LIMIT = 5_000;
/** … and how many statements one round runs while there is more: what ten busy applications create in its minute. */
const EXPIRED_KEYS_STATEMENTS = 12;

/** Deletes expired keys, of which `deleteSome` deletes at most so many at once; returns how many were deleted. */
export async function forgetExpiredKeys(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let statements = 0; statements < EXPIRED_KEYS_STATEMENTS; statements++) {
    const deleted = await deleteSome(EXPIRED_KEYS_LIMIT);
    total += deleted;
    if (deleted < EXPIRED_KEYS_LIMIT) break;
  }
  return total;
}
/** From its commit on, a request has little left to do: a queue message and a write. Then it counts as dead. */
const RESPONDS_WITHIN_MS = 10_000;
/** A request that finds the key held looks this often for the response, at first … */
const FIRST_LOOK_MS = 50;
/** … and later. */
const LOOK_MS = 1_000;
/** Once the first request has had its time, another one may be responding in its place: wait this much longer. */
const PATIENCE_MS = 3_000;
const TRY_AGAIN_SECONDS = 2;

/** The claim of a request that may hold its response for `waitMs`. */
export const claimOf = (key: UserKey, fingerprint: string, now: number, waitMs: number): KeyClaim => ({
  ...key,
  fingerprint,
  heldUntil: now + waitMs + RESPONDS_WITHIN_MS,
  expiresAt: now + IDEMPOTENCY_KEY_LIFETIME_SECONDS * SECOND_MS,
});

/**
 * What becomes of a record that is to be stored. `taken`: another request was faster with its key; `full`: its user may
 * store no more.
 */
export type InsertOutcome = "stored" | "taken" | "full" | "failed";

/** What idempotency needs from outside. */
export interface IdempotencyPorts {
  keyHolder(key: UserKey, now: number): Promise<KeyHolder | null>;
  takeKeyOver(key: UserKey, seen: KeyHolder, heldUntil: number): Promise<boolean>;
  releaseKey(key: UserKey, recordId: string): Promise<void>;
  saveFirstResponse(key: UserKey, recordId: string, response: FirstResponse): Promise<void>;
  now: () => number;
  sleep(ms: number): Promise<void>;
  reportOutage(event: string, message: string, error: unknown): void;
}

/** How a request that creates a record is done, as far as its key is concerned. */
export interface Creation {
  /** What it asks for; null when it could never be accepted. Asked only when the key is taken. */
  fingerprint(): Promise<string | null>;
  /**
   * Creates the record. With a key it is stored by `insertRecordOnce`; null when another request was faster with the key,
   * and then nothing is left behind.
   */
  create(key: UserKey | null): Promise<Result<NutritionRecord | null, Problem>>;
  /** Brings to its end what the request that created the record has left undone. */
  resume(recordId: string): Promise<Result<NutritionRecord, Problem>>;
}

/**
 * What became of a request that creates a record: it created one; it brought to its end what an earlier request with its
 * key had begun; or that one has responded, and its response is given again.
 */
export type Accepted =
  | { outcome: "created" | "resumed"; record: NutritionRecord }
  | { outcome: "replayed"; response: FirstResponse };

/**
 * Accepts a request that creates a record: once for each Idempotency-Key, and as often as it comes without one. Nothing
 * is claimed before the work: the key is bound in the transaction that stores the record, so that whatever is refused or
 * breaks off before leaves the key free, no upload waits for a connection that died, and of requests that run at the same
 * time one creates its record while the others give its response again. Stopped after
 * - that transaction: the next request with the key takes over as soon as the first has had time to respond, brings the
 *   work to its end and responds in its place;
 * - `keepResponse`: the next request gives the response again.
 */
export async function acceptOnce(
  ports: IdempotencyPorts,
  key: UserKey | null,
  creation: Creation,
): Promise<Result<Accepted, Problem>> {
  const earlier = key === null ? null : await ports.keyHolder(key, ports.now());
  if (key !== null && earlier !== null) return acceptAgain(ports, key, creation, earlier);
  const created = await creation.create(key);
  if (!created.ok) return created;
  if (created.value !== null) return ok({ outcome: "created", record: created.value });
  if (key === null) throw new Error("a request without a key cannot be a repeat");
  const faster = await ports.keyHolder(key, ports.now());
  return faster === null ? inProgress() : acceptAgain(ports, key, creation, faster);
}

const inProgress = (): Result<never, Problem> =>
  fail({ ...problem("idempotency_key_in_use"), retryAfterSeconds: TRY_AGAIN_SECONDS });

/** Keeps the response to the request that created the record, or that stepped in for it. */
export async function keepResponse(
  ports: Pick<IdempotencyPorts, "saveFirstResponse" | "reportOutage">,
  key: UserKey,
  recordId: string,
  response: FirstResponse,
): Promise<void> {
  try {
    await ports.saveFirstResponse(key, recordId, response);
  } catch (error) {
    // The record is accepted all the same; a repetition of the request will find it and respond anew.
    ports.reportOutage(
      "idempotency_key.response_store_failed",
      "storing the first response to an idempotency key failed",
      error,
    );
  }
}

/** Finds the first response, waiting for it while the first request is at work, or steps in for that request. */
async function acceptAgain(
  ports: IdempotencyPorts,
  key: UserKey,
  creation: Creation,
  found: KeyHolder,
): Promise<Result<Accepted, Problem>> {
  if ((await creation.fingerprint()) !== found.fingerprint) return fail(problem("idempotency_key_reused"));
  const giveUpAt = Math.max(found.heldUntil, ports.now()) + PATIENCE_MS;
  let holder = found;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LOOK_MS)) {
    if (holder.response !== null) return ok({ outcome: "replayed", response: holder.response });
    const now = ports.now();
    if (holder.heldUntil <= now && (await ports.takeKeyOver(key, holder, now + RESPONDS_WITHIN_MS))) {
      return resume(ports, key, creation, holder.recordId);
    }
    if (now >= giveUpAt) return inProgress();
    await ports.sleep(pause);
    const next = await ports.keyHolder(key, ports.now());
    if (next === null || next.recordId !== found.recordId) return inProgress();
    holder = next;
  }
}

async function resume(
  ports: IdempotencyPorts,
  key: UserKey,
  creation: Creation,
  recordId: string,
): Promise<Result<Accepted, Problem>> {
  const resumed = await creation.resume(recordId);
  if (resumed.ok) return ok({ outcome: "resumed", record: resumed.value });
  await releaseKey(ports, key, recordId);
  return resumed;
}

/** Lets the next request with the key respond at once, instead of after the time that this one had. */
export async function releaseKey(
  ports: Pick<IdempotencyPorts, "releaseKey" | "reportOutage">,
  key: UserKey,
  recordId: string,
): Promise<void> {
  try {
    await ports.releaseKey(key, recordId);
  } catch (error) {
    ports.reportOutage(
      "idempotency_key.release_failed",
      "releasing an idempotency key failed; it stays held until it expires",
      error,
    );
  }
}

/** What storing a record with or without a key needs from outside. */
export interface StoreRecordPorts {
  insertRecord(record: NutritionRecord, sweepAt: number): Promise<Extract<InsertOutcome, "stored" | "full">>;
  /** Stores a record and its idempotency key together; throws when the outcome is unknown. */
  insertRecordOnce(record: NutritionRecord, sweepAt: number, claim: KeyClaim): Promise<InsertOutcome>;
  /** Reports an outage to the log; the client is not told. */
  reportOutage(event: string, message: string, error: unknown): void;
}

/** Stores a record, and the claim with it if there is one. */
export async function storeRecord(
  ports: StoreRecordPorts,
  record: NutritionRecord,
  sweepAt: number,
  claim: KeyClaim | null,
): Promise<InsertOutcome> {
  try {
    if (claim !== null) return await ports.insertRecordOnce(record, sweepAt, claim);
    return await ports.insertRecord(record, sweepAt);
  } catch (error) {
    ports.reportOutage("record.store_failed", "storing a record failed", error);
    return "failed";
  }
}
