import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../app-env.ts";
import { DEPENDENCIES, isWell, whatIsWrong, type Health, type Reached } from "../health/check-health.ts";
import { COMPATIBILITY_DATE, VERSION } from "../health/version.ts";
import { json, operation } from "../openapi/operation.ts";
import { problem } from "../problems.ts";
import { respondWithProblem } from "../respond.ts";

export const serviceRoutes = new Hono<AppEnv>();

const ILL_RETRY_SECONDS = 5;

const reachedSchema = z.object({ status: z.literal("ok"), latency_ms: z.number() });

const healthSchema = z
  .object({
    status: z.literal("ok"),
    version: z.string(),
    compatibility_date: z.iso.date(),
    deployment: z.string().nullable().meta({ description: "The id of the deployed version, where there is one." }),
    checked_at: z.iso.datetime().meta({ description: "Seconds ago at most: dependencies are not asked every time." }),
    dependencies: z.object({ database: reachedSchema, photos: reachedSchema, queue: reachedSchema }),
    migrations: z.object({ applied: z.int(), needed: z.int() }),
  })
  .meta({ id: "Health" });

const SAMPLE_HEALTH: z.output<typeof healthSchema> = {
  status: "ok",
  version: VERSION,
  compatibility_date: COMPATIBILITY_DATE,
  deployment: "5d2b1a3c-8f0e-4f7a-9c55-2f1d7f0b6a10",
  checked_at: "2026-11-23T10:30:04.521Z",
  dependencies: {
    database: { status: "ok", latency_ms: 2 },
    photos: { status: "ok", latency_ms: 9 },
    queue: { status: "ok", latency_ms: 4 },
  },
  migrations: { applied: 13, needed: 13 },
};

export const checkHealth = operation({
  id: "checkHealth",
  method: "get",
  path: "/healthz",
  tag: "Service",
  summary: "Ask whether the service can do its work",
  description:
    "Whether its configuration is complete, its database, photo store and queue answer, and the database has every migration. If not, the problem's `detail` says what is wrong.",
  security: "nobody in particular",
  answers: {
    200: {
      description: "It is well.",
      content: json(healthSchema, { well: { summary: "Well", value: SAMPLE_HEALTH } }),
    },
  },
  problems: ["temporarily_unavailable"],
});

const presentReached = (reached: Reached): z.output<typeof reachedSchema> => ({
  status: "ok",
  latency_ms: reached.isWell ? reached.latencyMs : 0,
});

/** A health that is well, as everybody may see it. */
const presentHealth = (health: Health, deployment: string | null): z.output<typeof healthSchema> => ({
  status: "ok",
  version: VERSION,
  compatibility_date: COMPATIBILITY_DATE,
  deployment,
  checked_at: new Date(health.checkedAt).toISOString(),
  dependencies: Object.fromEntries(
    DEPENDENCIES.map((name) => [name, presentReached(health.dependencies[name])]),
  ) as z.output<typeof healthSchema>["dependencies"],
  migrations: { applied: health.migrations.applied ?? 0, needed: health.migrations.needed },
});

serviceRoutes.get("/healthz", async (c) => {
  const { checkHealth: check, deployment } = c.var.deps;
  const health = await check();
  if (!isWell(health)) {
    return respondWithProblem(c, {
      ...problem("temporarily_unavailable", whatIsWrong(health)),
      retryAfterSeconds: ILL_RETRY_SECONDS,
    });
  }
  return c.json(presentHealth(health, deployment), 200, { "cache-control": "no-store" });
});
