import type { Hono, MiddlewareHandler } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { requireToken } from "../http/authentication.ts";
import { mountOperations } from "../http/mount.ts";
import type { Operation } from "../http/operation.ts";
import { limitRate } from "../http/rate-limit.ts";
import { correctIngredient } from "./records/ingredients.ts";
import { uploadLabel } from "./records/labels.ts";
import { createManual, replaceRecord } from "./records/manual-records.ts";
import { recordIdParam } from "../http/records/owned-record.ts";
import { reanalyzeRecord } from "./records/reanalysis.ts";
import { cancelRecord, changeRecord, deleteRecordOperation } from "./records/record-changes.ts";
import { readEvents } from "./records/record-events.ts";
import { readPhotoOperation } from "./records/record-photo.ts";
import { listRecordsOperation, readRecord, readStatus } from "./records/record-reading.ts";
import { summarizeDay } from "./records/summary.ts";
import { uploadText } from "./records/texts.ts";
import { uploadImage } from "./records/uploads.ts";

/** Everything under `/nutrition_records`, for the caller that the token names. */
export const RECORD_OPERATIONS: readonly Operation[] = [
  uploadImage,
  uploadText,
  uploadLabel,
  createManual,
  listRecordsOperation,
  readRecord,
  readStatus,
  readEvents,
  summarizeDay,
  readPhotoOperation,
  changeRecord,
  replaceRecord,
  correctIngredient,
  reanalyzeRecord,
  cancelRecord,
  deleteRecordOperation,
];

const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Whatever a user does to a record is seen at once in this data center, too, and not only where its object lives. */
const forgetStatus: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const id = READING.has(c.req.method) ? null : recordIdParam(c);
  if (id !== null) await c.var.deps.statusCache.drop(c.var.caller, id);
};

/** Mounts the routes of records. A request for a route that does not exist needs a token too, and counts. */
export function mountRecords(app: Hono<AppEnv>, prefix: "" | "/v3"): void {
  mountOperations(app, prefix, RECORD_OPERATIONS, [forgetStatus]);
  app.use(`${prefix}/nutrition_records/*`, requireToken, limitRate("requests"));
}
