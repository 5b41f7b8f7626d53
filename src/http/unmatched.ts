import type { Context, Hono } from "hono";
import { METHOD_NAME_ALL } from "hono/router";
import type { AppEnv } from "./app-env.ts";
import { problem } from "../problems/problem.ts";
import { respondWithProblem } from "./respond.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Whether a route handles this method at this path. Middleware is registered for every method and does not count. */
function isRouted(app: Hono<AppEnv>, method: string, path: string): boolean {
  const [matched] = app.router.match(method, path);
  return matched.some(([[, route]]) => route.method !== METHOD_NAME_ALL);
}

/** The response where there is no route: 405 with the methods of the path, or 404 when it has none. GET handles HEAD too. */
export function respondUnmatched(app: Hono<AppEnv>, c: Context<AppEnv>): Response {
  const allowed = METHODS.filter((method) => isRouted(app, method, c.req.path));
  if (allowed.length === 0) return respondWithProblem(c, problem("not_found"));
  const names = allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  c.header("allow", names);
  return respondWithProblem(c, problem("method_not_allowed", `${c.req.method} is not supported here, only ${names}.`));
}
