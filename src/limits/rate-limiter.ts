import { BoundedMap } from "../bounded-map.ts";
import { MINUTE_MS } from "../time.ts";

const WINDOW_MS = MINUTE_MS;
/** Counters that an isolate keeps at once; some 100 bytes each. */
const MAX_COUNTERS = 20_000;
/**
 * An isolate reports its counts to its Cloudflare location in units of 1/20 of the quota: the rate-limit binding allows
 * that many per minute (`simple.limit` in wrangler.toml, fixed there for all keys), whatever a twentieth is worth.
 */
export const SHARES = 20;

/** One counter to be passed; `key` names it in this isolate and in the location. */
export interface CounterQuota {
  key: string;
  policy: string;
  perMinute: number;
}

/** The state of a counter after a request: `remaining` requests until the window ends. */
export interface CounterState {
  policy: string;
  perMinute: number;
  remaining: number;
}

export interface RateVerdict {
  passed: boolean;
  counters: CounterState[];
  /** Whole seconds until the counters start again, at least 1. */
  resetSeconds: number;
}

interface Counter {
  window: number;
  count: number;
  /** The location as a whole has used its quota up. */
  closed: boolean;
}

/** Takes one share of a counter from the location; false when none is left there in this minute. */
export type DrawShare = (key: string) => Promise<boolean>;

/**
 * Counts requests in windows of a minute, by the clock. Exact within an isolate, without a look at anything outside; of
 * what other isolates let through it learns by the shares: a location lets through its quota, and at most one share
 * more for each isolate. Locations count each for themselves.
 */
export class RateLimiter {
  readonly #counters = new BoundedMap<string, Counter>(MAX_COUNTERS);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts a request if every counter lets it through; a refused one is not counted. `draw` is called where a share is
   * used up, and is waited for by `defer`, not by the request.
   */
  take(quotas: readonly CounterQuota[], draw: DrawShare, defer: (work: Promise<void>) => void): RateVerdict {
    const now = this.#now();
    const counted = quotas.map((quota) => ({ quota, counter: this.#counterOf(quota.key, now) }));
    const passed = counted.every(hasRoom);
    for (const { quota, counter } of passed ? counted : []) {
      counter.count += 1;
      if (counter.count % shareOf(quota) === 0) defer(this.#draw(quota.key, counter, draw));
    }
    return verdictOf(counted, passed, now);
  }

  /** How the counters stand, and whether a request would be let through; nothing is counted. */
  look(quotas: readonly CounterQuota[]): RateVerdict {
    const now = this.#now();
    const counted = quotas.map((quota) => ({ quota, counter: this.#counterOf(quota.key, now) }));
    return verdictOf(counted, counted.every(hasRoom), now);
  }

  #counterOf(key: string, now: number): Counter {
    const window = Math.floor(now / WINDOW_MS);
    const known = this.#counters.get(key);
    if (known !== undefined && known.window === window) return known;
    const counter: Counter = { window, count: 0, closed: false };
    this.#counters.set(key, counter);
    return counter;
  }

  async #draw(key: string, counter: Counter, draw: DrawShare): Promise<void> {
    const left = await draw(key);
    if (!left) counter.closed = true;
  }
}

const shareOf = ({ perMinute }: CounterQuota): number => Math.ceil(perMinute / SHARES);

interface Counted {
  quota: CounterQuota;
  counter: Counter;
}

const remainingOf = ({ quota, counter }: Counted): number =>
  counter.closed ? 0 : Math.max(0, quota.perMinute - counter.count);

const hasRoom = (counted: Counted): boolean => remainingOf(counted) > 0;

const verdictOf = (all: readonly Counted[], passed: boolean, now: number): RateVerdict => ({
  passed,
  counters: all.map((counted) => ({
    policy: counted.quota.policy,
    perMinute: counted.quota.perMinute,
    remaining: remainingOf(counted),
  })),
  resetSeconds: Math.ceil((WINDOW_MS - (now % WINDOW_MS)) / 1000),
});
