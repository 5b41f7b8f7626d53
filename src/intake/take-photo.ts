import { readBounded } from "../bounded-read.ts";
import { problem, type Problem } from "../problems/problem.ts";
import type { StoredPhoto } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import type { FetchPhoto } from "./fetch-photo.ts";
import { checkPhoto, type CheckedPhoto } from "../photos/photo-check.ts";
import { PhotoDigest } from "../photos/photo-digest.ts";
import { validateStream, type PhotoOwner, type PhotoStore, type PhotoObserver } from "../photos/photo-store.ts";
import type { PhotoSource } from "./read-upload.ts";

interface TakePorts {
  photos: PhotoStore;
  fetchPhoto: FetchPhoto;
}

/** Stores a photo if it is sound, wherever it comes from. What is refused is not stored. Throws when the store is down. */
export async function takePhoto(
  ports: TakePorts,
  owner: PhotoOwner,
  source: PhotoSource,
  observer: PhotoObserver,
): Promise<Result<StoredPhoto, Problem>> {
  if (source.kind === "stream") return ports.photos.putStream(owner, source.body, source.length, observer);
  const bytes = await bytesOf(ports, source);
  if (!bytes.ok) return bytes;
  const verdict = checkPhoto(bytes.value);
  if (!verdict.ok) return verdict;
  await observer.digest?.update(bytes.value);
  const { file, ...photo } = verdict.value;
  observer.onSound?.(photo);
  await ports.photos.put(owner, file);
  return ok(photo);
}

/** The bytes of a photo that does not stream into the store. */
async function bytesOf(
  { fetchPhoto }: Pick<TakePorts, "fetchPhoto">,
  source: PhotoSource,
): Promise<Result<Uint8Array, Problem>> {
  switch (source.kind) {
    case "bytes":
      return ok(source.bytes);
    case "url":
      return fetchPhoto(source.url);
    case "stream": {
      const bytes = await readBounded(source.body, null, source.length).catch(() => null);
      return bytes === null ? fail(problem("malformed_request", "The upload was cut off.")) : ok(bytes);
    }
  }
}

/** Reads a photo into memory if it is sound, wherever it comes from. Nothing of it is stored. */
export async function holdPhoto(
  ports: Pick<TakePorts, "fetchPhoto">,
  source: PhotoSource,
): Promise<Result<CheckedPhoto, Problem>> {
  const bytes = await bytesOf(ports, source);
  return bytes.ok ? checkPhoto(bytes.value) : bytes;
}

/** What makes two photos the same: their bytes without their metadata and how they are turned, or their URL, whatever it serves. */
export type PhotoIdentity = { url: string } | { sha256: string; orientation: number };

/** Says which photo was taken from the source; `digest` has seen its bytes. */
export const photoIdentity = async (
  source: PhotoSource,
  { orientation }: StoredPhoto,
  digest: PhotoDigest,
): Promise<PhotoIdentity> =>
  source.kind === "url" ? { url: source.url } : { sha256: await digest.hex(), orientation };

/** Says which photo a source brings without storing it; null when it is no sound photo. Consumes the source. */
export async function identifyPhoto(source: PhotoSource): Promise<PhotoIdentity | null> {
  if (source.kind === "url") return { url: source.url };
  const digest = new PhotoDigest();
  const verdict = source.kind === "stream" ? await validateStream(source.body, digest) : checkPhoto(source.bytes);
  if (!verdict.ok) return null;
  if (source.kind === "bytes") await digest.update(source.bytes);
  return photoIdentity(source, verdict.value, digest);
}
