import { Hono, type Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { testOperations } from "../../../administration/operations.ts";
import { listEvents } from "../../../db/operations.ts";
import type { TestOutcome } from "../../../operations/send.ts";
import { parseOperationsQuery } from "../../../http/queries/operations-query.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { OperationsPage } from "./page.tsx";

/** The console's page of operational events, under `/console/operations`. */
export const operationsPages = new Hono<AppEnv>();

async function showEvents(c: Context<AppEnv>, test: TestOutcome | null): Promise<Response> {
  const query = parseOperationsQuery(new URL(c.req.url).searchParams);
  if (!query.ok) return respondWithProblemPage(c, query.error);
  const { db, config, now } = c.var.deps;
  const { limit } = query.value;
  const found = await listEvents(db, { ...query.value, limit: limit + 1 });
  const events = found.slice(0, limit);
  const next = found.length > limit ? (events.at(-1)?.id ?? null) : null;
  const shown = { events, query: query.value, next, url: config.operations?.url ?? null, test, now: now() };
  return respondWithConsolePage(c, <OperationsPage session={c.var.session} shown={shown} />);
}

operationsPages.get("/", (c) => showEvents(c, null));

operationsPages.post("/test", async (c) => {
  const test = await testOperations(c.var.administrator, c.var.deps);
  return test.ok ? showEvents(c, test.value) : respondWithProblemPage(c, test.error);
});
