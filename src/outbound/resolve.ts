import type { Result } from "../result.ts";

/** What a name resolves to: IPv4 and IPv6 addresses, at least one, and for how long that may be believed. */
export interface Resolution {
  addresses: readonly string[];
  ttlSeconds: number;
}

/**
 * `unresolvable`: the name has no address. `resolver_unavailable`: the lookup failed, which says nothing about the
 * name.
 */
export type ResolutionFailure = "unresolvable" | "resolver_unavailable";

/** Looks up every address of a host name. Never throws. */
export type Resolve = (host: string) => Promise<Result<Resolution, ResolutionFailure>>;

/** However short a name's TTL is, a storm of retries asks once in this time … */
const MIN_MEMORY_MS = 5_000;
/** … and however long it is, a change is seen after this time. */
const MAX_MEMORY_MS = 30_000;
/** Shorter than the shortest wait between two attempts, so that the next one asks again. */
const FAILURE_MEMORY_MS = 2_000;
/** Hosts in memory; beyond that the one that was asked first is forgotten. */
const MAX_HOSTS = 1_000;

function memoryMs(answer: Awaited<ReturnType<Resolve>>): number {
  if (!answer.ok) return FAILURE_MEMORY_MS;
  return Math.min(Math.max(answer.value.ttlSeconds * 1000, MIN_MEMORY_MS), MAX_MEMORY_MS);
}

/**
 * A resolver that remembers answers for seconds, in the isolate's memory. Only responses are shared, never a look-up
 * that is in progress: a promise of one request may not outlive it, and would take the others along. `now` in Unix
 * milliseconds.
 */
export function rememberResolutions(resolve: Resolve, now: () => number): Resolve {
  const known = new Map<string, { answer: Awaited<ReturnType<Resolve>>; until: number }>();
  return async (host) => {
    const entry = known.get(host);
    if (entry !== undefined && entry.until > now()) return entry.answer;
    const answer = await resolve(host);
    known.delete(host);
    known.set(host, { answer, until: now() + memoryMs(answer) });
    const [oldest] = known.keys();
    if (known.size > MAX_HOSTS && oldest !== undefined) known.delete(oldest);
    return answer;
  };
}
