import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { countOperations } from "../support/worker/counted-bindings.ts";
import {
  call,
  createApplication,
  HMAC_KEY,
  hmac,
  logIn,
  stored,
  upload,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
beforeEach(() => {
  listenForWebhooks();
  // The first second of a minute, so that none of these tests meets the end of one.
  vi.spyOn(Date, "now").mockReturnValue(Math.ceil(Date.now() / 60_000) * 60_000 + 1_000);
});
afterEach(() => vi.restoreAllMocks());

const list = (headers: Record<string, string>) => call("/nutrition_records", { headers });

describe("the limits of an application", () => {
  it("are shown on every answer, with what remains of them", async () => {
    const ada = await logIn(
      await createApplication({ rate_limits: { uploads_per_minute: 5, user_uploads_per_minute: 3 } }),
    );
    const { headers, status } = await upload(ada, photo);
    expect(status).toBe(202);
    expect(headers.get("ratelimit-policy")).toBe('"uploads";q=5;w=60, "user-uploads";q=3;w=60');
    expect(headers.get("ratelimit")).toBe('"uploads";r=4;t=59, "user-uploads";r=2;t=59');
    for (const path of ["", "/unknown", "/unknown/status"]) {
      const result = await call(`/nutrition_records${path}`, { headers: ada });
      expect(result.headers.get("ratelimit-policy"), path).toBe('"requests";q=60000;w=60, "user-requests";q=6000;w=60');
    }
  });

  it("refuse an upload too many and look at nothing of its body, with 429 and when to come again", async () => {
    const ada = await logIn(await createApplication({ rate_limits: { user_uploads_per_minute: 1 } }));
    await uploadUnheard(ada, photo);
    const before = await stored();
    const operations = countOperations();
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(photo.slice(0, 1000));
      },
    });
    const headers = { ...ada, "content-type": "image/jpeg", "content-length": "1000000" };
    const response = await call("/nutrition_records/image", { method: "POST", headers, body });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("59");
    expect(response.headers.get("ratelimit")).toContain('"user-uploads";r=0;t=59');
    expect(await response.json()).toMatchObject({ code: "rate_limited", retryable: true });
    // What is still sent is read and forgotten, up to a bound, so that the response arrives.
    expect(pulled * 1000).toBeLessThan(17_000_000);
    expect(operations).toMatchObject({ d1Statements: 0, r2Reads: 0, r2Writes: 0, objectRequests: 0, queueMessages: 0 });
    expect(await stored()).toEqual(before);
  });

  it("leave reads alone when the uploads are used up, on both mounts and by either name of the route", async () => {
    const ada = await logIn(await createApplication({ rate_limits: { user_uploads_per_minute: 1 } }));
    await upload(ada, photo);
    for (const path of ["/nutrition_records", "/v3/nutrition_records", "/v3/nutrition_records/image"]) {
      expect((await call(path, { method: "POST", headers: ada, body: "{}" })).status, path).toBe(429);
    }
    expect((await list(ada)).status).toBe(200);
  });

  it("hold for the application as a whole, and for no other application", async () => {
    const id = await createApplication({ rate_limits: { requests_per_minute: 3 } });
    const [ada, bob] = [await logIn(id, "ada"), await logIn(id, "bob")];
    expect([(await list(ada)).status, (await list(bob)).status]).toEqual([200, 429]);
    expect((await list(await logIn(await createApplication()))).status).toBe(200);
  });

  it("begin anew with the next minute", async () => {
    const ada = await logIn(await createApplication({ rate_limits: { user_requests_per_minute: 2 } }));
    expect([(await list(ada)).status, (await list(ada)).status]).toEqual([200, 429]);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
    expect((await list(ada)).status).toBe(200);
  });

  it("end when the other isolates of the location have used the quota up", async () => {
    vi.spyOn(env.RATE_LIMITS, "limit").mockResolvedValue({ success: false });
    const ada = await logIn(await createApplication({ rate_limits: { user_requests_per_minute: 100 } }));
    const statuses = [];
    for (let count = 0; count < 10; count++) statuses.push((await list(ada)).status);
    expect(statuses).toContain(429);
  });

  it("hold within the isolate when the location cannot be asked", async () => {
    vi.spyOn(env.RATE_LIMITS, "limit").mockRejectedValue(new Error("down"));
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const ada = await logIn(await createApplication({ rate_limits: { user_requests_per_minute: 3 } }));
    expect([(await list(ada)).status, (await list(ada)).status, (await list(ada)).status]).toEqual([200, 200, 429]);
  });

  it("tell the location no name", async () => {
    const limit = vi.spyOn(env.RATE_LIMITS, "limit");
    const ada = await logIn(await createApplication({ rate_limits: { user_requests_per_minute: 5 } }), "a-name");
    await list(ada);
    await vi.waitFor(() => expect(limit).toHaveBeenCalled());
    expect(JSON.stringify(limit.mock.calls)).not.toContain("a-name");
  });

  it.each([{ uploads: 5 }, { uploads_per_minute: 0 }])("are refused as %j", async (rateLimits) => {
    await expect(createApplication({ rate_limits: rateLimits })).rejects.toThrow("422");
  });
});

describe("POST /auth/hmac", () => {
  const tryLogin = async (applicationId: number, signature: string, address: string) => {
    const body = JSON.stringify({ application_id: applicationId, application_user_id: "ada", signature });
    return call("/auth/hmac", { method: "POST", headers: { "cf-connecting-ip": address }, body });
  };

  it("stops whoever guesses, and nobody else", async () => {
    const id = await createApplication();
    const right = await hmac(HMAC_KEY, "ada");
    const statuses = [];
    for (let count = 0; count < 32; count++) statuses.push((await tryLogin(id, "0".repeat(64), "192.0.2.1")).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const refused = await tryLogin(id, right, "192.0.2.1");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await tryLogin(id, right, "192.0.2.2")).status).toBe(200);
    expect((await tryLogin(await createApplication(), right, "192.0.2.1")).status).toBe(200);
  });

  it("counts as a request of the application and its user", async () => {
    const id = await createApplication({ rate_limits: { user_requests_per_minute: 1 } });
    await logIn(id);
    await expect(logIn(id)).rejects.toThrow("429");
  });
});
