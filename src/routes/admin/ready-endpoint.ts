import type { Context } from "hono";
import type { AppEnv } from "../../app-env.ts";
import { applicationById } from "../../db/applications.ts";
import { problem, type Problem } from "../../problems.ts";
import { fail, ok, type Result } from "../../result.ts";
import type { Endpoint } from "../../webhooks/send-events.ts";

/** The application's endpoint, whatever its health; a problem when there is no such application, or it has no URL. */
export async function configuredEndpoint(c: Context<AppEnv>, id: number): Promise<Result<Endpoint, Problem>> {
  const { db, webhooks } = c.var.deps;
  const endpoint = await webhooks.readEndpoint(id);
  if (endpoint !== null) return ok(endpoint);
  return fail(problem((await applicationById(db, id)) === null ? "not_found" : "no_webhook_url"));
}

/** The same, and a problem when it is disabled: what is sent to it would only be given up again. */
export async function readyEndpoint(c: Context<AppEnv>, id: number): Promise<Result<Endpoint, Problem>> {
  const endpoint = await configuredEndpoint(c, id);
  if (!endpoint.ok || endpoint.value.health.disabledAt === null) return endpoint;
  return fail(problem("endpoint_disabled", endpoint.value.health.reason ?? undefined));
}
