import type { Administrator } from "../auth/administrator.ts";
import { resealKeys, type ResealReport } from "../applications/keys/reseal-keys.ts";
import { auditEntry } from "../audit/audit.ts";
import { applicationsWithOutdatedKeys, countSealedKeys, replaceKeys } from "../db/application-keys.ts";
import { insertAuditEntry } from "../db/audit.ts";
import type { Deps } from "../wiring/deps.ts";

/** A master key, and how many of the applications' keys are sealed under it. */
export interface MasterKeyUse {
  id: string;
  isConfigured: boolean;
  keys: number;
}

/** What one call of resealing did, and what is left in the whole service. */
export interface Resealing extends ResealReport {
  /** Keys that are still to be moved. */
  remaining: number;
  /** The configured ones, newest first; then those that are needed and not configured. */
  masterKeys: readonly MasterKeyUse[];
}

/**
 * Moves the keys of the next 100 applications behind `after` under the newest master key. The entry in the audit log is
 * written first: each application changes in a transaction of its own, and stopped anywhere every key stays readable.
 */
export async function resealNextKeys(after: number, by: Administrator, deps: Deps): Promise<Resealing> {
  const { config, db, now, randomBytes } = deps;
  const { masterKeys } = config;
  const newest = masterKeys[0].id;
  await insertAuditEntry(db, auditEntry("keys.reseal", { detail: { after } }, by, deps));
  const report = await resealKeys(after, {
    masterKeys,
    randomBytes,
    now,
    readOutdated: (behind, limit) => applicationsWithOutdatedKeys(db, newest, behind, limit),
    replaceKeys: async (before, keys) => (await replaceKeys(db, before, keys, null)) !== null,
  });
  const counts = await countSealedKeys(db);
  const left = counts.map((count) => (count.masterKeyId === newest ? count.unbound : count.keys));
  const configured = masterKeys.map(({ id }) => id);
  const missing = counts.map(({ masterKeyId }) => masterKeyId).filter((id) => !configured.includes(id));
  return {
    ...report,
    remaining: left.reduce((sum, count) => sum + count, 0),
    masterKeys: [...configured, ...missing].map((id) => ({
      id,
      isConfigured: configured.includes(id),
      keys: counts.find(({ masterKeyId }) => masterKeyId === id)?.keys ?? 0,
    })),
  };
}
