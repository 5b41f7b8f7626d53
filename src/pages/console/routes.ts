import { Hono } from "hono";
import { routePath } from "hono/route";
import type { AppEnv } from "../../http/app-env.ts";
import { log } from "../../log.ts";
import { problem } from "../../problems/problem.ts";
import { keyPages } from "./applications/key-routes.tsx";
import { applicationPages } from "./applications/routes.tsx";
import { auditPages } from "./audit/routes.tsx";
import { deliveryPages } from "./deliveries/routes.tsx";
import { operationsPages } from "./operations/routes.tsx";
import { respondWithProblemPage } from "../problem-page.tsx";
import { reanalysisPages } from "./reanalyses/routes.tsx";
import { recordPages } from "./records/routes.tsx";
import { requireConsole } from "./session/require-console.ts";
import { sessionPages } from "./session/routes.tsx";
import { usagePages } from "./usage/routes.tsx";

/** The administrator's pages, under `/console`. Errors are shown as pages, too. */
export const consoleRoutes = new Hono<AppEnv>();

consoleRoutes.route("/", sessionPages);
consoleRoutes.use("*", requireConsole);
// The pages behind the sign-in:
for (const pages of [applicationPages, keyPages, auditPages]) consoleRoutes.route("/", pages);
consoleRoutes.route("/records", recordPages);
consoleRoutes.route("/reanalyses", reanalysisPages);
consoleRoutes.route("/deliveries", deliveryPages);
consoleRoutes.route("/usage", usagePages);
consoleRoutes.route("/operations", operationsPages);
consoleRoutes.get("*", (c) => respondWithProblemPage(c, problem("not_found")));

consoleRoutes.onError((error, c) => {
  log(
    "error",
    "console.request_failed",
    "console request failed",
    { request_id: c.var.requestId, method: c.req.method, route: routePath(c, -1) },
    error,
  );
  return respondWithProblemPage(c, problem("internal_error"));
});
