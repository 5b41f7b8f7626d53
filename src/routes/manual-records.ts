import { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";
import { createManualRecord } from "../records/manual-record.ts";
import { entityTag, presentRecord } from "../records/present.ts";
import { typedContentSchema } from "../records/typed-content.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { parseJsonBody } from "./json-body.ts";

export const manualRoutes = new Hono<AppEnv>();

/** A record typed by hand: complete at once, and announced like any other. */
manualRoutes.post("/manual", async (c) => {
  const body = await parseJsonBody(c.req.raw, typedContentSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const created = await createManualRecord(c.var.deps.manual, c.var.caller, body.value);
  if (!created.ok) return respondWithProblem(c, created.error);
  return c.json(presentRecord(created.value), 201, {
    location: `${originOf(c)}/nutrition_records/${created.value.id}`,
    etag: entityTag(created.value),
    "cache-control": "no-store",
  });
});
