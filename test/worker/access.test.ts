import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { jpeg } from "../support/images.ts";
import { ADMIN, call, createApplication, HMAC_KEY, hmac, logIn, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const TOKEN_KEY = "test-token-key-0123456789abcdef0123456789";
let applicationId: number;
let ada: { authorization: string };
let recordId: string;

beforeAll(async () => {
  listenForWebhooks();
  applicationId = await createApplication();
  ada = await logIn(applicationId);
  const accepted = await upload(ada, jpeg({ width: 1024, height: 768 }));
  recordId = (await accepted.json<{ record_id: string }>()).record_id;
});

/** Every route that reads a record. */
const RECORD_ROUTES = ["", "/status", "/image"].map((suffix) => (id: string) => `/nutrition_records/${id}${suffix}`);
/** Every route that names a record, as method, path and answer to a stranger. A route that is added belongs here. */
const NAMING_ROUTES: [string, string, number][] = [
  ["GET", "", 404],
  ["GET", "/status", 404],
  ["GET", "/image", 404],
  ["PATCH", "", 404],
  ["PUT", "", 404],
  ["PATCH", "/ingredients/0", 404],
  ["POST", "/reanalyze", 404],
  ["POST", "/cancel", 404],
  ["DELETE", "", 204],
];
const MOUNTS = ["", "/v3"];

/** A token like ours, with one thing changed. */
async function forge(change: { key?: string; kid?: string; claims?: Record<string, unknown> }): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "morsel",
    aud: "morsel-api",
    sub: "ada",
    app: applicationId,
    iat: now,
    exp: now + 3600,
    ...change.claims,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", kid: change.kid ?? "test" })
    .sign(new TextEncoder().encode(change.key ?? TOKEN_KEY));
}

const unsigned = (): string => {
  const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, "");
  const claims = { iss: "morsel", aud: "morsel-api", sub: "ada", app: applicationId, iat: 1, exp: 9_999_999_999 };
  return `${part({ alg: "none", kid: "test" })}.${part(claims)}.`;
};

describe("a token", () => {
  it("opens the record it was issued for, on both mounts", async () => {
    for (const mount of MOUNTS) {
      for (const route of RECORD_ROUTES)
        expect((await call(mount + route(recordId), { headers: ada })).status).toBe(200);
    }
  });

  it("is accepted when it is made by the book, so that the refusals below are for their one flaw", async () => {
    const headers = { authorization: `Bearer ${await forge({})}` };
    expect((await call(`/nutrition_records/${recordId}`, { headers })).status).toBe(200);
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ["missing", () => "", "malformed_authorization"],
    ["of another scheme", () => "Basic YWRhOnB3", "malformed_authorization"],
    ["not a JWT", () => "Bearer abc", "invalid_token"],
    [
      "signed with another key",
      async () => `Bearer ${await forge({ key: "another-key-0123456789abcdef0123456789" })}`,
      "invalid_token",
    ],
    ["of an unknown key id", async () => `Bearer ${await forge({ kid: "other" })}`, "invalid_token"],
    ["unsigned", () => `Bearer ${unsigned()}`, "invalid_token"],
    ["expired", async () => `Bearer ${await forge({ claims: { exp: 1_700_000_000 } })}`, "expired_token"],
    ["without an expiry", async () => `Bearer ${await forge({ claims: { exp: undefined } })}`, "invalid_token"],
    ["for another audience", async () => `Bearer ${await forge({ claims: { aud: "other" } })}`, "invalid_token"],
    ["of another issuer", async () => `Bearer ${await forge({ claims: { iss: "other" } })}`, "invalid_token"],
    ["without an application", async () => `Bearer ${await forge({ claims: { app: "1" } })}`, "invalid_token"],
    [
      "of an unknown application",
      async () => `Bearer ${await forge({ claims: { app: 999_999 } })}`,
      "unknown_application",
    ],
  ])("that is %s is refused on every route", async (_, authorization, code) => {
    const headers = { authorization: await authorization() };
    const routes = [
      ...RECORD_ROUTES.map((route) => route(recordId)),
      ...RECORD_ROUTES.map((route) => `/v3${route(recordId)}`),
    ];
    for (const path of routes) {
      const response = await call(path, { headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code });
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
    const posted = await call("/nutrition_records/image", { method: "POST", headers, body: "{}" });
    expect(posted.status).toBe(401);
  });

  it("of an application that was deactivated is refused", async () => {
    const id = await createApplication();
    const headers = await logIn(id);
    await call(`/admin/applications/${id}`, {
      method: "PATCH",
      headers: ADMIN,
      body: JSON.stringify({ active: false }),
    });
    const response = await call(`/nutrition_records/${recordId}`, { headers });
    expect(await response.json()).toMatchObject({ status: 401, code: "inactive_application" });
  });
});

describe("a record of somebody else", () => {
  it.each<[string, () => Promise<{ authorization: string }>]>([
    ["another user", () => logIn(applicationId, "bob")],
    ["another application's user of the same name", async () => logIn(await createApplication(), "ada")],
  ])("is answered on every route like one that does not exist, for %s", async (_, logInElsewhere) => {
    const headers = await logInElsewhere();
    const unknown = recordId.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    for (const [method, suffix, status] of NAMING_ROUTES) {
      const answers = await Promise.all(
        [recordId, unknown].map(async (id) => {
          const response = await call(`/nutrition_records/${id}${suffix}`, { method, headers });
          return { status: response.status, body: (await response.text()).replace(/"request_id":"[^"]*"/, "") };
        }),
      );
      expect(answers[0]?.status, `${method} ${suffix}`).toBe(status);
      expect(answers[0]).toEqual(answers[1]);
    }
    expect((await call(`/nutrition_records/${recordId}`, { headers: ada })).status).toBe(200);
  });

  it("is not found under a path that is no id", async () => {
    for (const id of ["1", "x".repeat(300), "..%2f..%2fadmin", "%00"]) {
      expect((await call(`/nutrition_records/${id}`, { headers: ada })).status).toBe(404);
    }
  });
});

describe("a login", () => {
  const login = async (body: unknown) => call("/auth/hmac", { method: "POST", body: JSON.stringify(body) });
  const nowSeconds = () => Math.floor(Date.now() / 1000);

  it("with a timestamp signs the timestamp too", async () => {
    const timestamp = nowSeconds();
    const signature = await hmac(HMAC_KEY, `${timestamp}.ada`);
    const response = await login({ application_id: applicationId, application_user_id: "ada", timestamp, signature });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      access_token: expect.any(String),
      expires_at: expect.stringMatching(/Z$/),
    });
  });

  it.each([-301, 301])("whose timestamp is %i seconds off is refused", async (offset) => {
    const timestamp = nowSeconds() + offset;
    const signature = await hmac(HMAC_KEY, `${timestamp}.ada`);
    const response = await login({ application_id: applicationId, application_user_id: "ada", timestamp, signature });
    expect(await response.json()).toMatchObject({ status: 401, code: "timestamp_off" });
  });

  it("without a timestamp is refused where the application requires one", async () => {
    const id = await createApplication({ require_timestamp: true });
    const signature = await hmac(HMAC_KEY, "ada");
    const response = await login({ application_id: id, application_user_id: "ada", signature });
    expect(await response.json()).toMatchObject({ status: 401, code: "timestamp_required" });
  });

  it.each([
    ["a wrong signature", { signature: "0".repeat(64) }, 401, "wrong_signature"],
    ["a signature that is no hex", { signature: "zz" }, 401, "wrong_signature"],
    ["an unknown application", { application_id: 999_999 }, 401, "unknown_application"],
    ["a user with a slash", { application_user_id: "a/b" }, 422, "invalid_request"],
    ["no user", { application_user_id: undefined }, 422, "invalid_request"],
  ])("with %s is refused", async (_, change, status, code) => {
    const signature = await hmac(HMAC_KEY, "ada");
    const response = await login({ application_id: applicationId, application_user_id: "ada", signature, ...change });
    expect(await response.json()).toMatchObject({ status, code });
  });
});

describe("the administration", () => {
  /** Every route of the administration. A route that is added belongs here. */
  it.each([
    ["GET", "/admin/applications"],
    ["POST", "/admin/applications"],
    ["GET", "/admin/applications/1"],
    ["PATCH", "/admin/applications/1"],
    ["DELETE", "/admin/applications/1"],
    ["GET", "/admin/applications/1/deliveries"],
    ["DELETE", "/admin/applications/1/users/ada"],
    ["GET", "/admin/applications/1/erasures/1"],
    ["POST", "/admin/applications/1/keys/hmac/rotate"],
    ["POST", "/admin/applications/1/keys/webhook/rotate"],
    ["POST", "/admin/applications/1/keys/hmac/revoke"],
    ["POST", "/admin/applications/1/keys/webhook/revoke"],
    ["DELETE", "/admin/applications/1/keys/hmac/key_1"],
    ["POST", "/admin/keys/reseal"],
  ])("needs the administrator's token for %s %s", async (method, path) => {
    for (const authorization of ["", "Bearer wrong", ada.authorization]) {
      const address = `${method} ${path}`;
      const response = await call(path, { method, headers: { authorization, "cf-connecting-ip": address } });
      expect(await response.json()).toMatchObject({ status: 401, code: "not_an_administrator" });
    }
  });

  it("shows keys once, when they are made, and never again", async () => {
    const created = await call("/admin/applications", {
      method: "POST",
      headers: ADMIN,
      body: JSON.stringify({ name: "new" }),
    });
    const { id, hmac_key: key } = await created.json<{ id: number; hmac_key: string }>();
    expect(key.length).toBeGreaterThanOrEqual(32);
    const read = await (await call(`/admin/applications/${id}`, { headers: ADMIN })).text();
    expect(read).not.toContain(key);
    expect(read).not.toMatch(/_key|ciphertext|nonce/);
  });

  it("changes what a PATCH names and keeps the rest", async () => {
    const id = await createApplication({ image_retention_days: 7 });
    const body = JSON.stringify({ webhook_url: "https://hooks.example.com/a" });
    const changed = await call(`/admin/applications/${id}`, { method: "PATCH", headers: ADMIN, body });
    expect(await changed.json()).toMatchObject({
      webhook_url: "https://hooks.example.com/a",
      image_retention_days: 7,
      name: "tenant",
    });
  });

  it("refuses a webhook URL that leads inside, and an id that is taken", async () => {
    const inside = await call(`/admin/applications/${applicationId}`, {
      method: "PATCH",
      headers: ADMIN,
      body: JSON.stringify({ webhook_url: "https://169.254.169.254/latest" }),
    });
    expect(await inside.json()).toMatchObject({ status: 422, errors: [{ location: "body.webhook_url" }] });
    const body = JSON.stringify({ name: "again", id: applicationId });
    const taken = await call("/admin/applications", { method: "POST", headers: ADMIN, body });
    expect(await taken.json()).toMatchObject({ status: 409, code: "id_taken" });
  });
});
