import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { AppEnv } from "./http/app-env.ts";
import { assetRoutes } from "./pages/assets/routes.ts";
import { consoleRoutes } from "./pages/console/routes.ts";
import { docsRoutes } from "./pages/docs/routes.tsx";
import { problemRoutes } from "./pages/problems/routes.tsx";
import { tryRoutes } from "./pages/try/routes.tsx";
import { depsOf } from "./wiring/deps.ts";
import { log, withLogContext } from "./log.ts";
import { isLocalHost } from "./public-url.ts";
import { problem } from "./problems/problem.ts";
import { respondWithProblem } from "./http/respond.ts";
import { mountAdmin } from "./routes/admin.ts";
import { AUTH_OPERATIONS } from "./routes/auth.ts";
import { boundRequest } from "./http/bounded-request.ts";
import { allowWebApps } from "./http/cross-origin.ts";
import { mountOperations } from "./http/mount.ts";
import { readOpenApi } from "./routes/openapi.ts";
import { mountRecords } from "./routes/records.ts";
import { SERVICE_OPERATIONS } from "./routes/service.ts";
import { secureHeaders } from "./http/secure-headers.ts";
import { respondUnmatched } from "./http/unmatched.ts";

/** The HTTP surface: what every request passes, the mounts, and the one place where a throw becomes a response. */
export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.use(async (c, next) => {
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    c.header("x-request-id", requestId);
    await withLogContext({ request_id: requestId }, next);
  });
  app.use(secureHeaders);
  app.use(boundRequest);
  for (const path of ["/auth/*", "/nutrition_records/*", "/v3/*"]) app.use(path, allowWebApps);
  app.use(async (c, next) => {
    c.set("deps", depsOf(c.env));
    const { allowLoopbackHttp, publicUrl } = c.var.deps.config;
    const isServed = !allowLoopbackHttp || isLocalHost(new URL(c.req.url).hostname, publicUrl);
    return isServed ? next() : respondWithProblem(c, problem("foreign_host"));
  });

  for (const prefix of ["", "/v3"] as const) {
    mountOperations(app, prefix, AUTH_OPERATIONS);
    mountRecords(app, prefix);
  }
  mountAdmin(app);
  mountOperations(app, "", [...SERVICE_OPERATIONS, readOpenApi]);
  app.route("/console", consoleRoutes);
  for (const pages of [assetRoutes, problemRoutes, docsRoutes, tryRoutes]) app.route("/", pages);

  app.notFound((c) => respondUnmatched(app, c));
  app.onError((error, c) => {
    // The framework's own refusals of a request that it cannot read.
    if (error instanceof HTTPException && error.status < 500) {
      return respondWithProblem(c, problem("malformed_request", "The request could not be read."));
    }
    log(
      "error",
      "request.failed",
      "request failed",
      // Not the path: it may name a user.
      { request_id: c.var.requestId, method: c.req.method, route: routePath(c, -1) },
      error,
    );
    return respondWithProblem(c, problem("internal_error"));
  });
  return app;
}
