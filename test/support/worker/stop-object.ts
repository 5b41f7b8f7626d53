import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Workerd reports it with a stack; `.config/expected-noise.ts` knows the words. */
const REASON = "a test stopped this object";

/**
 * Stops a record's object at once, as a crash or a deployment does, with everything that is under way in it. The
 * eviction of cloudflare:test would wait for open streams.
 */
export async function stopObject(recordId: string): Promise<void> {
  const stub = env.RECORDS.get(env.RECORDS.idFromName(recordId));
  await runInDurableObject(stub, (_, state) => state.abort(REASON)).catch((error: unknown) => {
    if (!String(error).includes(REASON)) throw error;
  });
}
