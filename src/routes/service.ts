import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../app-env.ts";
import { json, operation } from "../openapi/operation.ts";

export const serviceRoutes = new Hono<AppEnv>();

const healthSchema = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

export const checkHealth = operation({
  id: "checkHealth",
  method: "get",
  path: "/healthz",
  tag: "Service",
  summary: "Ask whether the service runs and its configuration is complete",
  security: "nobody in particular",
  answers: {
    200: {
      description: "It is well.",
      content: json(healthSchema, { well: { summary: "Well", value: { status: "ok" } } }),
    },
  },
  problems: [],
});

/** Whether the Worker runs and its configuration is complete. */
serviceRoutes.get("/healthz", (c) => c.json({ status: "ok" }, 200, { "cache-control": "no-store" }));
