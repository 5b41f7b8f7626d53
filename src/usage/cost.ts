import type { ModelCount } from "./counted.ts";
import type { BilledOperations } from "./operations.ts";

/**
 * US dollars for a million, past what a paid plan includes, as Cloudflare published them in November 2026: the pricing
 * pages of Workers, Durable Objects, R2, Queues and D1 under developers.cloudflare.com.
 */
const USD_PER_MILLION: Record<keyof BilledOperations, number> = {
  workerRequests: 0.3,
  objectRequests: 0.15,
  objectGbSeconds: 12.5,
  r2Writes: 4.5,
  r2Reads: 0.36,
  queueOperations: 0.4,
  d1RowsWritten: 1,
};

/** US dollars for a million tokens, in and out: the models' own pages under developers.cloudflare.com/workers-ai. */
const USD_PER_MILLION_TOKENS: Readonly<Record<string, readonly [input: number, output: number]>> = {
  "@cf/google/gemma-4-26b-a4b-it": [0.1, 0.3],
  "@cf/qwen/qwen3.8-27b": [0.45, 3.2],
  "@cf/moondream/moondream3.1-9B-A2B": [0.3, 1],
  "@cf/meta/llama-4-scout-17b-16e-instruct": [0.27, 0.85],
  "@cf/meta/llama-3.2-11b-vision-instruct": [0.049, 0.68],
  "@cf/meta/m2m100-1.2b": [0.342, 0.342],
};

/** Models that stand in for Workers AI on one's own machine cost nothing that could be known here. */
const OWN_MODEL = "@local/";

/** A model that does not say is taken to need this many tokens for a photo with its prompt, and for its response. */
const ASSUMED_TOKENS = { input: 2_000, output: 400 };
/** A translation model gets the name of a food, without any prompt. */
const ASSUMED_TRANSLATION_TOKENS = { input: 10, output: 10 };
const TRANSLATION_MODEL = "@cf/meta/m2m100-1.2b";

const MILLION = 1_000_000;

/** US dollars that so many of one operation cost. */
export const costOf = (operation: keyof BilledOperations, count: number): number =>
  (count * USD_PER_MILLION[operation]) / MILLION;

/** US dollars that a model's calls cost; null when its price is not known. Calls that failed are not billed. */
export function costOfModel(counted: ModelCount): number | null {
  if (counted.model.startsWith(OWN_MODEL) || counted.outcome !== "answered") return 0;
  const price = USD_PER_MILLION_TOKENS[counted.model];
  if (price === undefined) return null;
  const unmetered = counted.calls - counted.metered;
  const assumed = counted.model === TRANSLATION_MODEL ? ASSUMED_TRANSLATION_TOKENS : ASSUMED_TOKENS;
  const input = counted.inputTokens + unmetered * assumed.input;
  const output = counted.outputTokens + unmetered * assumed.output;
  return (input * price[0] + output * price[1]) / MILLION;
}
