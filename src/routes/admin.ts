import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { requireAdministrator } from "../auth/middleware.ts";
import { auditRoutes } from "./admin/audit.ts";
import { applicationRoutes } from "./admin/applications.ts";
import { deliveryRoutes } from "./admin/deliveries.ts";
import { keyRoutes } from "./admin/keys.ts";
import { masterKeyRoutes } from "./admin/master-keys.ts";
import { operationsRoutes } from "./admin/operations.ts";
import { foundRecordRoutes } from "./admin/records.ts";
import { recoveryRoutes } from "./admin/recoveries.ts";
import { testEventRoutes } from "./admin/test-event.ts";
import { erasureRoutes } from "./admin/erasure.ts";
import { usageRoutes } from "./admin/usage.ts";

export const adminRoutes = new Hono<AppEnv>();

adminRoutes.use("*", requireAdministrator);
adminRoutes.route("/applications", applicationRoutes);
adminRoutes.route("/applications", deliveryRoutes);
adminRoutes.route("/applications", keyRoutes);
adminRoutes.route("/audit", auditRoutes);
adminRoutes.route("/keys", masterKeyRoutes);
adminRoutes.route("/applications", recoveryRoutes);
adminRoutes.route("/applications", testEventRoutes);
adminRoutes.route("/applications", erasureRoutes);
adminRoutes.route("/records", foundRecordRoutes);
adminRoutes.route("/usage", usageRoutes);
adminRoutes.route("/operations", operationsRoutes);
