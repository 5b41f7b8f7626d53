import type { Caller } from "../auth/tokens.ts";
import { problem, type Problem } from "../problems.ts";
import type { NutritionRecord, StoredPhoto } from "../records/record.ts";
import { PENDING_GRACE_MS } from "../records/sweep-times.ts";
import { fail, ok, type Result } from "../result.ts";
import { pendingRecord } from "./pending-record.ts";
import { checkPhoto } from "./photo-check.ts";
import type { PhotoOwner, PhotoStore } from "./photo-store.ts";
import type { Upload } from "./read-upload.ts";

/** What accepting a photo needs from outside. */
export interface AcceptPorts {
  photos: PhotoStore;
  insertRecord(record: NutritionRecord, sweepAt: number): Promise<void>;
  deleteRecord(id: string): Promise<void>;
  /** Sends the wake-up call for the analysis. */
  enqueue(recordId: string): Promise<void>;
  now: () => number;
  createId: () => string;
  /** Reports an outage to the log; the client is told nothing of it. */
  reportOutage(message: string, error: unknown): void;
}

/** Nothing was accepted, or nobody heard of it yet: the client may try again. */
export const unavailable: Problem = { ...problem("temporarily_unavailable"), retryAfterSeconds: 5 };

/**
 * Takes a photo in: its bytes to the store and its row to D1 at the same time, then the wake-up call. From the answer on
 * the record reaches a final status, whatever crashes:
 * - before the row: at most an orphan photo, and the client saw an error;
 * - a row without a photo (the store failed and the row could not be taken back): ends as `image_unreadable`;
 * - after the row, before the queue: the client sees a 503 and the sweep sends the call.
 */
export async function acceptPhoto(
  ports: AcceptPorts,
  caller: Caller,
  upload: Upload,
): Promise<Result<NutritionRecord, Problem>> {
  const id = ports.createId();
  const owner = { applicationId: caller.applicationId, recordId: id };
  let inserting: Promise<NutritionRecord> | null = null;
  const insert = (photo: StoredPhoto): void => {
    const record = pendingRecord(
      id,
      caller,
      upload.request,
      { inputType: "image", photo, inputText: null },
      ports.now(),
    );
    inserting = ports.insertRecord(record, record.uploadedAt + PENDING_GRACE_MS).then(() => record);
    // Awaited below, after the bytes; until then a rejection must not count as unhandled.
    inserting.catch(() => undefined);
  };
  try {
    const stored = await store(ports.photos, owner, upload, insert);
    if (!stored.ok) return stored;
  } catch (error) {
    ports.reportOutage("the photo could not be stored", error);
    await undo(inserting, () => ports.deleteRecord(id));
    return fail(unavailable);
  }
  let record: NutritionRecord;
  try {
    record = await inserted(inserting);
  } catch (error) {
    ports.reportOutage("the record could not be stored", error);
    await ports.photos.delete(owner).catch(() => undefined);
    return fail(unavailable);
  }
  return (await wakeUp(ports, id)) ? ok(record) : fail(unavailable);
}

/** Sends the wake-up call; false when the queue is down, and then the sweep will send it. */
export async function wakeUp(ports: Pick<AcceptPorts, "enqueue" | "reportOutage">, recordId: string): Promise<boolean> {
  try {
    await ports.enqueue(recordId);
    return true;
  } catch (error) {
    ports.reportOutage("the analysis could not be queued; the sweep will do it", error);
    return false;
  }
}

/** `store` has called back by the time it succeeds; anything else is a bug. */
function inserted(inserting: Promise<NutritionRecord> | null): Promise<NutritionRecord> {
  if (inserting === null) throw new Error("the photo was stored without having been judged");
  return inserting;
}

/** Takes a row back, if it was written at all. What cannot be taken back ends as `image_unreadable`. */
async function undo(inserting: Promise<NutritionRecord> | null, takeBack: () => Promise<void>): Promise<void> {
  const written = await inserting?.then(
    () => true,
    () => false,
  );
  if (written === true) await takeBack().catch(() => undefined);
}

/** Stores the photo if it is sound; `onSound` is called when that is known. */
async function store(
  photos: PhotoStore,
  owner: PhotoOwner,
  upload: Upload,
  onSound: (photo: StoredPhoto) => void,
): Promise<Result<StoredPhoto, Problem>> {
  if (upload.photo.kind === "stream") return photos.putStream(owner, upload.photo.body, upload.photo.length, onSound);
  const verdict = checkPhoto(upload.photo.bytes);
  if (!verdict.ok) return verdict;
  onSound(verdict.value);
  await photos.put(owner, upload.photo.bytes);
  return verdict;
}
