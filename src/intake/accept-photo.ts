import type { Caller } from "../auth/tokens.ts";
import { problem, type Problem } from "../problems/problem.ts";
import type { NutritionRecord, StoredPhoto } from "../records/record.ts";
import { PENDING_GRACE_MS } from "../records/sweep-times.ts";
import { fail, ok, type Result } from "../result.ts";
import type { FetchPhoto } from "./fetch-photo.ts";
import type { IdempotencyPorts, StoreRecordPorts } from "./idempotency.ts";
import { pendingRecord } from "./pending-record.ts";
import type { PhotoStore } from "../photos/photo-store.ts";
import type { Upload } from "./read-upload.ts";
import { takePhoto } from "./take-photo.ts";

/** What accepting a photo needs from outside. */
export interface AcceptPorts extends StoreRecordPorts, Pick<IdempotencyPorts, "releaseKey"> {
  photos: PhotoStore;
  fetchPhoto: FetchPhoto;
  recordById(id: string): Promise<NutritionRecord | null>;
  deleteRecord(id: string): Promise<void>;
  /** Sends the first wake-up call for the analysis, to arrive after so many seconds. */
  enqueue(record: NutritionRecord, delaySeconds: number): Promise<void>;
  now: () => number;
  createId: () => string;
}

/** Nothing was accepted, or no one was told yet: the client may try again. */
export const unavailable: Problem = { ...problem("temporarily_unavailable"), retryAfterSeconds: 5 };

/**
 * Takes a photo in: its bytes to the store and its row to D1 at the same time, then the wake-up call, which arrives after
 * `delaySeconds`. From the response on, the record reaches a final status, whatever crashes:
 * - before the row: at most an orphan photo, and the client saw an error;
 * - a row without a photo (the store failed and the row could not be taken back): ends as `image_unreadable`;
 * - after the row, before the queue: the client sees a 503 and the sweep sends the call.
 */
export async function acceptPhoto(
  ports: AcceptPorts,
  caller: Caller,
  upload: Upload,
  delaySeconds: number,
): Promise<Result<NutritionRecord, Problem>> {
  const id = ports.createId();
  const owner = { applicationId: caller.applicationId, recordId: id };
  let inserting: Promise<NutritionRecord | "full"> | null = null;
  const insert = (photo: StoredPhoto): void => {
    const record = pendingRecord(
      id,
      caller,
      upload.request,
      { inputType: upload.inputType, photo, inputText: null },
      ports.now(),
    );
    inserting = ports.insertRecord(record, record.uploadedAt + PENDING_GRACE_MS).then((outcome) => {
      return outcome === "full" ? outcome : record;
    });
    // Awaited below, after the bytes; until then a rejection must not count as unhandled.
    inserting.catch(() => undefined);
  };
  try {
    const stored = await takePhoto(ports, owner, upload.photo, { onSound: insert });
    if (!stored.ok) return stored;
  } catch (error) {
    ports.reportOutage("photo.store_failed", "storing a photo failed", error);
    await undo(inserting, () => ports.deleteRecord(id));
    return fail(unavailable);
  }
  let record: NutritionRecord | "full";
  try {
    record = await inserted(inserting);
  } catch (error) {
    ports.reportOutage("record.store_failed", "storing a record failed", error);
    await ports.photos.delete(owner).catch(() => undefined);
    return fail(unavailable);
  }
  if (record === "full") {
    await ports.photos.delete(owner).catch(() => undefined);
    return fail(problem("quota_exceeded"));
  }
  return (await wakeUp(ports, record, delaySeconds)) ? ok(record) : fail(unavailable);
}

/** Sends the wake-up call; false when the queue is down, and then the sweep will send it. */
export async function wakeUp(
  ports: Pick<AcceptPorts, "enqueue" | "reportOutage">,
  record: NutritionRecord,
  delaySeconds: number,
): Promise<boolean> {
  try {
    await ports.enqueue(record, delaySeconds);
    return true;
  } catch (error) {
    ports.reportOutage("upload.enqueue_failed", "enqueueing an upload failed; the sweep will send it", error);
    return false;
  }
}

/** `takePhoto` has called back by the time it succeeds; anything else is a bug. */
function inserted(inserting: Promise<NutritionRecord | "full"> | null): Promise<NutritionRecord | "full"> {
  if (inserting === null) throw new Error("the photo was stored without having been checked");
  return inserting;
}

/** Takes a row back, if it was written at all. What cannot be taken back ends as `image_unreadable`. */
async function undo(inserting: Promise<unknown> | null, takeBack: () => Promise<void>): Promise<void> {
  const written = await inserting?.then(
    () => true,
    () => false,
  );
  if (written === true) await takeBack().catch(() => undefined);
}
