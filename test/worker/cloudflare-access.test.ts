import { env } from "cloudflare:workers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { ADMIN, BASE, createApplication } from "../support/worker/tenant.ts";

const TEAM = "team.cloudflareaccess.com";
const AUDIENCE = "aud-of-the-console";
const WAITING = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };

let privateKey: CryptoKey;
let certs: () => Response;
beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  privateKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "RS256" };
  certs = () => Response.json({ keys: [jwk] });
});

/** The deployment behind Access; each test has an isolate of its own, which knows no keys yet. */
let deployment: typeof env;
beforeEach(() => {
  deployment = { ...env, ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: AUDIENCE } as typeof env;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    expect(input).toBe(`https://${TEAM}/cdn-cgi/access/certs`);
    return certs();
  });
});
afterEach(() => vi.restoreAllMocks());

const open = async (path: string, init: RequestInit = {}, bindings = deployment): Promise<Response> =>
  createApp().fetch(new Request(`${BASE}${path}`, { redirect: "manual", ...init }), bindings, WAITING);

async function letThrough(
  email = "ada@example.com",
  audience = AUDIENCE,
): Promise<{ "cf-access-jwt-assertion": string }> {
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ email })
    .setProtectedHeader({ alg: "RS256", kid: "k1" })
    .setIssuer(`https://${TEAM}`)
    .setAudience([audience])
    .setSubject("some-id")
    .setIssuedAt(now)
    .setExpirationTime(now + 3600)
    .sign(privateKey);
  return { "cf-access-jwt-assertion": assertion };
}

/** Sends a form of the console with the token of its page. */
async function submit(path: string, who: HeadersInit, fields: Record<string, string>): Promise<Response> {
  const page = await (await open("/console/applications/new", { headers: who })).text();
  const token = / name="form_token" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
  return open(path, { method: "POST", headers: who, body: new URLSearchParams({ ...fields, form_token: token }) });
}

describe("whom Cloudflare Access lets through", () => {
  it("is in the console at once, without a cookie of ours, and in the audit log by name", async () => {
    const ada = await letThrough();
    const response = await open("/console", { headers: ada });
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.text()).toContain("ada@example.com");
    const id = await createApplication();
    expect((await submit(`/console/applications/${id}/active`, ada, { active: "false" })).status).toBe(303);
    const log = await open(`/admin/audit?application_id=${id}&limit=1`, { headers: ada });
    expect(await log.json()).toMatchObject([{ actor: "ada@example.com", act: "application.change" }]);
  });

  it("cannot send a form that was made for somebody else, nor one without a token", async () => {
    const [ada, eve] = [await letThrough(), await letThrough("eve@example.com")];
    const page = await (await open("/console/applications/new", { headers: eve })).text();
    const token = / name="form_token" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
    expect(token).toHaveLength(64);
    for (const body of [{ form_token: token }, {}]) {
      const init = { method: "POST", headers: ada, body: new URLSearchParams(body as Record<string, string>) };
      expect((await open("/console/applications", init)).status).toBe(403);
    }
  });

  it("signs out of Access itself, by a link: its way leads to another site, where no form of ours may go", async () => {
    const html = await (await open("/console/audit", { headers: await letThrough() })).text();
    expect(html).toContain('<a href="/cdn-cgi/access/logout">Sign out</a>');
    expect(html).not.toContain('action="/console/sign-out"');
  });

  it("uses the API, but no other site does in his name", async () => {
    const ada = await letThrough();
    expect((await open("/admin/applications", { headers: ada })).status).toBe(200);
    const create = (headers: Record<string, string>) =>
      open("/admin/applications", { method: "POST", headers: { ...ada, ...headers }, body: '{"name":"by Access"}' });
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.test" }]) {
      const refused = await create({ "content-type": "text/plain", ...headers });
      expect(await refused.json()).toMatchObject({ status: 403, code: "foreign_request" });
    }
    expect((await create({})).status).toBe(201);
  });
});

describe("whom Cloudflare Access did not let through here", () => {
  it.each<[string, () => Promise<Record<string, string>>]>([
    ["with nothing", async () => ({})],
    ["with an assertion for another application", () => letThrough("ada@example.com", "another")],
    ["with an assertion that was made up", async () => ({ "cf-access-jwt-assertion": "a.b.c" })],
  ])("gets nowhere %s", async (_, make) => {
    const headers = await make();
    expect((await open("/console", { headers })).headers.get("location")).toBe("/console/sign-in");
    expect((await open("/admin/applications", { headers })).status).toBe(401);
  });

  it("gets nowhere with a good one where no Access is set up", async () => {
    const headers = await letThrough();
    expect((await open("/admin/applications", { headers }, env)).status).toBe(401);
    expect((await open("/console", { headers }, env)).status).toBe(303);
  });

  it("still has the administrator's token", async () => {
    expect((await open("/admin/applications", { headers: ADMIN })).status).toBe(200);
  });
});

it("is told to come back while the keys of Access cannot be read, unless the administrator's token is shown", async () => {
  certs = () => new Response("down", { status: 502 });
  const headers = await letThrough();
  for (const path of ["/admin/applications", "/console"]) {
    const response = await open(path, { headers });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
  }
  expect((await open("/admin/applications", { headers: { ...headers, ...ADMIN } })).status).toBe(200);
});
