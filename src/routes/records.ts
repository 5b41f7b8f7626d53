import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { requireToken } from "../http/authentication.ts";
import { recordIdParam } from "./records/owned-record.ts";
import { ingredientRoutes } from "./records/ingredients.ts";
import { labelRoutes } from "./records/labels.ts";
import { manualRoutes } from "./records/manual-records.ts";
import { limitRate } from "../http/rate-limit.ts";
import { changeRoutes } from "./records/record-changes.ts";
import { eventRoutes } from "./records/record-events.ts";
import { reanalysisRoutes } from "./records/reanalysis.ts";
import { photoRoutes } from "./records/record-photo.ts";
import { readingRoutes } from "./records/record-reading.ts";
import { summaryRoutes } from "./records/summary.ts";
import { textRoutes } from "./records/texts.ts";
import { uploadRoutes } from "./records/uploads.ts";

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
