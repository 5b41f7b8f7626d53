import { timeOf } from "../ids.ts";
import { DAY_MS, HOUR_MS } from "../time.ts";

/** Photos of one step: their rows are asked for in one statement, and D1 binds 100 values to one. */
const PAGE_SIZE = 90;
/** Steps of one walk; what is left then is the next minute's. */
const MAX_PAGES = 20;
/**
 * A photo is stored at the same time as its record's row. One that still has none an hour after its last byte belongs
 * to an upload that was stopped; no upload that is in progress ever loses its photo to this.
 */
const ORPHAN_GRACE_MS = HOUR_MS;

/** A photo in the bucket; `storedAt` is when its last byte came, Unix milliseconds. */
export interface PhotoListing {
  recordId: string;
  storedAt: number;
}

/** The bucket, as a walk goes along it. */
export interface PhotoStorage {
  /** An application's photos behind that of record `after` (all, behind ""), in the order of their records' ids. */
  list(applicationId: number, after: string, limit: number): Promise<PhotoListing[]>;
  /** Deletes up to 1,000 photos. */
  deleteAll(applicationId: number, recordIds: readonly string[]): Promise<void>;
}

/** Dependencies of a walk. */
export interface WalkPorts {
  photos: PhotoStorage;
  /**
   * For those of these records that exist, by id, whether an analysis is in progress or waits for its turn: also one of
   * a record that is final and is analyzed again. At most 90 ids.
   */
  whichAreUnderWay(recordIds: readonly string[]): Promise<ReadonlyMap<string, boolean>>;
  /** The photos of these records count no more for their users. At most 90 ids. */
  forgetStoredBytes(recordIds: readonly string[]): Promise<void>;
  now: () => number;
}

/** An application's photos and the rule for them; `checkedUntil` is how far an earlier walk has looked for orphans. */
export interface PhotoWalk {
  applicationId: number;
  retentionDays: number;
  checkedUntil: string;
}

/** How far a walk has come: whether it reached its end, and what it deleted. */
export interface WalkResult {
  finished: boolean;
  checkedUntil: string;
  deleted: number;
}

interface Steps {
  left: number;
  deleted: number;
}

/** The photos in front of the first that `belongs` is false of: a listing is in the order of time. */
function leading(photos: readonly PhotoListing[], belongs: (photo: PhotoListing) => boolean): PhotoListing[] {
  const end = photos.findIndex((photo) => !belongs(photo));
  return photos.slice(0, end === -1 ? photos.length : end);
}

/**
 * Looks at an application's photos from `after` on while `belongs`, and deletes those that `isToDelete`. Returns the last
 * id it looked at, and whether it came to the end.
 */
async function pass(
  { applicationId }: PhotoWalk,
  after: string,
  rule: { belongs: (photo: PhotoListing) => boolean; isToDelete: (isUnderWay: boolean | undefined) => boolean },
  steps: Steps,
  ports: WalkPorts,
): Promise<{ after: string; ended: boolean }> {
  let last = after;
  while (steps.left > 0) {
    steps.left -= 1;
    const page = await ports.photos.list(applicationId, last, PAGE_SIZE);
    const looked = leading(page, rule.belongs);
    const ids = looked.map(({ recordId }) => recordId);
    const underWay = ids.length === 0 ? new Map() : await ports.whichAreUnderWay(ids);
    const toDelete = looked.filter(({ recordId }) => rule.isToDelete(underWay.get(recordId)));
    if (toDelete.length > 0) {
      const gone = toDelete.map(({ recordId }) => recordId);
      // Before the photos: in the other order, a stop in between would count them forever.
      await ports.forgetStoredBytes(gone);
      await ports.photos.deleteAll(applicationId, gone);
    }
    steps.deleted += toDelete.length;
    last = looked.at(-1)?.recordId ?? last;
    if (looked.length < PAGE_SIZE) return { after: last, ended: true };
  }
  return { after: last, ended: false };
}

/**
 * Deletes the photos of an application that are older than it keeps them, and those that belong to no record. Ids are
 * in the order of time and so are the bucket's keys: the old ones are in front, and only those are looked at.
 *
 * A photo that is still to be analyzed, or is to be analyzed again, stays, however old. Stopped anywhere, the next walk
 * begins again where this one began and finds less: deleting twice changes nothing.
 */
export async function walkPhotos(walk: PhotoWalk, ports: WalkPorts): Promise<WalkResult> {
  const now = ports.now();
  const steps: Steps = { left: MAX_PAGES, deleted: 0 };
  const expired = {
    belongs: ({ recordId }: PhotoListing) => timeOf(recordId) < now - walk.retentionDays * DAY_MS,
    isToDelete: (isUnderWay: boolean | undefined) => isUnderWay === false,
  };
  const old = await pass(walk, "", expired, steps, ports);
  const orphaned = {
    belongs: ({ recordId, storedAt }: PhotoListing) => Math.max(timeOf(recordId), storedAt) < now - ORPHAN_GRACE_MS,
    isToDelete: (isUnderWay: boolean | undefined) => isUnderWay === undefined,
  };
  const checked = await pass(walk, walk.checkedUntil, orphaned, steps, ports);
  return { finished: old.ended && checked.ended, checkedUntil: checked.after, deleted: steps.deleted };
}
