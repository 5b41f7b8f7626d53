import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { RESPONSE_HEADERS, REQUEST_HEADERS } from "../../src/openapi/headers.ts";
import { ADMIN, BASE, call, createApplication, HMAC_KEY, hmac, logIn } from "../support/worker/tenant.ts";

const ORIGIN = { origin: "https://app.example.com" };
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
});
afterEach(() => vi.restoreAllMocks());

/** The names in a header's list, in lower case. */
const namesIn = (response: Response, header: string): string[] =>
  (response.headers.get(header) ?? "").toLowerCase().split(", ");

const preflight = (path: string, method = "POST") =>
  call(path, {
    method: "OPTIONS",
    headers: {
      ...ORIGIN,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type",
    },
  });

describe("a web app of another origin", () => {
  it.each([
    "/auth/hmac",
    "/auth/revoke",
    "/nutrition_records",
    "/nutrition_records/image",
    "/nutrition_records/01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20",
    "/v3/auth/hmac",
    "/v3/nutrition_records/image",
  ])("may call %s, with every method and header that it needs, and need not ask again for a day", async (path) => {
    const response = await preflight(path);
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(namesIn(response, "access-control-allow-methods")).toEqual(
      expect.arrayContaining(["get", "post", "put", "patch", "delete"]),
    );
    expect(namesIn(response, "access-control-allow-headers")).toEqual(
      expect.arrayContaining(
        ["Authorization", "Content-Type", ...Object.keys(REQUEST_HEADERS)].map((name) => name.toLowerCase()),
      ),
    );
    expect(response.headers.get("access-control-max-age")).toBe("86400");
    expect(response.headers.get("x-request-id")).not.toBeNull();
  });

  it("reads answers and every header that is documented", async () => {
    const body = JSON.stringify({
      application_id: applicationId,
      application_user_id: "ada",
      signature: await hmac(HMAC_KEY, "ada"),
    });
    const answers = [
      await call("/auth/hmac", { method: "POST", headers: ORIGIN, body }),
      await call("/nutrition_records", { headers: { ...ORIGIN, ...ada } }),
    ];
    for (const response of answers) {
      expect(response.status).toBe(200);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
      expect(namesIn(response, "access-control-expose-headers")).toEqual(
        Object.keys(RESPONSE_HEADERS).map((name) => name.toLowerCase()),
      );
    }
  });

  it.each<[number, string, RequestInit]>([
    [401, "/nutrition_records", {}],
    [422, "/nutrition_records?limit=ten", {}],
    [404, "/nutrition_records/unknown", {}],
    [404, "/v3/unknown", {}],
    [405, "/auth/hmac", { method: "PUT" }],
    [400, "/auth/hmac", { method: "POST", body: "{" }],
    [
      401,
      "/auth/hmac",
      { method: "POST", body: JSON.stringify({ application_id: 99_999_999, application_user_id: "a", signature: "" }) },
    ],
  ])("reads a %i of %s", async (status, path, init) => {
    const headers = { ...ORIGIN, ...(status === 401 ? {} : ada) };
    const response = await call(path, { ...init, headers });
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(namesIn(response, "access-control-expose-headers")).toContain("x-request-id");
  });

  it("reads a 500, even of a service that is not configured", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const broken = { ...(env as unknown as Env), TOKEN_KEYS: "k1:too-short" };
    const response = await createApp().fetch(new Request(`${BASE}/nutrition_records`, { headers: ORIGIN }), broken);
    expect(response.status).toBe(500);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(["/admin/applications", "/console", "/healthz"])("is kept from %s", async (path) => {
    const asked = await preflight(path, "GET");
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    const response = await call(path, { headers: { ...ORIGIN, ...ADMIN } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});
