import { beforeEach, describe, expect, it } from "vitest";
import { Guesses } from "../../../src/limits/guesses.ts";
import { limitHeaders } from "../../../src/limits/limit-headers.ts";
import { createLimits, type Limits } from "../../../src/limits/limits.ts";
import { networkOf } from "../../../src/limits/network.ts";
import { RateLimiter } from "../../../src/limits/rate-limiter.ts";
import { quotasOf, rateLimitsSchema } from "../../../src/applications/rate-limits.ts";

const ada = { applicationId: 1, userId: "ada" };
const bob = { applicationId: 1, userId: "bob" };
let limits: Limits;

beforeEach(() => {
  limits = createLimits(
    new RateLimiter(() => 1_800_000_000_000),
    new Guesses(() => 1_800_000_000_000),
    async () => true,
  );
});

const ignore = () => undefined;

describe("an application's limits", () => {
  const own = {
    uploads_per_minute: 3,
    requests_per_minute: 5,
    user_uploads_per_minute: 2,
    user_requests_per_minute: 4,
  };
  const upload = (caller: typeof ada) => limits.count(caller, own, "uploads", ignore).passed;
  const read = (caller: typeof ada) => limits.count(caller, own, "requests", ignore).passed;

  it("hold for each user and for all of them together", () => {
    expect([upload(ada), upload(ada), upload(ada)]).toEqual([true, true, false]);
    expect([upload(bob), upload(bob)]).toEqual([true, false]);
    expect(upload({ ...ada, applicationId: 2 })).toBe(true);
  });

  it("count uploads apart from everything else", () => {
    while (upload(ada));
    expect([read(ada), read(ada), read(ada), read(ada), read(ada)]).toEqual([true, true, true, true, false]);
  });

  it("are shown as the IETF draft writes them", () => {
    const verdict = limits.count(ada, own, "uploads", ignore);
    expect(limitHeaders(verdict)).toEqual({
      policy: '"uploads";q=3;w=60, "user-uploads";q=2;w=60',
      state: '"uploads";r=2;t=60, "user-uploads";r=1;t=60',
    });
  });

  it("have defaults for the names that are left out", () => {
    const { counters } = limits.count(ada, { user_requests_per_minute: 7 }, "requests", ignore);
    expect(counters).toMatchObject([{ perMinute: 60_000 }, { perMinute: 7 }]);
  });

  it("are told apart as those of the application and of one user", () => {
    expect(quotasOf(own, "uploads")).toEqual([
      { policy: "uploads", perMinute: 3, of: "application" },
      { policy: "user-uploads", perMinute: 2, of: "user" },
    ]);
  });

  it("count all users of an application in one place, whatever they are called", () => {
    const shared: string[] = [];
    const spied = createLimits(new RateLimiter(() => 0), new Guesses(() => 0), async (key) => shared.push(key) > 0);
    spied.count(ada, { user_uploads_per_minute: 1, uploads_per_minute: 1 }, "uploads", ignore);
    expect(shared).toEqual(["uploads/1", "user-uploads/1/ada"]);
  });

  it("are accepted under their four names, and none has to be there", () => {
    expect(rateLimitsSchema.parse(own)).toEqual(own);
    expect(rateLimitsSchema.parse({})).toEqual({});
  });

  it.each([{ uploads: 5 }, { uploads_per_minute: 0 }, { uploads_per_minute: 1.5 }, { uploads_per_minute: 1_000_001 }])(
    "are refused as %j",
    (given) => {
      expect(rateLimitsSchema.safeParse(given).success).toBe(false);
    },
  );
});

describe("an address", () => {
  it.each([
    ["2001:db8::1", "2001:db8:0:0:ffff::7", true],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", true],
    ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
    ["::1", "2001:db8::1", false],
    ["::1", "0:0:0:0:ffff::", true],
    ["1::2:3:4:5:6", "1:0:0:2:3:4:5:6", true],
    ["1:2::5:6:7:8", "1:2:0:0:9::", true],
    ["1:23:4:5::", "12:3:4:5::", false],
    ["192.0.2.1", "192.0.2.10", false],
  ])("%s and %s count as of one network: %s", (a, b, same) => {
    expect(networkOf(a) === networkOf(b)).toBe(same);
  });
});

describe("new visitors of the front page", () => {
  it("are stopped after 60 in a minute, for their network only", () => {
    const visit = (address: string) => limits.countNewVisitor(address, ignore).passed;
    const visits = Array.from({ length: 70 }, () => visit("2001:db8::1"));
    expect(visits.filter(Boolean)).toHaveLength(60);
    expect(visit("2001:db8:0:0:1::2")).toBe(false);
    expect(visit("192.0.2.1")).toBe(true);
  });

  it("are told under their own name", () => {
    const { counters } = limits.countNewVisitor("192.0.2.1", ignore);
    expect(counters).toEqual([{ policy: "new-visitors", perMinute: 60, remaining: 59 }]);
  });
});
