import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../app-env.ts";
import { json, operation } from "../openapi/operation.ts";
import { PROBLEMS, problem, type ProblemCode, type ProblemKind } from "../problems.ts";
import { respondWithProblem } from "../respond.ts";

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

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

/** The page behind the `type` URI of a problem. */
serviceRoutes.get("/problems/:code", (c) => {
  const code = c.req.param("code");
  if (!isProblemCode(code)) return respondWithProblem(c, problem("not_found"));
  const { status, title, retryable, help }: ProblemKind = PROBLEMS[code];
  const again = retryable ? "The same request may succeed later." : "The same request will fail again.";
  return c.text(`${title} (${status}, ${code})\n\n${help}\n\n${again}\n`);
});

/** What a person sees who opens the service in a browser. */
serviceRoutes.get("/", (c) =>
  c.text("Morsel turns photos of food into nutrition data. POST /auth/hmac, then POST /nutrition_records/image.\n"),
);
