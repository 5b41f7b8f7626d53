import { Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { operation } from "../../openapi/operation.ts";
import { recordPathSchema } from "../../records/answers.ts";
import { findRecord, notFound } from "./owned-record.ts";
import { respondWithPhoto } from "./photo-answer.ts";

export const photoRoutes = new Hono<AppEnv>();

export const readPhoto = operation({
  id: "readPhoto",
  method: "get",
  path: "/nutrition_records/{id}/image",
  tag: "Reading records",
  summary: "Read a record's photo",
  description:
    "Upright and without metadata: location and camera metadata are removed before storage. Photos are deleted after the application's retention period; the record is kept.",
  security: "token",
  pathParameters: recordPathSchema,
  headers: ["If-None-Match"],
  answers: {
    200: {
      description: "The photo as uploaded; one that had to be rotated is a JPEG.",
      headers: ["ETag"],
      content: { "image/jpeg": {}, "image/png": {}, "image/webp": {} },
    },
    304: { description: "The client's copy is current.", headers: ["ETag"] },
  },
  problems: ["not_found", "photo_gone"],
});

photoRoutes.get("/:id/image", async (c) => {
  const record = await findRecord(c);
  return record === null ? notFound(c) : respondWithPhoto(c, record, "private, no-cache");
});
