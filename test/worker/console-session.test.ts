import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { ADMIN, BASE, call } from "../support/worker/tenant.ts";
import { ADMIN_TOKEN, formTokenOn, openConsole, submit } from "../support/worker/console.ts";

afterEach(() => vi.restoreAllMocks());

const HOURS_MS = 60 * 60 * 1000;
const signIn = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  call("/console/sign-in", { method: "POST", redirect: "manual", headers, body: new URLSearchParams(fields) });

describe("whoever is not signed in", () => {
  it.each(["/console", "/console/audit?application=1", "/console/applications/1"])(
    "is sent from %s to sign in, with the way back",
    async (path) => {
      const response = await call(path, { redirect: "manual" });
      expect(response.status).toBe(303);
      const there = new URL(response.headers.get("location") ?? "", BASE);
      expect(there.pathname).toBe("/console/sign-in");
      expect(there.searchParams.get("to") ?? "/console").toBe(path);
    },
  );

  it("changes nothing", async () => {
    const response = await call("/console/sign-out", { method: "POST", redirect: "manual" });
    expect(response.headers.get("location")).toBe("/console/sign-in");
  });
});

describe("signing in", () => {
  it("sets a cookie that no script reads and no other site sends", async () => {
    const response = await signIn({ token: ADMIN_TOKEN, to: "/console/audit" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/console/audit");
    expect(response.headers.get("set-cookie")).toMatch(/^__Host-morsel-session=[\w.-]+; /);
    const attributes = (response.headers.get("set-cookie") ?? "").split("; ").slice(1);
    expect(attributes.toSorted()).toEqual(["HttpOnly", "Max-Age=28800", "Path=/", "SameSite=Strict", "Secure"]);
  });

  it("sets a cookie that plain http keeps, on one's own machine", async () => {
    const body = new URLSearchParams({ token: ADMIN_TOKEN });
    const request = new Request("http://localhost:8787/console/sign-in", { method: "POST", body });
    const cookie = (await createApp().fetch(request, env)).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^morsel-session=/);
    expect(cookie).not.toContain("Secure");
    expect(cookie).toContain("HttpOnly; SameSite=Strict");
  });

  it.each(["", "wrong-admin-token-0123456789", `${ADMIN_TOKEN}x`, "Bearer x"])(
    "is refused with “%s”",
    async (token) => {
      const response = await signIn({ token });
      expect(response.status).toBe(401);
      expect(response.headers.get("set-cookie")).toBeNull();
      expect(await response.text()).toContain("The administrator token is wrong.");
    },
  );

  it.each([
    "https://evil.test/console",
    "//evil.test/console",
    "/\\evil.test",
    "\\\\evil.test/console",
    "/console/../../elsewhere",
    "/consoleevil",
    "javascript:alert(1)",
    "https://console.invalid@evil.test/console",
  ])("leads to the console, and never to %s", async (to) => {
    expect((await signIn({ token: ADMIN_TOKEN, to })).headers.get("location")).toBe("/console");
    const page = await (await call(`/console/sign-in?${new URLSearchParams({ to }).toString()}`)).text();
    expect(page).toContain('name="to" value="/console"');
  });

  it("is refused when another site sends the form", async () => {
    for (const headers of [{ origin: "https://evil.test" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }]) {
      expect((await signIn({ token: ADMIN_TOKEN }, headers)).status).toBe(403);
    }
  });

  it("has to wait after many wrong tokens from one address, even with the right one", async () => {
    const headers = { "cf-connecting-ip": "203.0.113.77" };
    for (let tries = 0; tries < 30; tries++) await signIn({ token: "wrong" }, headers);
    const response = await signIn({ token: ADMIN_TOKEN }, headers);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await signIn({ token: ADMIN_TOKEN }, { "cf-connecting-ip": "203.0.113.78" })).status).toBe(303);
  });
});

describe("a session", () => {
  it("ends after eight hours", async () => {
    const console = await openConsole();
    expect((await console.get("/console/audit")).status).toBe(200);
    const now = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(now + 8 * HOURS_MS + 1000);
    expect((await console.get("/console/audit")).status).toBe(303);
  });

  it("ends with signing out, also for whoever has copied its cookie", async () => {
    const console = await openConsole();
    const response = await submit(console, "/console/sign-out", {});
    expect(response.headers.get("location")).toBe("/console/sign-in?signed_out");
    expect(response.headers.get("set-cookie")).toMatch(/^__Host-morsel-session=; Max-Age=0; Path=\/;.*Secure/);
    expect((await console.get("/console/audit")).status).toBe(303);
  });

  it("is of no use to the API, nor the API's token to the pages", async () => {
    const { cookie } = await openConsole();
    expect((await call("/admin/applications", { headers: { cookie } })).status).toBe(401);
    expect((await call("/console", { headers: ADMIN, redirect: "manual" })).status).toBe(303);
  });

  it("is none when its cookie was made elsewhere, or altered", async () => {
    const { cookie } = await openConsole();
    for (const forged of [
      cookie.slice(0, -3),
      `${cookie}AA`,
      "__Host-morsel-session=a.b.c",
      cookie.replace(".", "x."),
    ]) {
      expect((await call("/console", { headers: { cookie: forged }, redirect: "manual" })).status).toBe(303);
    }
  });
});

describe("a form", () => {
  it.each<[string, (mine: string, theirs: string) => string | null]>([
    ["no token", () => null],
    ["a token that was made up", () => "0".repeat(64)],
    ["the token of another session", (_, theirs) => theirs],
  ])("is refused with %s", async (_, choose) => {
    const [console, other] = [await openConsole(), await openConsole()];
    const token = choose(await formTokenOn(console), await formTokenOn(other));
    const response = await call("/console/sign-out", {
      method: "POST",
      redirect: "manual",
      headers: { cookie: console.cookie },
      body: new URLSearchParams(token === null ? {} : { form_token: token }),
    });
    expect(response.status).toBe(403);
    expect((await console.get("/console/audit")).status).toBe(200);
  });

  it("is refused when it cannot be read", async () => {
    const { cookie } = await openConsole();
    for (const path of ["/console/sign-in", "/console/sign-out"]) {
      const headers = { cookie, "content-type": "multipart/form-data" };
      expect((await call(path, { method: "POST", headers, body: "x", redirect: "manual" })).status).toBe(400);
    }
  });

  it("is refused when a browser sends it on behalf of another site, token or not", async () => {
    const console = await openConsole();
    for (const headers of [{ origin: "https://evil.test" }, { "sec-fetch-site": "same-site" }]) {
      expect((await submit(console, "/console/sign-out", {}, headers)).status).toBe(403);
    }
    const own = { origin: BASE, "sec-fetch-site": "same-origin" };
    expect((await submit(console, "/console/sign-out", {}, own)).status).toBe(303);
  });
});

describe("every page of the console", () => {
  it("is kept by nobody, framed by nobody, and runs nothing but its own script", async () => {
    const console = await openConsole();
    for (const response of [
      await call("/console/sign-in"),
      await console.get("/console"),
      await console.get("/console/x"),
    ]) {
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("referrer-policy")).toBe("same-origin");
      const policy = response.headers.get("content-security-policy") ?? "";
      for (const rule of ["default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"]) {
        expect(policy.split("; ")).toContain(rule);
      }
      expect(policy).not.toMatch(/unsafe/);
      expect(await response.text()).not.toMatch(/<style|style="|<script(?! src=)| on\w+="/);
    }
  });

  it("says what is not there on a page", async () => {
    const response = await (await openConsole()).get("/console/nowhere");
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("<h1>There is nothing here</h1>");
  });
});
