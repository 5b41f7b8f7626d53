import { afterEach, describe, expect, it, vi } from "vitest";
import { createDnsOverHttps } from "../../../src/outbound/dns-over-https.ts";
import { rememberResolutions, type Resolve } from "../../../src/outbound/resolve.ts";
import { fail, ok } from "../../../src/result.ts";
import { respondToDns, type Zone } from "../../support/dns.ts";

const resolveWith = (answer: (url: string) => unknown): ReturnType<Resolve> =>
  createDnsOverHttps({
    fetch: async (input) => {
      const answered = answer(new Request(input).url);
      return answered instanceof Response ? answered : Response.json(answered);
    },
  })("hooks.example.com");

afterEach(() => void vi.useRealTimers());

describe("a name", () => {
  it("is asked for over HTTPS, IPv4 and IPv6", async () => {
    const asked: [string, string | null][] = [];
    await createDnsOverHttps({
      fetch: async (input, init) => {
        asked.push([new Request(input).url, new Headers(init?.headers).get("accept")]);
        return Response.json(respondToDns(new Request(input).url));
      },
    })("a&b.example.com");
    expect(asked).toEqual([
      ["https://cloudflare-dns.com/dns-query?name=a%26b.example.com&type=A", "application/dns-json"],
      ["https://cloudflare-dns.com/dns-query?name=a%26b.example.com&type=AAAA", "application/dns-json"],
    ]);
  });

  it.each<[string, Zone]>([
    ["both kinds of address", () => ["1.1.1.1", "2606:4700::1"]],
    ["IPv4 only", () => ["1.1.1.1", "1.0.0.1"]],
    ["IPv6 only", () => ["2606:4700::1"]],
  ])("with %s resolves to all of them", async (_, zone) => {
    expect(await resolveWith((url) => respondToDns(url, zone))).toEqual(ok({ addresses: zone(""), ttlSeconds: 300 }));
  });

  it("that is an alias resolves to what stands at the end of the chain, and lives as long as its addresses", async () => {
    const chain = (url: string) => ({
      Status: 0,
      Answer: [
        { name: "hooks.example.com", type: 5, TTL: 9, data: "cdn.example.net." },
        { name: "cdn.example.net", type: 5, TTL: 9, data: "edge.example.org." },
        ...(url.includes("type=AAAA") ? [] : [{ name: "edge.example.org", type: 1, TTL: 60, data: "1.1.1.1" }]),
      ],
    });
    expect(await resolveWith(chain)).toEqual(ok({ addresses: ["1.1.1.1"], ttlSeconds: 60 }));
  });

  it.each<[string, unknown]>([
    ["that does not exist", { Status: 3 }],
    ["without addresses", { Status: 0 }],
    ["that is an alias of nothing", { Status: 0, Answer: [{ name: "a", type: 5, TTL: 1, data: "b." }] }],
    ["whose servers fail", { Status: 2 }],
    ["whose servers refuse", { Status: 5 }],
  ])("%s is unresolvable", async (_, answer) => {
    expect(await resolveWith(() => answer)).toEqual(fail("unresolvable"));
  });

  it("of which one look-up fails is not taken for what the other one says", async () => {
    const half = (failing: unknown) => (url: string) => (url.includes("type=AAAA") ? failing : respondToDns(url));
    expect(await resolveWith(half({ Status: 2 }))).toEqual(fail("unresolvable"));
    expect(await resolveWith(half(new Response(null, { status: 502 })))).toEqual(fail("resolver_unavailable"));
  });
});

describe("a resolver that is down", () => {
  it.each<[string, () => unknown]>([
    ["answers an error", () => new Response("bad gateway", { status: 502 })],
    ["limits us", () => new Response(null, { status: 429 })],
    ["sends us elsewhere", () => Response.redirect("https://elsewhere.example.com/")],
    ["answers a page", () => new Response("<html>")],
    ["answers another form", () => ({ answers: ["1.1.1.1"] })],
    ["answers another form inside", () => ({ Status: 0, Answer: [{ type: "A", data: 1 }] })],
    [
      "cannot be reached",
      () => {
        throw new TypeError("fetch failed");
      },
    ],
  ])("is told apart from a name that has no address when it %s", async (_, answer) => {
    expect(await resolveWith(answer)).toEqual(fail("resolver_unavailable"));
  });

  it("is given up after three seconds", async () => {
    vi.useFakeTimers();
    const resolving = createDnsOverHttps({
      fetch: (_, init) =>
        new Promise((_resolve, reject) =>
          init?.signal?.addEventListener("abort", () => reject(new Error("aborted")), { once: true }),
        ),
    })("hooks.example.com");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await resolving).toEqual(fail("resolver_unavailable"));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("what was resolved", () => {
  function remember(resolve: Resolve) {
    let now = 1_000;
    const asked: string[] = [];
    const remembered = rememberResolutions(
      (host) => {
        asked.push(host);
        return resolve(host);
      },
      () => now,
    );
    return { asked, remembered, later: (ms: number) => (now += ms) };
  }

  it.each<[string, Awaited<ReturnType<Resolve>>, number]>([
    ["5 s when its TTL is shorter", ok({ addresses: ["1.1.1.1"], ttlSeconds: 0 }), 5_000],
    ["as long as its TTL", ok({ addresses: ["1.1.1.1"], ttlSeconds: 20 }), 20_000],
    ["30 s when its TTL is longer", ok({ addresses: ["1.1.1.1"], ttlSeconds: 86_400 }), 30_000],
    ["2 s when nobody could tell", fail("resolver_unavailable"), 2_000],
    ["2 s when there was no address", fail("unresolvable"), 2_000],
  ])("is remembered for %s", async (_, answer, ms) => {
    const { asked, remembered, later } = remember(async () => answer);
    expect(await remembered("a.example.com")).toEqual(answer);
    later(ms - 1);
    expect(await remembered("a.example.com")).toEqual(answer);
    expect(asked).toHaveLength(1);
    later(1);
    await remembered("a.example.com");
    expect(asked).toHaveLength(2);
  });

  it("is remembered for a thousand names, and the one that was asked first goes", async () => {
    const { asked, remembered } = remember(async () => ok({ addresses: ["1.1.1.1"], ttlSeconds: 30 }));
    for (let n = 0; n <= 1_000; n++) await remembered(`${n}.example.com`);
    await remembered("1.example.com");
    expect(asked).toHaveLength(1_001);
    await remembered("0.example.com");
    expect(asked).toHaveLength(1_002);
  });
});
