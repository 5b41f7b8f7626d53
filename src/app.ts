import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { AppEnv } from "./app-env.ts";
import { depsOf } from "./deps.ts";
import { log } from "./log.ts";
import { problem } from "./problems.ts";
import { respondWithProblem } from "./respond.ts";
import { adminRoutes } from "./routes/admin.ts";
import { authRoutes } from "./routes/auth.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { recordRoutes } from "./routes/records.ts";
import { serviceRoutes } from "./routes/service.ts";

/** The HTTP surface: what every request passes, the mounts, and the one place where a throw becomes an answer. */
export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.use(async (c, next) => {
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    c.header("x-request-id", requestId);
    c.set("deps", depsOf(c.env));
    await next();
  });

  for (const mount of ["/", "/v3"]) {
    app.route(mount, authRoutes);
    app.route(`${mount === "/" ? "" : mount}/nutrition_records`, recordRoutes);
  }
  app.route("/admin", adminRoutes);
  app.route("/", serviceRoutes);
  app.route("/", openApiRoutes);

  app.notFound((c) => respondWithProblem(c, problem("not_found")));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log("error", "a request failed", { request_id: c.var.requestId, method: c.req.method, path: c.req.path }, error);
    return respondWithProblem(c, problem("internal_error"));
  });
  return app;
}
