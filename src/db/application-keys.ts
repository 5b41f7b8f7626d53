import { and, asc, eq, gt, or, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { AuditEntry } from "../audit/audit.ts";
import type { Application, SealedKey } from "../applications/application.ts";
import type { KeyLists } from "../applications/keys/reseal-keys.ts";
import { insertIfChanged } from "./audit.ts";
import type { Database } from "./database.ts";
import { applications } from "./schema.ts";

/** Compares what the JSON says, not how it is spaced. */
const isStill = (column: SQLiteColumn, keys: readonly SealedKey[]): SQL =>
  sql`json(${column}) = json(${JSON.stringify(keys)})`;

/**
 * Replaces key lists if both still are what they were when they were read, so that of two changes at once one is
 * refused and none is lost. Null when they are not, or when the application has gone. With an entry, that is stored if
 * and only if the keys are replaced.
 */
export async function replaceKeys(
  db: Database,
  before: Application,
  changes: Partial<KeyLists & Pick<Application, "modifiedAt">>,
  entry: AuditEntry | null,
): Promise<Application | null> {
  const replacing = db
    .update(applications)
    .set(changes)
    .where(
      and(
        eq(applications.id, before.id),
        isStill(applications.hmacKeys, before.hmacKeys),
        isStill(applications.webhookKeys, before.webhookKeys),
      ),
    )
    .returning();
  const [changed] = entry === null ? await replacing : (await db.batch([replacing, insertIfChanged(db, entry)]))[0];
  return changed ?? null;
}

/** A list with a key under another master key than the newest, or from before keys were bound to their owner. */
const isOutdated = (column: SQLiteColumn, newestMasterKeyId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(${column}) AS sealed
    WHERE sealed.value ->> 'masterKeyId' <> ${newestMasterKeyId} OR sealed.value ->> 'id' IS NULL)`;

/** Applications with a key that is not sealed again, by id, beginning after `after`. */
export async function applicationsWithOutdatedKeys(
  db: Database,
  newestMasterKeyId: string,
  after: number,
  limit: number,
): Promise<Application[]> {
  return db
    .select()
    .from(applications)
    .where(
      and(
        gt(applications.id, after),
        or(
          isOutdated(applications.hmacKeys, newestMasterKeyId),
          isOutdated(applications.webhookKeys, newestMasterKeyId),
        ),
      ),
    )
    .orderBy(asc(applications.id))
    .limit(limit);
}

/** How many keys are sealed under a master key; `unbound` ones among them are from before keys were bound. */
export interface SealedKeyCount {
  masterKeyId: string;
  keys: number;
  unbound: number;
}

export async function countSealedKeys(db: Database): Promise<SealedKeyCount[]> {
  return db.all<SealedKeyCount>(sql`
    SELECT sealed ->> 'masterKeyId' AS masterKeyId, count(*) AS keys, sum(sealed ->> 'id' IS NULL) AS unbound FROM (
      SELECT list.value AS sealed FROM ${applications}, json_each(${applications.hmacKeys}) AS list
      UNION ALL
      SELECT list.value AS sealed FROM ${applications}, json_each(${applications.webhookKeys}) AS list
    ) GROUP BY masterKeyId`);
}
