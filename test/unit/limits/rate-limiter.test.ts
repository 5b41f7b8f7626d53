import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { beforeEach, describe, expect, it } from "vitest";
import { RateLimiter, SHARES, type CounterQuota } from "../../../src/limits/rate-limiter.ts";

const MINUTE_START = 1_800_000_000_000 - (1_800_000_000_000 % 60_000);
let now: number;

beforeEach(() => {
  now = MINUTE_START;
});

/** A Cloudflare location: so many shares a minute for each key, as the binding is configured. */
function createLocation() {
  const drawn: Record<string, number> = {};
  return {
    drawn,
    draw: async (key: string): Promise<boolean> => {
      drawn[key] = (drawn[key] ?? 0) + 1;
      return drawn[key] <= SHARES;
    },
  };
}

/** An isolate of a location, with the work that it does behind its answers. */
function createIsolate({ draw }: Pick<ReturnType<typeof createLocation>, "draw"> = createLocation()) {
  const limiter = new RateLimiter(() => now);
  const work: Promise<void>[] = [];
  return {
    limiter,
    take: (...quotas: CounterQuota[]) => limiter.take(quotas, draw, (deferred) => void work.push(deferred)),
    settle: () => Promise.all(work),
  };
}

const quota = (perMinute: number, key = "uploads/1"): CounterQuota => ({ key, policy: key, perMinute });

describe("one isolate", () => {
  it("lets through exactly the quota in a minute, and as much again in the next", async () => {
    const { take, settle } = createIsolate();
    for (const minute of [0, 1]) {
      now = MINUTE_START + minute * 60_000;
      const passed = Array.from({ length: 100 }, () => take(quota(60)).passed);
      expect(passed).toEqual(Array.from({ length: 100 }, (_, index) => index < 60));
    }
    await settle();
  });

  it("says how many remain and for how long", () => {
    const { take } = createIsolate();
    now = MINUTE_START + 18_001;
    expect(take(quota(2))).toMatchObject({ passed: true, counters: [{ remaining: 1 }], resetSeconds: 42 });
    expect(take(quota(2))).toMatchObject({ passed: true, counters: [{ remaining: 0 }] });
    expect(take(quota(2))).toMatchObject({ passed: false, counters: [{ remaining: 0 }] });
  });

  it("tells nobody to wait for 0 seconds", () => {
    now = MINUTE_START + 59_999;
    expect(createIsolate().take(quota(2)).resetSeconds).toBe(1);
  });

  it("counts a request that one counter refuses in none of them", () => {
    const { take } = createIsolate();
    const [application, user] = [quota(10, "uploads/1"), quota(1, "user-uploads/1/ada")];
    expect(take(application, user).passed).toBe(true);
    for (let round = 0; round < 20; round++) expect(take(application, user).passed).toBe(false);
    expect(take(application).counters).toMatchObject([{ remaining: 8 }]);
  });

  it("counts each key for itself", () => {
    const { take } = createIsolate();
    expect(take(quota(1, "uploads/1")).passed).toBe(true);
    expect(take(quota(1, "uploads/1")).passed).toBe(false);
    expect(take(quota(1, "uploads/2")).passed).toBe(true);
  });

  it("counts nothing where it only looks", () => {
    const { limiter, take } = createIsolate();
    for (let round = 0; round < 5; round++) expect(limiter.look([quota(1)]).passed).toBe(true);
    take(quota(1));
    expect(limiter.look([quota(1)]).passed).toBe(false);
  });

  it("asks its location nothing before a twentieth of the quota is used, and then once for each twentieth", async () => {
    const location = createLocation();
    const { take, settle } = createIsolate(location);
    for (let count = 0; count < 49; count++) take(quota(1000));
    expect(location.drawn).toEqual({});
    for (let count = 49; count < 500; count++) take(quota(1000));
    await settle();
    expect(location.drawn).toEqual({ "uploads/1": 10 });
  });

  it("is never refused by a location that it has to itself", async () => {
    const isolate = createIsolate();
    for (let count = 0; count < 60; count++) {
      expect(isolate.take(quota(60)).passed).toBe(true);
      await isolate.settle();
    }
  });
});

describe("the isolates of one location", () => {
  it.each([20, 60, 6_000])("let through a quota of %i together, and at most one share more each", async (perMinute) => {
    const location = createLocation();
    const isolates = Array.from({ length: 5 }, () => createIsolate(location));
    let passed = 0;
    for (let count = 0; count < perMinute * 2; count++) {
      for (const { take, settle } of isolates) {
        if (take(quota(perMinute)).passed) passed += 1;
        await settle();
      }
    }
    expect(passed).toBeGreaterThanOrEqual(perMinute);
    expect(passed).toBeLessThanOrEqual(perMinute + isolates.length * Math.ceil(perMinute / SHARES));
  });

  it("draw the shares that wrangler.toml gives them", () => {
    const config = parse(readFileSync(new URL("../../../wrangler.toml", import.meta.url), "utf8"));
    expect(config["ratelimits"]).toMatchObject([{ name: "RATE_LIMITS", simple: { limit: SHARES, period: 60 } }]);
  });
});
