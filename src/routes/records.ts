import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { requireToken } from "../auth/middleware.ts";
import { recordIdParam } from "./owned-record.ts";
import { ingredientRoutes } from "./ingredients.ts";
import { labelRoutes } from "./labels.ts";
import { manualRoutes } from "./manual-records.ts";
import { limitRate } from "./rate-limit.ts";
import { changeRoutes } from "./record-changes.ts";
import { eventRoutes } from "./record-events.ts";
import { reanalysisRoutes } from "./reanalysis.ts";
import { photoRoutes } from "./record-photo.ts";
import { readingRoutes } from "./record-reading.ts";
import { summaryRoutes } from "./summary.ts";
import { textRoutes } from "./texts.ts";
import { uploadRoutes } from "./uploads.ts";

const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Everything under `/nutrition_records`, for the caller that the token names. */
export const recordRoutes = new Hono<AppEnv>();

recordRoutes.use("*", requireToken, limitRate);

/** Whatever a user does to a record is seen at once in this place, too, and not only where the record's object lives. */
recordRoutes.use("/:id/*", async (c, next) => {
  if (READING.has(c.req.method)) return next();
  await next();
  const id = recordIdParam(c);
  if (id !== null) await c.var.deps.statusCache.drop(c.var.caller, id);
});

recordRoutes.route("/", uploadRoutes);
recordRoutes.route("/", textRoutes);
recordRoutes.route("/", labelRoutes);
recordRoutes.route("/", manualRoutes);
// Before what reads a record by its id.
recordRoutes.route("/", summaryRoutes);
recordRoutes.route("/", readingRoutes);
recordRoutes.route("/", eventRoutes);
recordRoutes.route("/", photoRoutes);
recordRoutes.route("/", changeRoutes);
recordRoutes.route("/", ingredientRoutes);
recordRoutes.route("/", reanalysisRoutes);
