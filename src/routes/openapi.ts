import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../http/app-env.ts";
import { VERSION } from "../health/version.ts";
import { openApiDocument } from "../openapi/document.ts";
import { madeOnce } from "../openapi/made-once.ts";
import { json, operation, type Operation } from "../openapi/operation.ts";
import { originOf } from "../http/respond.ts";
import { readAuditLog } from "./admin/audit.ts";
import {
  changeApplicationOperation,
  createApplicationOperation,
  listApplications,
  readApplication,
} from "./admin/applications.ts";
import { listDeliveriesOperation, readDelivery, resendDeliveryOperation } from "./admin/deliveries.ts";
import { deleteKey, revokeKey, rotateKeyOperation } from "./admin/keys.ts";
import { resealKeysOperation } from "./admin/master-keys.ts";
import { listOperationsEvents, sendOperationsTest } from "./admin/operations.ts";
import { findRecordsOperation, readTimeline } from "./admin/records.ts";
import { readReanalysis, reanalyzeFailed } from "./admin/reanalyses.ts";
import { readRecovery, recoverDeliveries } from "./admin/recoveries.ts";
import { sendTest } from "./admin/test-event.ts";
import { readUsage } from "./admin/usage.ts";
import { deleteApplicationOperation, eraseUserOperation, readReceipt } from "./admin/erasure.ts";
import { logIn, revokeTokensOperation } from "./auth.ts";
import { correctIngredient } from "./records/ingredients.ts";
import { uploadLabel } from "./records/labels.ts";
import { createManual, replaceRecord } from "./records/manual-records.ts";
import { cancelRecord, changeRecord, deleteRecord } from "./records/record-changes.ts";
import { readEvents } from "./records/record-events.ts";
import { reanalyzeRecord } from "./records/reanalysis.ts";
import { readPhoto } from "./records/record-photo.ts";
import { listRecordsOperation, readRecord, readStatus } from "./records/record-reading.ts";
import { checkHealth } from "./service.ts";
import { summariseDay } from "./records/summary.ts";
import { uploadText } from "./records/texts.ts";
import { uploadImage } from "./records/uploads.ts";

const readOpenApi = operation({
  id: "readOpenApi",
  method: "get",
  path: "/openapi.json",
  tag: "Service",
  summary: "Read this document",
  security: "nobody in particular",
  answers: {
    200: {
      description: "The OpenAPI 3.1 document of this service.",
      content: json(z.looseObject({ openapi: z.string() }).meta({ id: "OpenApiDocument" })),
    },
  },
  problems: [],
});

/** Everything that the service answers, in the order of the documentation. A test walks the routes and misses none. */
export const OPERATIONS: readonly Operation[] = [
  logIn,
  revokeTokensOperation,
  uploadImage,
  uploadText,
  uploadLabel,
  createManual,
  listRecordsOperation,
  readRecord,
  readStatus,
  readEvents,
  summariseDay,
  readPhoto,
  changeRecord,
  replaceRecord,
  correctIngredient,
  reanalyzeRecord,
  cancelRecord,
  deleteRecord,
  listApplications,
  createApplicationOperation,
  readApplication,
  changeApplicationOperation,
  rotateKeyOperation,
  revokeKey,
  deleteKey,
  resealKeysOperation,
  listDeliveriesOperation,
  readDelivery,
  resendDeliveryOperation,
  recoverDeliveries,
  readRecovery,
  sendTest,
  deleteApplicationOperation,
  eraseUserOperation,
  readReceipt,
  findRecordsOperation,
  readTimeline,
  reanalyzeFailed,
  readReanalysis,
  readUsage,
  readAuditLog,
  listOperationsEvents,
  sendOperationsTest,
  checkHealth,
  readOpenApi,
];

/** The OpenAPI 3.1 document of the service that is reached at `origin`. */
export const describeService = (origin: string) =>
  openApiDocument(OPERATIONS, {
    title: "Morsel",
    version: VERSION,
    description:
      "A photo of food in, nutrition data out: asynchronous, at the edge, on your own Cloudflare account.\n\nRecords and tokens are also available under `/v3`. Times are RFC 3339 in UTC. Unknown request fields are ignored; ignore unknown response fields too, because new ones may be added.\n\nWeb apps on any origin can call records and tokens and read every response with its headers, errors included: tokens go in the `Authorization` header, and there are no cookies.",
    origin,
  });

export const openApiRoutes = new Hono<AppEnv>();

const documentAt = madeOnce((origin) => JSON.stringify(describeService(origin)));

/** Changes with a deployment only; clients may keep it for a while. */
const CACHE_CONTROL = "public, max-age=300";

openApiRoutes.get("/openapi.json", (c) =>
  c.body(documentAt(originOf(c)), 200, { "content-type": "application/json", "cache-control": CACHE_CONTROL }),
);
