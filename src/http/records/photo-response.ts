import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import type { PhotoOwner } from "../../photos/photo-store.ts";
import { problem } from "../../problems/problem.ts";
import type { NutritionRecord, StoredPhoto } from "../../records/record.ts";
import { log } from "../../log.ts";
import { respondWithProblem } from "../respond.ts";
import { isNamed } from "../entity-tags.ts";

/**
 * A photo never changes while it is there. What is turned on the way is made anew each time, maybe not to the byte: its
 * tag is a weak one (RFC 9110, section 8.8.1).
 */
const photoTag = (recordId: string, photo: StoredPhoto): string =>
  photo.orientation === 1 ? `"${recordId}.photo"` : `W/"${recordId}.photo"`;

/** Whatever a client makes of the bytes, it is a picture: never a page, never a script. */
const PICTURE_ONLY = {
  "content-security-policy": "default-src 'none'; sandbox",
  "content-disposition": "inline",
};

/** Answers with the record's photo, upright and without metadata: they were erased on its way in. */
export async function respondWithPhoto(
  c: Context<AppEnv>,
  record: NutritionRecord,
  cacheControl: "private, no-cache" | "no-store",
): Promise<Response> {
  const { photo } = record;
  if (photo === null) return gone(c);
  const owner = { applicationId: record.applicationId, recordId: record.id };
  const etag = photoTag(record.id, photo);
  const headers = { ...PICTURE_ONLY, etag, "cache-control": cacheControl };
  const isKnown = isNamed(c.req.header("if-none-match"), etag);
  if (!isKnown && c.req.method !== "HEAD") {
    return photo.orientation === 1 ? streamPhoto(c, owner, photo, headers) : turnPhoto(c, owner, photo, headers);
  }
  const bytes = await c.var.deps.photos.size(owner);
  if (bytes === null) return gone(c);
  return isKnown ? c.body(null, 304, headers) : c.body(null, 200, { ...headers, ...describe(photo, bytes) });
}

const gone = (c: Context<AppEnv>): Response => respondWithProblem(c, problem("photo_gone"));

/** What a HEAD says without making the answer: the length of a turned photo is not known before. */
const describe = (photo: StoredPhoto, bytes: number): Record<string, string> =>
  photo.orientation === 1
    ? { "content-type": `image/${photo.format}`, "content-length": String(bytes) }
    : { "content-type": "image/jpeg" };

async function streamPhoto(
  c: Context<AppEnv>,
  owner: PhotoOwner,
  photo: StoredPhoto,
  headers: Record<string, string>,
): Promise<Response> {
  const stored = await c.var.deps.photos.open(owner);
  if (stored === null) return gone(c);
  return c.body(stored.body, 200, { ...headers, ...describe(photo, stored.bytes) });
}

const bodyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

/** Answers with the photo turned upright; with the photo as it is stored when it cannot be read, or not be turned now. */
async function turnPhoto(
  c: Context<AppEnv>,
  owner: PhotoOwner,
  photo: StoredPhoto,
  headers: Record<string, string>,
): Promise<Response> {
  const { photos, makeUpright } = c.var.deps;
  const stored = await photos.read(owner);
  if (stored === null) return gone(c);
  const turned = await makeUpright(stored, photo.orientation, Math.max(photo.width, photo.height));
  if (turned.ok) return c.body(bodyOf(turned.value), 200, { ...headers, "content-type": "image/jpeg" });
  const type = { "content-type": `image/${photo.format}` };
  if (turned.error.kind === "photo_rejected") return c.body(bodyOf(stored), 200, { ...headers, ...type });
  // It will be turned again: nobody may keep it as it is now, or take it for what the tag names.
  log("warn", "photo.rotation_failed", "photo could not be rotated; served as stored", {
    record_id: owner.recordId,
    detail: turned.error.detail,
  });
  return c.body(bodyOf(stored), 200, { ...PICTURE_ONLY, ...type, "cache-control": "no-store" });
}
