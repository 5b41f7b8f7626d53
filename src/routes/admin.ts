import type { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { requireAdministrator } from "../http/authentication.ts";
import { mountOperations } from "../http/mount.ts";
import type { Operation } from "../http/operation.ts";
import {
  changeApplicationOperation,
  createApplicationOperation,
  listApplications,
  readApplication,
} from "./admin/applications.ts";
import { readAuditLog } from "./admin/audit.ts";
import { listDeliveriesOperation, readDelivery, resendDeliveryOperation } from "./admin/deliveries.ts";
import { deleteApplicationOperation, eraseUserOperation, readReceipt } from "./admin/erasure.ts";
import { deleteKey, revokeKey, rotateKeyOperation } from "./admin/keys.ts";
import { resealKeysOperation } from "./admin/master-keys.ts";
import { listOperationsEvents, sendOperationsTest } from "./admin/operations.ts";
import { readReanalysis, reanalyzeFailed } from "./admin/reanalyses.ts";
import { findRecordsOperation, readTimeline } from "./admin/records.ts";
import { readRecovery, recoverDeliveries } from "./admin/recoveries.ts";
import { sendTest } from "./admin/test-event.ts";
import { readUsage } from "./admin/usage.ts";

/** Everything under `/admin`, for the administrator of the service. */
export const ADMIN_OPERATIONS: readonly Operation[] = [
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
];

/** Mounts the administrator's routes. Other callers cannot find out which there are. */
export function mountAdmin(app: Hono<AppEnv>): void {
  mountOperations(app, "", ADMIN_OPERATIONS);
  app.use("/admin/*", requireAdministrator);
}
