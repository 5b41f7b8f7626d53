import type { Caller } from "../auth/tokens.ts";
import { acceptPhoto, type AcceptPorts } from "./accept-photo.ts";
import { acceptPhotoOnce } from "./accept-photo-once.ts";
import { fingerprintOf } from "../digest.ts";
import { claimOf, type Creation, type KeyClaim, type UserKey } from "./idempotency.ts";
import type { Upload } from "./read-upload.ts";
import { resumeUpload, type UploadTiming } from "./upload-timing.ts";
import { identifyPhoto, type PhotoIdentity } from "./take-photo.ts";

/** The upload of a photo as a request that may carry an Idempotency-Key. Its photo can be read only once, and is. */
export function photoCreation(ports: AcceptPorts, caller: Caller, upload: Upload, timing: UploadTiming): Creation {
  let identity: PhotoIdentity | null = null;
  const fingerprint = (photo: PhotoIdentity): Promise<string> => fingerprintOf(upload.inputType, upload.request, photo);

  const claimFor =
    (key: UserKey) =>
    async (photo: PhotoIdentity, now: number): Promise<KeyClaim> => {
      identity = photo;
      return claimOf(key, await fingerprint(photo), now, timing.waitMs);
    };

  return {
    async fingerprint() {
      identity ??= await identifyPhoto(upload.photo);
      return identity === null ? null : fingerprint(identity);
    },
    create: (key) =>
      key === null
        ? acceptPhoto(ports, caller, upload, timing.delaySeconds)
        : acceptPhotoOnce(ports, caller, upload, timing.delaySeconds, claimFor(key)),
    resume: (recordId) => resumeUpload(ports, recordId),
  };
}
