import { Hono } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { countUsage } from "../../../db/usage.ts";
import { presentUsage } from "../../../usage/present-usage.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { rangeOf } from "./ranges.ts";
import { UsagePage } from "./usage-page.tsx";

/** The console's page of usage, under `/console/usage`. */
export const usagePages = new Hono<AppEnv>();

usagePages.get("/", async (c) => {
  const { db, now } = c.var.deps;
  const { name, lengthMs, bucketMs } = rangeOf(c.req.query("range"));
  const at = now();
  const range = { from: at - lengthMs, to: at, bucketMs };
  const usage = presentUsage(range, await countUsage(db, range), at);
  return respondWithConsolePage(c, <UsagePage session={c.var.session} usage={usage} range={name} />);
});
