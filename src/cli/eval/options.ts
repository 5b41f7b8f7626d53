import { parseArgs } from "node:util";
import { fail, ok, type Result } from "../../result.ts";

export interface EvalOptions {
  kind: "photos" | "meals";
  /** A folder or file of cases. */
  path: string;
  /** The running service; null = one is started for this. */
  baseUrl: string | null;
  /** An access token for that service; null = that of the local application's demo user. */
  token: string | null;
  /** wrangler's state folder with the food table to use; null = that of a fresh installation. */
  database: string | null;
  /** The maximum number of cases, spread evenly. */
  limit: number | null;
  jsonFile: string | null;
  htmlFile: string | null;
}

export const USAGE = `npm run eval -- --photos DIR|FILE [--base-url URL [--token TOKEN]] [options]
       npm run eval -- --meals FILE|DIR [options]
  options: --database .wrangler/state  --limit N  --json FILE  --html FILE`;

/** Reads the command line; a sentence when it does not fit `USAGE`. */
export function parseOptions(args: readonly string[]): Result<EvalOptions, string> {
  const text = { type: "string" } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        photos: text,
        meals: text,
        "base-url": text,
        token: text,
        database: text,
        limit: text,
        json: text,
        html: text,
      },
    }));
  } catch (error) {
    return fail((error as Error).message);
  }
  const path = values.photos ?? values.meals;
  if (path === undefined || (values.photos !== undefined && values.meals !== undefined)) {
    return fail("Pass either --photos or --meals.");
  }
  const limit = values.limit === undefined ? null : Number(values.limit);
  if (limit !== null && !(Number.isInteger(limit) && limit > 0))
    return fail("--limit must be a whole number above zero.");
  const baseUrl = values["base-url"] ?? null;
  if (baseUrl !== null && !/^https?:$/u.test(URL.parse(baseUrl)?.protocol ?? "")) {
    return fail(`--base-url must be a URL such as http://localhost:8787, not "${baseUrl}".`);
  }
  return ok({
    kind: values.photos === undefined ? "meals" : "photos",
    path,
    baseUrl: baseUrl?.replace(/\/$/u, "") ?? null,
    token: values.token ?? null,
    database: values.database ?? null,
    limit,
    jsonFile: values.json ?? null,
    htmlFile: values.html ?? null,
  });
}

/** At most `limit` of the cases, spread evenly over all of them, the same ones every time. */
export const pickEvenly = <Case>(cases: readonly Case[], limit: number | null): Case[] =>
  limit === null || limit >= cases.length
    ? [...cases]
    : cases.filter(
        (_, index) => Math.floor((index * limit) / cases.length) !== Math.floor(((index - 1) * limit) / cases.length),
      );
