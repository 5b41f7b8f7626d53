import type { Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";

/** The fields of a form, the last of each name; null when it cannot be read. Handlers may read the form again. */
export async function readFields(c: Context<AppEnv>): Promise<Record<string, string | File> | null> {
  try {
    return await c.req.parseBody();
  } catch {
    return null;
  }
}
