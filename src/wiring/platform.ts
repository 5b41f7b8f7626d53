import { createApplicationDirectory } from "../auth/application-directory.ts";
import { rememberTokens } from "../auth/token-memory.ts";
import { verifyToken } from "../auth/tokens.ts";
import { parseConfig, type Config } from "../config.ts";
import type { Env } from "../env.ts";
import { createUuidV7, type RandomBytes } from "../ids.ts";
import { Guesses } from "../limits/guesses.ts";
import { RateLimiter } from "../limits/rate-limiter.ts";
import { log } from "../log.ts";
import { createDnsOverHttps } from "../outbound/dns-over-https.ts";
import { rememberResolutions } from "../outbound/resolve.ts";
import { isTransientStorageError, tryAgain } from "../retry.ts";
import { createAnnouncedEvents } from "../webhooks/announced-events.ts";

export const now = (): number => Date.now();
export const randomBytes: RandomBytes = (array) => crypto.getRandomValues(array);
export const newId = (): string => createUuidV7(now(), randomBytes);
/** Kept for the isolate's life: what it remembers is trusted for seconds, and it holds no secret. */
export const directory = createApplicationDirectory(now);
export const announcedEvents = createAnnouncedEvents(now);
/** Kept for the isolate's life: the tokens that were verified in it. */
export const verify = rememberTokens(verifyToken);
/** Looked up at every call, never detached: the platform's `fetch` must be called as its own. */
export const callOut: typeof fetch = (input, init) => fetch(input, init);
/** Kept for the isolate's life, so that all of its record objects share what was resolved in the last seconds. */
export const resolve = rememberResolutions(createDnsOverHttps({ fetch: callOut }), now);
export const rateLimiter = new RateLimiter(now);
export const guesses = new Guesses(now);

export const reportOutage = (event: string, message: string, error: unknown): void =>
  log("error", event, message, {}, error);

/** Tries something idempotent up to three times, when storage has failed in a way that passes within moments. */
export const persist = <Value>(work: () => Promise<Value>): Promise<Value> =>
  tryAgain(work, { tries: 3, baseMs: 100, sleep, random: Math.random, isTransient: isTransientStorageError });

/** Repeats a call to a record's object for about a minute, whatever it failed with: what it carries was paid for. */
export const insist = <Value>(call: () => Promise<Value>): Promise<Value> =>
  tryAgain(call, { tries: 9, baseMs: 250, sleep, random: Math.random, isTransient: () => true });

export const sleep = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

const configs = new WeakMap<Env, Config>();

/** The settings, parsed once. Throws when they are wrong: the deployment is then unusable, and the log says why. */
export function readConfig(env: Env): Config {
  const known = configs.get(env);
  if (known !== undefined) return known;
  const config = parseConfig(env);
  if (!config.ok) throw new Error(`Configuration: ${config.error}`);
  configs.set(env, config.value);
  return config.value;
}
