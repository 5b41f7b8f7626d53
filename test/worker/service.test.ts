import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { COMPATIBILITY_DATE, MIGRATIONS, VERSION } from "../../src/health/version.ts";
import { BASE, call } from "../support/worker/tenant.ts";

afterEach(() => vi.restoreAllMocks());

describe("the service", () => {
  it("says that it is well, and what of", async () => {
    const response = await call("/healthz");
    expect(response.status).toBe(200);
    const well = { status: "ok", latency_ms: expect.any(Number) };
    expect(await response.json()).toEqual({
      status: "ok",
      version: VERSION,
      compatibility_date: COMPATIBILITY_DATE,
      deployment: expect.any(String),
      checked_at: expect.any(String),
      dependencies: { database: well, photos: well, queue: well },
      migrations: { applied: MIGRATIONS, needed: MIGRATIONS },
      models: [],
    });
  });

  it("says what is wrong when its database is down, and in a moment that it is back", async () => {
    const down = {
      ...(env as unknown as Env),
      DB: {
        prepare: () => {
          throw new Error("D1_ERROR: secret");
        },
      },
    } as unknown as Env;
    const response = await createApp().fetch(new Request(`${BASE}/healthz`), down);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({
      code: "temporarily_unavailable",
      detail: "The database did not respond.",
    });
    expect((await call("/healthz")).status).toBe(200);
  });

  it("tells the log, and not the client, what is wrong with its configuration", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const broken = { ...(env as unknown as Env), TOKEN_KEYS: "k1:too-short" };
    const response = await createApp().fetch(new Request(`${BASE}/healthz`), broken);
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ code: "internal_error", retryable: true });
    expect(body).not.toContain("TOKEN_KEYS");
    const line = JSON.parse(String(logged.mock.calls[0]?.[0])) as Record<string, unknown>;
    expect(line["error"]).toBe("Error: Configuration: TOKEN_KEYS has a key shorter than 32 bytes");
    expect(line["request_id"]).toBe(response.headers.get("x-request-id"));
    expect(JSON.stringify(line)).not.toContain("too-short");
  });

  it("names the address it was given in what it hands out", async () => {
    const elsewhere = { ...(env as unknown as Env), PUBLIC_URL: "https://morsel.example.com/" };
    const response = await createApp().fetch(new Request(`${BASE}/nothing`), elsewhere);
    expect(await response.json()).toMatchObject({ type: "https://morsel.example.com/problems/not_found" });
  });
});
