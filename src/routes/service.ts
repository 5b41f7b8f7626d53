import { z } from "zod";
import { IMAGES, type ModelState } from "../analysis/model-states.ts";
import { TROUBLE_KINDS } from "../analysis/trouble.ts";
import { DEPENDENCIES, isDegraded, isWell, whatIsWrong, type Health, type Reached } from "../health/check-health.ts";
import { COMPATIBILITY_DATE, VERSION } from "../health/version.ts";
import { json } from "../openapi/operation.ts";
import { operation, type Operation } from "../http/operation.ts";
import { problem } from "../problems/problem.ts";
import { respondWithProblem } from "../http/respond.ts";

const ILL_RETRY_SECONDS = 5;

const reachedSchema = z.object({ status: z.literal("ok"), latency_ms: z.number() });

const modelStateSchema = z.object({
  model: z.string().meta({ description: `A model's id, or \`${IMAGES}\`, which scales photos down for the models.` }),
  state: z.enum(TROUBLE_KINDS).meta({
    description:
      "`busy`: calls fail and are retried. `quota`: the account's quota is exhausted until it resets. `misconfigured`: a setting, a plan or a key has to be changed. `request_refused`: a newer version of the program is needed.",
  }),
  since: z.iso.datetime(),
  last_at: z.iso
    .datetime()
    .meta({ description: "When a call last hit the problem; it counts as resolved after 15 minutes without one." }),
  detail: z.string().meta({ description: "What the problem is and how to fix it." }),
});

const healthSchema = z
  .object({
    status: z.enum(["ok", "degraded"]).meta({
      description:
        "`degraded`: photos are accepted and stored, but their analyses wait until the problems in `models` are resolved.",
    }),
    version: z.string(),
    compatibility_date: z.iso.date(),
    deployment: z.string().nullable().meta({ description: "The id of the deployed version, if there is one." }),
    checked_at: z.iso
      .datetime()
      .meta({ description: "At most seconds ago: dependencies are not checked on every request." }),
    dependencies: z.object({ database: reachedSchema, photos: reachedSchema, queue: reachedSchema }),
    migrations: z.object({ applied: z.int(), needed: z.int() }),
    models: z.array(modelStateSchema).meta({ description: "The models in trouble, as seen by recent analyses." }),
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
  migrations: { applied: 18, needed: 18 },
  models: [],
};

const SAMPLE_DEGRADED: z.output<typeof healthSchema> = {
  ...SAMPLE_HEALTH,
  status: "degraded",
  models: [
    {
      model: "@cf/google/gemma-4-26b-a4b-it",
      state: "misconfigured",
      since: "2026-11-23T10:21:55.010Z",
      last_at: "2026-11-23T10:29:12.377Z",
      detail:
        "The model @cf/google/gemma-4-26b-a4b-it needs the Workers Paid plan: subscribe to it, or choose another model. (5035)",
    },
  ],
};

const checkHealth = operation({
  id: "checkHealth",
  method: "get",
  path: "/healthz",
  tag: "Service",
  summary: "Check service health",
  description:
    "Whether the configuration is complete, the database, photo store and queue respond, and the database has every migration. If not, the problem's `detail` says what is wrong. A model that cannot be called makes the service `degraded`, not unhealthy.",
  security: "public",
  responses: {
    200: {
      description: "Healthy.",
      content: json(healthSchema, {
        well: { summary: "Healthy", value: SAMPLE_HEALTH },
        degraded: { summary: "A model is misconfigured", value: SAMPLE_DEGRADED },
      }),
    },
  },
  problems: ["temporarily_unavailable"],
  handler: async (c) => {
    const { checkHealth: check, deployment } = c.var.deps;
    const health = await check();
    if (!isWell(health)) {
      return respondWithProblem(c, {
        ...problem("temporarily_unavailable", whatIsWrong(health)),
        retryAfterSeconds: ILL_RETRY_SECONDS,
      });
    }
    return c.json(presentHealth(health, deployment), 200, { "cache-control": "no-store" });
  },
});

const presentReached = (reached: Reached): z.output<typeof reachedSchema> => ({
  status: "ok",
  latency_ms: reached.isWell ? reached.latencyMs : 0,
});

const presentModel = ({ model, kind, since, lastAt, detail }: ModelState): z.output<typeof modelStateSchema> => ({
  model,
  state: kind,
  since: new Date(since).toISOString(),
  last_at: new Date(lastAt).toISOString(),
  detail,
});

/** A health that is well, as everybody may see it. */
const presentHealth = (health: Health, deployment: string | null): z.output<typeof healthSchema> => ({
  status: isDegraded(health) ? "degraded" : "ok",
  version: VERSION,
  compatibility_date: COMPATIBILITY_DATE,
  deployment,
  checked_at: new Date(health.checkedAt).toISOString(),
  dependencies: Object.fromEntries(
    DEPENDENCIES.map((name) => [name, presentReached(health.dependencies[name])]),
  ) as z.output<typeof healthSchema>["dependencies"],
  migrations: { applied: health.migrations.applied ?? 0, needed: health.migrations.needed },
  models: health.models.map(presentModel),
});

export const SERVICE_OPERATIONS: readonly Operation[] = [checkHealth];
