import type { Database } from "../db/database.ts";
import {
  countDeliveries,
  deleteApplicationRows,
  deleteKeysOf,
  dueErasures,
  recordsOf,
  saveErasure,
} from "../db/erasures.ts";
import type { PhotoStore } from "../photos/photo-store.ts";
import type { ErasurePorts } from "../erasure/erase.ts";
import type { ErasureSubject } from "../erasure/erasure.ts";

/** Photos without a record that one step removes. */
const PHOTOS_AT_ONCE = 500;

/** What an erasure removes from: D1, the photos, and the records' own objects. */
interface Stores {
  db: Database;
  photos: PhotoStore;
  removeRecord: (recordId: string) => Promise<unknown>;
  now: () => number;
}

async function removeRest(subject: ErasureSubject, { db, photos }: Stores): Promise<boolean> {
  const { applicationId } = subject;
  if (subject.scope === "user") {
    await deleteKeysOf(db, applicationId, subject.userId);
    return true;
  }
  const orphans = await photos.list(applicationId, "", PHOTOS_AT_ONCE);
  if (orphans.length > 0) {
    await photos.deleteAll(
      applicationId,
      orphans.map(({ recordId }) => recordId),
    );
    return false;
  }
  return deleteApplicationRows(db, applicationId);
}

/** Wires an erasure to the stores. */
export const createErasurePorts = (stores: Stores): ErasurePorts => ({
  dueErasures: (now, limit) => dueErasures(stores.db, now, limit),
  saveErasure: (next, previousRevision) => saveErasure(stores.db, next, previousRevision),
  recordsOf: (subject, limit) => recordsOf(stores.db, subject, limit),
  async count(applicationId, recordIds) {
    const [deliveries, ...sizes] = await Promise.all([
      countDeliveries(stores.db, recordIds),
      ...recordIds.map((recordId) => stores.photos.size({ applicationId, recordId })),
    ]);
    return { records: recordIds.length, photos: sizes.filter((size) => size !== null).length, deliveries };
  },
  removeRecord: stores.removeRecord,
  removeRest: (subject) => removeRest(subject, stores),
  now: stores.now,
});
