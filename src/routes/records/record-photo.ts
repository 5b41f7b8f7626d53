import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { operation } from "../../http/operation.ts";
import { recordPathSchema } from "../../records/responses.ts";
import { findRecord, notFound } from "../../http/records/owned-record.ts";
import { respondWithPhoto } from "../../http/records/photo-response.ts";

/** The photo of the caller's record that the path names. */
export async function respondWithRecordPhoto(c: Context<AppEnv>): Promise<Response> {
  const record = await findRecord(c);
  return record === null ? notFound(c) : respondWithPhoto(c, record, "private, no-cache");
}

export const readPhotoOperation = operation({
  id: "readPhoto",
  method: "get",
  path: "/nutrition_records/{id}/image",
  tag: "Reading records",
  summary: "Read a record's photo",
  description:
    "Upright and without metadata: location and camera metadata are removed before storage. Photos are deleted after the application's retention period; the record is kept.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema,
  headers: ["If-None-Match"],
  responses: {
    200: {
      description: "The photo as uploaded; one that had to be rotated is a JPEG.",
      headers: ["ETag"],
      content: { "image/jpeg": {}, "image/png": {}, "image/webp": {} },
    },
    304: { description: "The client's copy is current.", headers: ["ETag"] },
  },
  problems: ["not_found", "photo_gone"],
  handler: respondWithRecordPhoto,
});
