import { describe, expect, it } from "vitest";
import { createDnsOverHttps } from "../../../src/outbound/dns-over-https.ts";
import { createOutbound, type OutboundPorts } from "../../../src/outbound/outbound.ts";
import { rememberResolutions, type Resolve } from "../../../src/outbound/resolve.ts";
import { fail, ok } from "../../../src/result.ts";
import { respondToDns, PUBLIC_ADDRESS, type Zone } from "../../support/dns.ts";
import { GOOD_ANSWERS, GOOD_URLS, HOSTILE_ANSWERS, HOSTILE_URLS } from "../../support/outbound-urls.ts";

const resolveTo = (...addresses: string[]): Resolve => {
  return async () => ok({ addresses, ttlSeconds: 300 });
};

/** The outbound rules, and what left through them. */
function setUp(ports: Partial<OutboundPorts> = {}) {
  const requests: { url: string; redirect: string | undefined }[] = [];
  const outbound = createOutbound({
    fetch: async (input, init) => {
      requests.push({ url: new Request(input).url, redirect: init?.redirect });
      return new Response("ok");
    },
    resolve: resolveTo(PUBLIC_ADDRESS),
    allowLoopbackHttp: false,
    ...ports,
  });
  return { outbound, requests };
}

const hostile = Object.entries(HOSTILE_URLS).flatMap(([reason, urls]) => urls.map((url) => [url, reason] as const));

describe("a hostile URL", () => {
  it("is one of 120 or more", () => {
    expect(new Set(hostile.map(([url]) => url)).size).toBe(hostile.length);
    expect(hostile.length).toBeGreaterThanOrEqual(120);
  });

  it.each(hostile)("%j is refused as %s, and its name is never looked up", async (url, reason) => {
    const lookUps: string[] = [];
    const resolve: Resolve = async (host) => {
      lookUps.push(host);
      return ok({ addresses: [PUBLIC_ADDRESS], ttlSeconds: 300 });
    };
    const { outbound, requests } = setUp({ resolve });
    expect(await outbound.check(url)).toEqual(fail(reason));
    expect(await outbound.fetch(url, {})).toEqual(fail(reason));
    expect({ lookUps, requests }).toEqual({ lookUps: [], requests: [] });
  });

  it.each(hostile)("%j is refused under the local setting too, unless it is plain http to loopback", async (url) => {
    const { outbound } = setUp({ allowLoopbackHttp: true });
    const isLoopback = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url);
    expect((await outbound.check(url)).ok).toBe(isLoopback);
  });

  it.each(HOSTILE_ANSWERS.map((addresses) => [addresses]))(
    "whose name resolves to %j is refused",
    async (addresses) => {
      const { outbound, requests } = setUp({ resolve: resolveTo(...addresses) });
      expect(await outbound.fetch("https://hooks.example.com/", {})).toEqual(fail("not_public"));
      expect(requests).toEqual([]);
    },
  );
});

describe("a good URL", () => {
  it.each(GOOD_URLS)("%s passes and is called, without following redirects", async (url) => {
    const { outbound, requests } = setUp();
    expect(await outbound.check(url)).toMatchObject(ok({ url: new URL(url) }));
    expect((await outbound.fetch(url, { method: "POST" })).ok).toBe(true);
    expect(requests).toEqual([{ url: new URL(url).href, redirect: "manual" }]);
  });

  it.each(GOOD_ANSWERS.map((addresses) => [addresses]))("whose name resolves to %j passes", async (addresses) => {
    expect((await setUp({ resolve: resolveTo(...addresses) }).outbound.check(GOOD_URLS[0] ?? "")).ok).toBe(true);
  });

  it("is looked up by its name in ASCII, without the dot at the end", async () => {
    const lookUps: string[] = [];
    const resolve: Resolve = async (host) => {
      lookUps.push(host);
      return fail("unresolvable");
    };
    const { outbound } = setUp({ resolve });
    for (const url of ["https://bücher.example.com./", "https://A.example.com:8443/b"]) await outbound.check(url);
    expect(lookUps).toEqual(["xn--bcher-kva.example.com", "a.example.com"]);
  });

  it("under the local setting may be plain http to this machine, which is not looked up", async () => {
    const { outbound, requests } = setUp({
      allowLoopbackHttp: true,
      resolve: async () => fail("resolver_unavailable"),
    });
    for (const url of ["http://127.0.0.1:9000/hook", "http://localhost:9000/", "http://[::1]:9000/"]) {
      expect((await outbound.fetch(url, {})).ok).toBe(true);
    }
    expect(requests).toHaveLength(3);
    expect(await outbound.check("https://hooks.example.com/")).toEqual(fail("resolver_unavailable"));
    expect(await outbound.check("http://user@localhost/")).toEqual(fail("has_credentials"));
  });
});

describe("a name whose answers change", () => {
  /** The real resolver over a scripted name server: one zone after the other, with the time in between. */
  function rebind(zones: readonly Zone[], ttl: number) {
    let now = 0;
    let turn = 0;
    const queries: string[] = [];
    const resolve = rememberResolutions(
      createDnsOverHttps({
        fetch: async (input) => {
          queries.push(new Request(input).url);
          return Response.json(respondToDns(new Request(input).url, zones[turn] ?? zones.at(-1), ttl));
        },
      }),
      () => now,
    );
    const { outbound, requests } = setUp({ resolve });
    return {
      requests,
      queries,
      attempt: async () => (await outbound.fetch("https://rebind.example.com/", {})).ok,
      later: (ms: number) => {
        now += ms;
        turn += 1;
      },
    };
  }

  it("from public to private passes first and is refused then, whatever its TTL says", async () => {
    for (const ttl of [0, 60, 86_400]) {
      const { attempt, later, requests } = rebind([() => [PUBLIC_ADDRESS], () => ["127.0.0.1"]], ttl);
      expect(await attempt()).toBe(true);
      later(30_000);
      expect(await attempt()).toBe(false);
      expect(requests).toHaveLength(1);
    }
  });

  it("from private to public is refused first and passes then", async () => {
    const { attempt, later } = rebind([() => ["10.0.0.1"], () => [PUBLIC_ADDRESS]], 0);
    expect(await attempt()).toBe(false);
    later(5_000);
    expect(await attempt()).toBe(true);
  });

  it("is refused when only its IPv6 address is private", async () => {
    const { attempt } = rebind([() => [PUBLIC_ADDRESS, "fd00::1"]], 60);
    expect(await attempt()).toBe(false);
  });

  it("is asked for once in a storm of attempts", async () => {
    const { attempt, queries } = rebind([() => [PUBLIC_ADDRESS]], 0);
    for (let n = 0; n < 1_000; n++) expect(await attempt()).toBe(true);
    expect(queries).toHaveLength(2);
  });
});
