import { z } from "zod";
import { countUsage } from "../../db/usage.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_USAGE } from "../../openapi/operations-samples.ts";
import type { Problem } from "../../problems/problem.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { ok, type Result } from "../../result.ts";
import { usageSchema } from "../../usage/responses.ts";
import type { UsageRange } from "../../usage/counted.ts";
import { presentUsage } from "../../usage/present-usage.ts";
import { parseQuery, time } from "../../http/queries/list-query.ts";
import { DAY_MS, HOUR_MS } from "../../time.ts";
import { MAX_USAGE_DAYS } from "../../bounds.ts";

const DEFAULT_RANGE_MS = 7 * DAY_MS;
/** Longer ranges would be counted in part only, and drawn in more columns than can be told apart. */
const MAX_RANGE_MS = MAX_USAGE_DAYS * DAY_MS;
/** Up to here a range is shown by the hour, beyond by the day. */
const MAX_HOURLY_MS = 3 * DAY_MS;

const usageQuerySchema = z.object({
  from: time.optional().meta({ description: "The earliest upload, inclusive; a week before `to` if omitted." }),
  to: time.optional().meta({ description: "The latest upload, exclusive; the current time if omitted." }),
});

/** Reads the query of `GET /admin/usage`. `now` in Unix milliseconds. */
function parseUsageQuery(params: URLSearchParams, now: number): Result<UsageRange, Problem> {
  const given = Object.fromEntries(params);
  const checked = usageQuerySchema.check(({ value, issues }) => {
    const span = spanOf(value, now);
    if (span <= 0) issues.push({ code: "custom", path: ["from"], message: "a time before `to`", input: given["from"] });
    if (span > MAX_RANGE_MS) {
      issues.push({
        code: "custom",
        path: ["from"],
        message: `at most ${MAX_USAGE_DAYS} days before \`to\``,
        input: given["from"],
      });
    }
  });
  const parsed = parseQuery(checked, params);
  if (!parsed.ok) return parsed;
  const { from, to = now } = parsed.value;
  const span = spanOf(parsed.value, now);
  return ok({ from: from ?? to - DEFAULT_RANGE_MS, to, bucketMs: span <= MAX_HOURLY_MS ? HOUR_MS : DAY_MS });
}

const spanOf = ({ from, to }: { from?: number | undefined; to?: number | undefined }, now: number): number =>
  from === undefined ? DEFAULT_RANGE_MS : (to ?? now) - from;

export const readUsage = operation({
  id: "readUsage",
  method: "get",
  path: "/admin/usage",
  tag: "Operations",
  summary: "Read usage and cost",
  description: `Records by upload time, with their webhooks: counts, latencies, failures, model calls, billable platform operations, the error budget, and the current backlog. Buckets are hours for up to three days and days for up to ${MAX_USAGE_DAYS}; at most the newest 20,000 records and as many webhooks are counted.`,
  security: "administrator",
  query: usageQuerySchema,
  responses: {
    200: {
      description: "The usage.",
      content: json(usageSchema, { week: { summary: "One day", value: SAMPLE_USAGE } }),
    },
  },
  problems: ["invalid_request"],
  handler: async (c) => {
    const { db, now } = c.var.deps;
    const at = now();
    const range = parseUsageQuery(new URL(c.req.url).searchParams, at);
    if (!range.ok) return respondWithProblem(c, range.error);
    const counted = await countUsage(db, range.value);
    return c.json(presentUsage(range.value, counted, at), 200, { "cache-control": "no-store" });
  },
});
