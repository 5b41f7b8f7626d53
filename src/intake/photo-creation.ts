import type { Caller } from "../auth/tokens.ts";
import { acceptPhoto, type AcceptPorts } from "./accept-photo.ts";
import { acceptPhotoOnce } from "./accept-photo-once.ts";
import { fingerprintOf } from "../digest.ts";
import { claimOf, type Creation, type KeyClaim, type UserKey } from "./idempotency.ts";
import type { Upload } from "./read-upload.ts";
import { identifyPhoto, type PhotoIdentity } from "./take-photo.ts";
import { answerAccepted, resumeUpload, type UploadManner } from "./upload-manner.ts";

/** The upload of a photo as a request that may carry an Idempotency-Key. Its photo can be read only once, and is. */
export function photoCreation(ports: AcceptPorts, caller: Caller, upload: Upload, manner: UploadManner): Creation {
  let identity: PhotoIdentity | null = null;
  const fingerprint = (photo: PhotoIdentity): Promise<string> => fingerprintOf(upload.inputType, upload.request, photo);

  const claimFor =
    (key: UserKey) =>
    async (photo: PhotoIdentity, now: number): Promise<KeyClaim> => {
      identity = photo;
      return claimOf(key, await fingerprint(photo), now, manner.waitMs);
    };

  return {
    async fingerprint() {
      identity ??= await identifyPhoto(upload.photo);
      return identity === null ? null : fingerprint(identity);
    },
    async create(key) {
      const accepted =
        key === null
          ? await acceptPhoto(ports, caller, upload, manner.delaySeconds)
          : await acceptPhotoOnce(ports, caller, upload, manner.delaySeconds, claimFor(key));
      return answerAccepted(accepted, manner);
    },
    resume: (recordId) => resumeUpload(ports, recordId, manner),
  };
}
