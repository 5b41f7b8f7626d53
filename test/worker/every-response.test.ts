import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { HTTPException } from "hono/http-exception";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { OPERATIONS } from "../../src/routes/openapi.ts";
import { jpeg } from "../support/images.ts";
import { ADMIN, BASE, call, createApplication, logIn, uploadUnheard, upload } from "../support/worker/tenant.ts";

const photo = jpeg({ width: 1024, height: 768 });
const workerEnv = env as unknown as Env;
let applicationId: number;
let ada: { authorization: string };
let recordId: string;
let logged: Record<string, unknown>[];

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
  recordId = await uploadUnheard(ada, photo);
});
beforeEach(() => {
  logged = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line) => void logged.push(JSON.parse(String(line)) as never));
  }
});
afterEach(() => vi.restoreAllMocks());

/** A path of the documentation with real ids in it. */
const filled = (path: string): string =>
  path
    .replace("/applications/{id}", `/applications/${applicationId}`)
    .replace("/nutrition_records/{id}", `/nutrition_records/${recordId}`)
    .replace("{purpose}", "hmac")
    .replace("{n}", "0")
    .replaceAll(/\{\w+\}/g, "unknown");

const headersFor = (path: string): Record<string, string> => (path.startsWith("/admin") ? ADMIN : ada);

/** Each path with its documented methods. */
const METHODS_OF = Map.groupBy(
  OPERATIONS.flatMap(({ method, path, aliases = [] }) => [path, ...aliases].map((each) => ({ path: each, method }))),
  ({ path }) => path,
);
const PATHS = [...METHODS_OF.keys()];
const READABLE = OPERATIONS.filter(({ method }) => method === "get").map(({ path }) => path);

describe("every answer", () => {
  it.each(OPERATIONS.map(({ method, path }) => [method.toUpperCase(), path]))(
    "of %s %s has a request id, also to a stranger",
    async (method, path) => {
      const response = await call(filled(path), { method });
      const id = response.headers.get("x-request-id");
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      if (!response.ok) expect(await response.json()).toMatchObject({ request_id: id });
    },
  );

  it("has another request id", async () => {
    const ids = await Promise.all(
      ["/healthz", "/", "/nothing", "/problems/not_found"].map(async (path) =>
        (await call(path)).headers.get("x-request-id"),
      ),
    );
    expect(ids).not.toContain(null);
    expect(new Set(ids).size).toBe(4);
  });

  it("has its request id when the code throws, and so does the log", async () => {
    vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1 is down");
    });
    const response = await call(`/nutrition_records/${recordId}`, { headers: ada });
    const id = response.headers.get("x-request-id");
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ code: "internal_error", request_id: id });
    expect(body).not.toContain("D1");
    expect(logged).toMatchObject([{ event: "request.failed", request_id: id }]);
  });

  it("has its request id when the framework refuses", async () => {
    const app = createApp();
    app.get("/refused", () => {
      throw new HTTPException(400, { message: "a secret of the framework" });
    });
    const response = await app.fetch(new Request(`${BASE}/refused`), workerEnv);
    const body = await response.text();
    expect(response.status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      code: "malformed_request",
      request_id: response.headers.get("x-request-id"),
    });
    expect(body).not.toContain("secret");
  });
});

describe("a log line", () => {
  it("of an outage deep below names the request that met it", async () => {
    vi.spyOn(env.PHOTOS, "put").mockRejectedValueOnce(new Error("R2 is down"));
    const response = await upload(ada, photo);
    expect(response.status).toBe(503);
    expect(logged).toMatchObject([{ level: "error", request_id: response.headers.get("x-request-id") }]);
  });

  it("of a queue message names the message and the record", async () => {
    vi.spyOn(env.PHOTOS, "get").mockRejectedValue(new Error("R2 is down"));
    const messages: { id: string; timestamp: Date; attempts: number; body: unknown }[] = [
      { id: "message-1", timestamp: new Date(), attempts: 1, body: { record_id: recordId } },
      { id: "message-2", timestamp: new Date(), attempts: 1, body: "hello" },
    ];
    await worker.queue(createMessageBatch("morsel-analysis", messages), workerEnv);
    const threw = logged.find(({ event }) => event === "analysis.threw");
    expect(threw).toMatchObject({ message_id: "message-1", record_id: recordId });
    expect(logged).toContainEqual(expect.objectContaining({ message_id: "message-2", record_id: null }));
  });
});

describe("a method that is not there", () => {
  it.each(PATHS)("is refused at %s with those that are", async (path) => {
    const documented = (METHODS_OF.get(path) ?? []).map(({ method }) => method.toUpperCase());
    const response = await call(filled(path), { method: "PROPFIND", headers: headersFor(path) });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ code: "method_not_allowed", retryable: false });
    const allowed = (response.headers.get("allow") ?? "").split(", ");
    // Some paths could also be a record with an odd id, which has methods of its own.
    expect(allowed).toEqual(expect.arrayContaining(documented));
    expect(allowed.includes("HEAD")).toBe(allowed.includes("GET"));
    expect(allowed).not.toContain("PROPFIND");
  });

  it("is a 404 where there is no path either", async () => {
    const response = await call("/nothing", { method: "PUT" });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "not_found" });
    expect(response.headers.get("allow")).toBeNull();
  });
});

describe("HEAD", () => {
  it.each([...READABLE, "/", "/problems/not_found"])("answers at %s as GET does, without a body", async (path) => {
    const headers = headersFor(path);
    const [head, get] = [
      await call(filled(path), { method: "HEAD", headers }),
      await call(filled(path), { headers }),
    ] as const;
    expect(head.status).toBe(get.status);
    for (const name of ["content-type", "etag", "cache-control", "retry-after"]) {
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    }
    expect(await head.text()).toBe("");
    await get.body?.cancel();
  });
});
