import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { jpeg } from "../support/images.ts";
import { BASE, createApplication, finalRecord, logIn } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

const app = createApp();
const context = { waitUntil: (work: Promise<unknown>) => void work, passThroughOnException() {} } as ExecutionContext;
let applicationId: number;
let settings: Env;

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: `${WEBHOOK_URL}/secret-path` });
  settings = { ...(env as unknown as Env), TRY_IT_APPLICATION_ID: String(applicationId) };
});
beforeEach(() => void listenForWebhooks(() => new Response("a secret answer")));
afterEach(() => vi.restoreAllMocks());

/** A request of a browser to the service with the settings of this file. */
const ask = async (path: string, init: RequestInit = {}, own: Env = settings): Promise<Response> => {
  const headers = { accept: "text/html", ...(init.headers as Record<string, string>) };
  return app.fetch(new Request(`${BASE}${path}`, { redirect: "manual", ...init, headers }), own, context);
};

interface Session {
  cookie: string;
  authorization: string;
}

async function startSession(headers: Record<string, string> = {}): Promise<Session> {
  const response = await ask("/try/session", { method: "POST", headers });
  expect(response.status).toBe(200);
  const { access_token: token } = await response.json<{ access_token: string }>();
  const [cookie = ""] = (response.headers.get("set-cookie") ?? headers["cookie"] ?? "").split(";");
  return { cookie, authorization: `Bearer ${token}` };
}

const claimsOf = (authorization: string): { sub: string; app: number; exp: number; iat: number } =>
  JSON.parse(atob(authorization.split(".")[1] ?? ""));

const photoForm = (photo: Uint8Array<ArrayBuffer>): FormData => {
  const form = new FormData();
  form.set("include_ingredients", "true");
  form.set("include_nutri_score", "true");
  form.set("image", new File([photo], "photo.jpg", { type: "image/jpeg" }));
  return form;
};

/** Uploads as a browser without a script does; the id of the record that the answer leads to. */
async function uploadByForm(cookie: string): Promise<string> {
  const response = await ask("/try/photos", {
    method: "POST",
    headers: { cookie },
    body: photoForm(jpeg({ width: 640, height: 512 })),
  });
  expect(response.status).toBe(303);
  return response.headers.get("location")?.replace("/try/records/", "") ?? "";
}

describe("a visitor's session", () => {
  it("is an ordinary user of the application, by a token for a quarter of an hour", async () => {
    const { authorization } = await startSession();
    const { sub, app: tokenApplication, exp, iat } = claimsOf(authorization);
    expect(tokenApplication).toBe(applicationId);
    expect(sub).toMatch(/^visitor-[0-9a-f]{32}$/);
    expect(exp - iat).toBeLessThanOrEqual(900);
    expect((await ask("/nutrition_records", { headers: { authorization } })).status).toBe(200);
  });

  it("has a cookie that no script, no other site and no plain connection gets", async () => {
    const response = await ask("/try/session", { method: "POST" });
    expect(response.headers.get("set-cookie")).toMatch(
      /^morsel_visitor=[0-9a-f]{32}\.[0-9a-f]{64}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("goes on with the cookie, and the user's name does not give that away", async () => {
    const first = await startSession();
    const second = await startSession({ cookie: first.cookie });
    expect(claimsOf(second.authorization).sub).toBe(claimsOf(first.authorization).sub);
    expect(claimsOf(first.authorization).sub).not.toContain(first.cookie.split("=")[1]);
  });

  it("begins anew for a cookie that this service has not made", async () => {
    const { cookie } = await startSession({ cookie: "morsel_visitor=ada" });
    expect(cookie).toMatch(/=[0-9a-f]{32}\.[0-9a-f]{64}$/);
  });

  it.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://elsewhere.test" },
  ])("is refused to another site: %j", async (headers) => {
    const response = await ask("/try/session", { method: "POST", headers: headers as Record<string, string> });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "foreign_request" });
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("counts against the limits of the application", async () => {
    const id = await createApplication({ rate_limits: { requests_per_minute: 1 } });
    const small = { ...settings, TRY_IT_APPLICATION_ID: String(id) };
    expect((await ask("/try/session", { method: "POST" }, small)).status).toBe(200);
    const second = await ask("/try/session", { method: "POST" }, small);
    expect(second.status).toBe(429);
    expect(second.headers.get("retry-after")).not.toBeNull();
  });

  it("is not made without end for one address", async () => {
    const headers = { "cf-connecting-ip": "203.0.113.9" };
    vi.spyOn(Date, "now").mockReturnValue(Date.now());
    const statuses: number[] = [];
    for (let n = 0; n < 61; n++) statuses.push((await ask("/try/session", { method: "POST", headers })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    expect(
      (await ask("/try/session", { method: "POST", headers: { "cf-connecting-ip": "203.0.113.10" } })).status,
    ).toBe(200);
  });
});

describe("without a script", () => {
  it("a photo is uploaded, seen on its way and completed, and corrected, by forms alone", async () => {
    const { cookie, authorization } = await startSession();
    const id = await uploadByForm(cookie);
    await finalRecord({ authorization }, id);
    const page = await ask(`/try/records/${id}`, { headers: { cookie } });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("private, no-store");
    expect(html).toContain("<title>apple · Morsel</title>");
    expect(html).not.toContain("http-equiv");
    const version = /name="version" value="([^"]*)"/.exec(html)?.[1]?.replaceAll("&quot;", '"') ?? "";

    const correct = (fields: Record<string, string>) =>
      ask(`/try/records/${id}/ingredients/0`, {
        method: "POST",
        headers: { cookie },
        body: new URLSearchParams({ version, ...fields }),
      });
    expect((await correct({ serving_size: "91" })).headers.get("location")).toBe(`/try/records/${id}`);
    expect(await finalRecord({ authorization }, id)).toMatchObject({ status: "updated", serving_size: 91 });

    const stale = await correct({ serving_size: "50" });
    expect(stale.status).toBe(412);
    expect(await stale.text()).toContain('href="/problems/version_mismatch"');

    const deleted = await ask(`/try/records/${id}/delete`, { method: "POST", headers: { cookie } });
    expect([deleted.status, deleted.headers.get("location")]).toEqual([303, "/"]);
    expect((await ask(`/try/records/${id}`, { headers: { cookie } })).status).toBe(404);
  });

  it("a record that is not final asks again by itself", async () => {
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValueOnce({ metadata: { metrics: {} } } as never);
    const { cookie } = await startSession();
    const html = await (await ask(`/try/records/${await uploadByForm(cookie)}`, { headers: { cookie } })).text();
    expect(html).toContain('<noscript><meta http-equiv="refresh"');
    expect(html).toContain("Waiting in the queue");
  });

  it("a sample is a click, by whom nobody knows yet", async () => {
    const response = await ask("/try/samples/orange", { method: "POST", headers: { origin: BASE } });
    expect(response.status).toBe(303);
    const [cookie = ""] = (response.headers.get("set-cookie") ?? "").split(";");
    const page = await ask(response.headers.get("location") ?? "", { headers: { cookie } });
    expect(page.status).toBe(200);
    expect((await ask("/try/samples/unknown", { method: "POST" })).status).toBe(404);
  });

  it.each<[string, Uint8Array<ArrayBuffer>, number]>([
    ["a photo that is none", new Uint8Array(1_000), 415],
    ["a photo that is too small", jpeg({ width: 100, height: 100 }), 422],
  ])("%s is refused in words", async (_, photo, status) => {
    const response = await ask("/try/photos", { method: "POST", body: photoForm(photo) });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    expect(await response.text()).toMatch(/<h1[^>]*>[^<]{10,}<\/h1>/);
  });

  it("a form of another site does nothing", async () => {
    const { cookie } = await startSession();
    const headers = { cookie, origin: "null", "sec-fetch-site": "cross-site" };
    const response = await ask("/try/photos", {
      method: "POST",
      headers,
      body: photoForm(jpeg({ width: 640, height: 512 })),
    });
    expect(response.status).toBe(403);
  });
});

describe("a visitor's record", () => {
  it("is nobody else's: not another visitor's, not without a cookie, not by its address alone", async () => {
    const { cookie } = await startSession();
    const stranger = await startSession();
    const id = await uploadByForm(cookie);
    for (const path of [`/try/records/${id}`, `/try/records/${id}/image`]) {
      expect((await ask(path, { headers: { cookie } })).status).toBe(200);
      expect((await ask(path, { headers: { cookie: stranger.cookie } })).status).toBe(404);
      expect((await ask(path)).status).toBe(404);
    }
    const foreign = await ask(`/nutrition_records/${id}`, { headers: { authorization: stranger.authorization } });
    expect(foreign.status).toBe(404);
  });

  it("is no record of the application's other users, whatever a cookie says", async () => {
    const ada = await logIn(applicationId);
    const { cookie, authorization } = await startSession();
    const id = await uploadByForm(cookie);
    await finalRecord({ authorization }, id);
    expect((await ask(`/nutrition_records/${id}`, { headers: ada })).status).toBe(404);
  });

  it("shows the webhook as it was sent, but neither the endpoint's path nor its answer", async () => {
    const { cookie, authorization } = await startSession();
    const id = await uploadByForm(cookie);
    await finalRecord({ authorization }, id);
    const html = await vi.waitFor(
      async () => {
        const text = await (await ask(`/try/records/${id}`, { headers: { cookie } })).text();
        expect(text).toContain("<code>completed</code>");
        expect(text).not.toContain("data-awaited");
        return text;
      },
      { timeout: 8_000, interval: 50 },
    );
    expect(html).not.toMatch(/secret-path|a secret answer/);
  });

  it("says what to do where the application has no webhook", async () => {
    const id = await createApplication();
    const own = { ...settings, TRY_IT_APPLICATION_ID: String(id) };
    const uploaded = await ask("/try/samples/orange", { method: "POST" }, own);
    const [cookie = ""] = (uploaded.headers.get("set-cookie") ?? "").split(";");
    const html = await vi.waitFor(async () => {
      const page = await ask(uploaded.headers.get("location") ?? "", { headers: { cookie } }, own);
      const text = await page.text();
      expect(text).toContain("data-result");
      return text;
    });
    expect(html).toContain("has no webhook URL");
  });
});

describe("the front page", () => {
  it("is one page for everybody, and makes nobody known", async () => {
    const response = await ask("/");
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(response.headers.get("vary")).toContain("Accept");
    expect(await response.text()).toContain('action="/try/photos"');
  });

  it("runs nothing that this service did not send, and neither does a record's page", async () => {
    const { cookie, authorization } = await startSession();
    const id = await uploadByForm(cookie);
    await finalRecord({ authorization }, id);
    for (const path of ["/", `/try/records/${id}`]) {
      const response = await ask(path, { headers: { cookie } });
      expect(response.headers.get("content-security-policy")).not.toMatch(/unsafe|https:|\*/);
      expect(response.headers.get("referrer-policy")).toBe("same-origin");
      const html = await response.text();
      expect(html).not.toMatch(/<style|style="|<script(?! src=)| on\w+="/);
      for (const [, source = ""] of html.matchAll(/<(?:link|script)[^>]*(?:href|src)="([^"]*)"/g)) {
        expect((await ask(source)).status, source).toBe(200);
      }
    }
  });

  it("is a sentence in a terminal", async () => {
    expect(await (await ask("/", { headers: { accept: "*/*" } })).text()).toMatch(/^Morsel turns photos/);
  });

  it("says where trying is switched off, and how it is switched on", async () => {
    const off = { ...settings, TRY_IT_APPLICATION_ID: "" };
    const html = await (await ask("/", {}, off)).text();
    expect(html).toContain("The demo is disabled here");
    expect(html).toContain("TRY_IT_APPLICATION_ID");
    expect(html).not.toContain("<form");
    for (const path of ["/docs", "/problems", "/openapi.json"]) expect(html).toContain(`href="${path}"`);
    const session = await ask("/try/session", { method: "POST" }, off);
    expect([session.status, session.headers.get("set-cookie")]).toEqual([404, null]);
    expect(await session.json()).toMatchObject({ detail: expect.stringContaining("disabled") });
    expect(
      (await ask("/try/photos", { method: "POST", body: photoForm(jpeg({ width: 640, height: 512 })) }, off)).status,
    ).toBe(404);
  });

  it("is no way around an application that is switched off itself", async () => {
    const unknown = { ...settings, TRY_IT_APPLICATION_ID: "987654321" };
    expect((await ask("/try/session", { method: "POST" }, unknown)).status).toBe(401);
  });

  it.each(["0", "-1", "one", "1.5"])("is not served with the setting %j, and the log says why", async (value) => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await ask("/", {}, { ...settings, TRY_IT_APPLICATION_ID: value })).status).toBe(500);
    expect(String(complaint.mock.calls)).toContain("TRY_IT_APPLICATION_ID");
  });
});
