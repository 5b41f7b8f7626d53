import { Hono, type Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import type { Caller } from "../../auth/tokens.ts";
import { depsOf } from "../../wiring/deps.ts";
import { mountRecords } from "../../routes/records.ts";
import { visitorToken } from "./visitor-token.ts";

/** The record routes as `app.ts` mounts them, for the forms of browsers without a script. */
const api = new Hono<AppEnv>();
api.use((c, next) => {
  c.set("requestId", c.req.header("x-request-id") ?? "");
  c.set("deps", depsOf(c.env));
  return next();
});
mountRecords(api, "");

/**
 * Calls the API as the visitor, with a token of their own: what a form does is what the script would have done, limits
 * and errors included. `path` is below `/nutrition_records`.
 */
export async function callApi(c: Context<AppEnv>, caller: Caller, path: string, init: RequestInit): Promise<Response> {
  const { token } = await visitorToken(c, caller);
  const request = new Request(new URL(`/nutrition_records${path}`, c.req.url), init);
  request.headers.set("authorization", `Bearer ${token}`);
  request.headers.set("x-request-id", c.var.requestId);
  return api.fetch(request, c.env, c.executionCtx);
}
