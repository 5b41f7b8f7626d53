import type { Administrator } from "../auth/administrator.ts";
import { KEY_LISTS, liveKeys, type Application, type KeyPurpose, type SealedKey } from "../applications/application.ts";
import { addNewestKey, endKey, keepNewestKey, keyListTag } from "../applications/keys/key-rotation.ts";
import { generateKey, openKey, sealKey } from "../applications/keys/key-sealing.ts";
import { replaceKeys } from "../db/application-keys.ts";
import { applicationById } from "../db/applications.ts";
import type { Deps } from "../wiring/deps.ts";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import type { KeyRotation } from "../applications/application-settings.ts";
import { auditEntry, type AuditEntry } from "../audit/audit.ts";
import { HOUR_MS } from "../time.ts";

/** Identifies a key list of an application. */
export interface KeyListName {
  applicationId: number;
  purpose: KeyPurpose;
}

/** A key list to rotate. */
export interface RotatedKeys extends KeyListName {
  /** The `keyListTag` of the list as the administrator saw it: repeating the request then changes nothing again. */
  seen?: string | undefined;
}

/** Stores a changed list with its audit entry in one transaction, unless another request changed it first. */
async function storeKeys(
  application: Application,
  purpose: KeyPurpose,
  keys: SealedKey[],
  entry: AuditEntry,
  { db, now }: Deps,
): Promise<Result<SealedKey[], Problem>> {
  const stored = await replaceKeys(db, application, { [KEY_LISTS[purpose]]: keys, modifiedAt: now() }, entry);
  return stored === null ? fail(problem("keys_changed")) : ok(keys);
}

/** Whether a key is among the active ones: otherwise a revoked key could live on under another id. */
async function isInUse(
  key: string,
  owner: KeyListName,
  keys: readonly SealedKey[],
  { config, now }: Deps,
): Promise<boolean> {
  const opened = await Promise.all(liveKeys(keys, now()).map((sealed) => openKey(sealed, owner, config.masterKeys)));
  return opened.includes(key);
}

/**
 * Creates a new key, or imports a given one, in one transaction. If it dies before, nothing has changed; if it dies
 * after, the new key is active but the response is lost: it can be revoked by its id, and the rotation be repeated
 * before the old key expires.
 */
export async function rotateKey(
  { seen, ...owner }: RotatedKeys,
  { overlap_hours: overlapHours, key: given }: KeyRotation,
  by: Administrator,
  deps: Deps,
): Promise<Result<{ key: string; keys: SealedKey[] }, Problem>> {
  const { config, now, randomBytes } = deps;
  const { applicationId, purpose } = owner;
  const key = given ?? generateKey(randomBytes);
  const application = await applicationById(deps.db, applicationId);
  if (application === null) return fail(problem("not_found"));
  const present = application[KEY_LISTS[purpose]];
  if (seen !== undefined && seen !== keyListTag(present, now())) return fail(problem("keys_changed"));
  if (await isInUse(key, owner, present, deps)) {
    return fail(invalidFields([{ path: ["key"], message: "is already in use" }], "body"));
  }
  const sealed = await sealKey(key, owner, config.masterKeys, now(), randomBytes);
  const rotated = addNewestKey(present, sealed, overlapHours * HOUR_MS, now());
  if (!rotated.ok) return fail(problem(rotated.error));
  const subject = { applicationId, target: sealed.id ?? null, detail: { purpose, overlap_hours: overlapHours } };
  const entry = auditEntry("key.rotate", subject, by, deps);
  const stored = await storeKeys(application, purpose, rotated.value, entry, deps);
  return stored.ok ? ok({ key, keys: stored.value }) : stored;
}

/** Revokes the old key. A webhook in flight at this moment still carries its signature. */
export async function revokeOldKeys(
  { applicationId, purpose }: KeyListName,
  by: Administrator,
  deps: Deps,
): Promise<Result<SealedKey[], Problem>> {
  const application = await applicationById(deps.db, applicationId);
  if (application === null) return fail(problem("not_found"));
  const left = keepNewestKey(application[KEY_LISTS[purpose]], deps.now());
  const entry = auditEntry("key.revoke", { applicationId, detail: { purpose } }, by, deps);
  return storeKeys(application, purpose, left, entry, deps);
}

/** Revokes one key; the other one, if it has an end, keeps it. */
export async function endKeyById(
  { applicationId, purpose }: KeyListName,
  keyId: string,
  by: Administrator,
  deps: Deps,
): Promise<Result<SealedKey[], Problem>> {
  const application = await applicationById(deps.db, applicationId);
  if (application === null) return fail(problem("not_found"));
  const left = endKey(application[KEY_LISTS[purpose]], keyId, deps.now());
  if (!left.ok) return fail(problem(left.error === "last_key" ? "last_key" : "not_found"));
  const entry = auditEntry("key.end", { applicationId, target: keyId, detail: { purpose } }, by, deps);
  return storeKeys(application, purpose, left.value, entry, deps);
}
