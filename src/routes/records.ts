import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { requireToken } from "../auth/middleware.ts";
import { changeRoutes } from "./record-changes.ts";
import { readingRoutes } from "./record-reading.ts";
import { uploadRoutes } from "./uploads.ts";

/** Everything under `/nutrition_records`, for the caller that the token names. */
export const recordRoutes = new Hono<AppEnv>();

recordRoutes.use("*", requireToken);
recordRoutes.route("/", uploadRoutes);
recordRoutes.route("/", readingRoutes);
recordRoutes.route("/", changeRoutes);
