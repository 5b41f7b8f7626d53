import type { Caller } from "../auth/tokens.ts";
import { problem, type Problem } from "../problems/problem.ts";
import type { NutritionRecord, StoredPhoto } from "../records/record.ts";
import { PENDING_GRACE_MS } from "../records/sweep-times.ts";
import { fail, ok, type Result } from "../result.ts";
import { unavailable, wakeUp, type AcceptPorts } from "./accept-photo.ts";
import { releaseKey, type InsertOutcome, type KeyClaim } from "./idempotency.ts";
import { pendingRecord } from "./pending-record.ts";
import { PhotoDigest } from "../photos/photo-digest.ts";
import type { Upload } from "./read-upload.ts";
import { photoIdentity, takePhoto, type PhotoIdentity } from "./take-photo.ts";

/**
 * As `acceptPhoto`, for an upload with an Idempotency-Key, and one step after the other: a key that is bound leads to a
 * record, and the record to its photo. Null when another upload was faster with the key; nothing of this one is left.
 * Stopped after
 * - the photo: an orphan photo, and the key is free;
 * - the row with its key: the client sees a 503 or nothing; the next upload with the key sends the wake-up call and
 *   responds, and without one the sweep sends it.
 */
export async function acceptPhotoOnce(
  ports: AcceptPorts,
  caller: Caller,
  upload: Upload,
  delaySeconds: number,
  claimFor: (photo: PhotoIdentity, now: number) => Promise<KeyClaim>,
): Promise<Result<NutritionRecord | null, Problem>> {
  const id = ports.createId();
  const owner = { applicationId: caller.applicationId, recordId: id };
  const digest = new PhotoDigest();
  let stored: Result<StoredPhoto, Problem>;
  try {
    stored = await takePhoto(ports, owner, upload.photo, { digest });
  } catch (error) {
    ports.reportOutage("photo.store_failed", "storing a photo failed", error);
    return fail(unavailable);
  }
  if (!stored.ok) return stored;
  const input = { inputType: upload.inputType, photo: stored.value, inputText: null };
  const record = pendingRecord(id, caller, upload.request, input, ports.now());
  const claim = await claimFor(await photoIdentity(upload.photo, stored.value, digest), record.uploadedAt);
  let outcome: InsertOutcome;
  try {
    outcome = await ports.insertRecordOnce(record, record.uploadedAt + PENDING_GRACE_MS, claim);
  } catch (error) {
    // The row may be there: its photo stays, at worst as an orphan.
    ports.reportOutage("record.insert_outcome_unknown", "record insert outcome unknown", error);
    return fail(unavailable);
  }
  if (outcome !== "stored") {
    await ports.photos.delete(owner).catch(() => undefined);
    if (outcome === "full") return fail(problem("quota_exceeded"));
    return outcome === "taken" ? ok(null) : fail(unavailable);
  }
  if (await wakeUp(ports, record, delaySeconds)) return ok(record);
  await releaseKey(ports, claim, id);
  return fail(unavailable);
}
