import type { Caller } from "../auth/tokens.ts";
import { problem } from "../problems.ts";
import type { NutritionRecord } from "../records/record.ts";
import { isFinal } from "../records/transitions.ts";
import { fail, ok } from "../result.ts";
import { acceptPhoto, unavailable, wakeUp, type AcceptPorts } from "./accept-photo.ts";
import { acceptPhotoOnce } from "./accept-photo-once.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { claimOf, type Created, type Creation, type FirstAnswer, type KeyClaim, type UserKey } from "./idempotency.ts";
import type { Upload } from "./read-upload.ts";
import { identifyPhoto, type PhotoIdentity } from "./take-photo.ts";

/** How an upload is answered. */
export interface UploadManner {
  /** The wake-up call arrives after so many seconds: at once, unless the request does the work itself. */
  delaySeconds: number;
  /** How long the answer may be held, milliseconds. */
  waitMs: number;
  /** The answer for a record that was just accepted; may hold it. */
  answer(record: NutritionRecord): Promise<FirstAnswer>;
  /** The answer for a record that an earlier request has made and not answered for. */
  answerLater(record: NutritionRecord): FirstAnswer;
}

/** An upload as a request that may carry an Idempotency-Key. Its photo can be read only once, and is. */
export function photoCreation(ports: AcceptPorts, caller: Caller, upload: Upload, manner: UploadManner): Creation {
  let identity: PhotoIdentity | null = null;
  const fingerprint = (photo: PhotoIdentity): Promise<string> => fingerprintOf("image", upload.request, photo);

  const claimFor =
    (key: UserKey) =>
    async (photo: PhotoIdentity, now: number): Promise<KeyClaim> => {
      identity = photo;
      return claimOf(key, await fingerprint(photo), now, manner.waitMs);
    };
  const created = async (record: NutritionRecord): Promise<Created> => ({
    recordId: record.id,
    answer: await manner.answer(record),
  });

  return {
    async fingerprint() {
      identity ??= await identifyPhoto(upload.photo);
      return identity === null ? null : fingerprint(identity);
    },
    async create() {
      const accepted = await acceptPhoto(ports, caller, upload, manner.delaySeconds);
      return accepted.ok ? ok(await created(accepted.value)) : accepted;
    },
    async createOnce(key) {
      const accepted = await acceptPhotoOnce(ports, caller, upload, manner.delaySeconds, claimFor(key));
      if (!accepted.ok) return accepted;
      return ok(accepted.value === null ? null : await created(accepted.value));
    },
    async resume(recordId) {
      const record = await ports.recordById(recordId);
      if (record === null) return fail(problem("idempotency_key_in_use"));
      const isLookedAfter = isFinal(record.status) || (await wakeUp(ports, recordId, 0));
      return isLookedAfter ? ok(manner.answerLater(record)) : fail(unavailable);
    },
  };
}
