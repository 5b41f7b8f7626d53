import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { OPERATIONS } from "../../src/routes/openapi.ts";
import { call } from "../support/worker/tenant.ts";

/** What is made for people's eyes and is no part of the API. */
const isPage = (route: string): boolean =>
  /^(?:GET \/(?:$|docs$|problems|assets\/)|(?:GET|POST) \/try\/)|^\w+ \/console(?:\/|$)/.test(route);

const inBraces = (path: string): string => path.replaceAll(/:(\w+)(\{(?:[^{}]|\{[\d,]+\})*\})?/g, "{$1}");

/** Each route of the app as method and path; middleware answers to all methods and is none. */
const routed = new Set(
  createApp()
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${inBraces(path)}`)
    .filter((route) => !isPage(route)),
);

const described = OPERATIONS.flatMap(({ method, path, aliases = [] }) =>
  [path, ...aliases].map((each) => `${method.toUpperCase()} ${each}`),
);

describe("the documentation", () => {
  it("describes every route that there is, and none that there is not", () => {
    const withoutMount = [...routed].map((route) => route.replace(" /v3/", " /"));
    expect([...new Set(withoutMount)].toSorted()).toEqual([...described].toSorted());
  });

  it("offers /v3 for the records and the tokens, and for nothing else", () => {
    const mounted = [...routed].filter((route) => route.includes(" /v3/")).map((route) => route.replace(" /v3/", " /"));
    const promised = described.filter((route) => / \/(auth|nutrition_records)\b/.test(route));
    expect(mounted.toSorted()).toEqual(promised.toSorted());
  });

  it("gives each operation an id of its own", () => {
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it("is served as JSON, with this service's own address", async () => {
    const response = await call("/openapi.json");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({ openapi: "3.1.1", servers: [{ url: "https://morsel.test" }, {}] });
  });

  it("names whatever address it is asked under, and no other", async () => {
    await call("/openapi.json");
    const elsewhere = await createApp().fetch(new Request("https://elsewhere.test/openapi.json"), env);
    const text = await elsewhere.text();
    expect(text).toContain('"https://elsewhere.test/problems/not_found"');
    expect(text).not.toMatch(/morsel\.test|\.invalid/);
  });
});
