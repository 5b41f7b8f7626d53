import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openConsole } from "../support/worker/console.ts";
import { ADMIN, call, createApplication, HMAC_KEY, WEBHOOK_KEY } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

interface Entry {
  id: string;
  at: string;
  actor: string;
  act: string;
  application_id: number | null;
  target: string | null;
  detail: Record<string, unknown>;
}

const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
  call(path, { method, headers: ADMIN, ...(body !== undefined && { body: JSON.stringify(body) }) });
const logOf = async (applicationId: number): Promise<Entry[]> =>
  (await ask("GET", `/admin/audit?application_id=${applicationId}`)).json();
const newestOf = async (applicationId: number): Promise<Entry | undefined> => (await logOf(applicationId))[0];

const SECRET_URL = "https://hooks.tenant.test.example.com/secret-path-of-the-tenant?token=hush";
const USER = "user-named-ada";

beforeAll(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

describe("the audit log", () => {
  it.each<[act: string, method: string, path: string, body: unknown, detail: Record<string, unknown>]>([
    [
      "application.change",
      "PATCH",
      "",
      { webhook_url: SECRET_URL, active: true, rate_limits: { uploads_per_minute: 7 } },
      { webhook_host: "hooks.tenant.test.example.com", active: true, uploads_per_minute: 7 },
    ],
    ["application.delete", "DELETE", "", undefined, {}],
    ["user.erase", "DELETE", `/users/${USER}`, undefined, {}],
    ["key.rotate", "POST", "/keys/hmac/rotate", { overlap_hours: 5 }, { purpose: "hmac", overlap_hours: 5 }],
    ["key.revoke", "POST", "/keys/webhook/revoke", undefined, { purpose: "webhook" }],
    ["webhook.test", "POST", "/test", undefined, {}],
    [
      "deliveries.recover",
      "POST",
      "/recover",
      { since: "2026-01-01T00:00:00Z" },
      { since: "2026-01-01T00:00:00.000Z" },
    ],
    [
      "records.reanalyze",
      "POST",
      "/reanalyze",
      { since: "2026-01-01T00:00:00Z", limit: 10 },
      { since: "2026-01-01T00:00:00.000Z", limit: 10 },
    ],
  ])("has %s, with what was chosen", async (act, method, path, body, detail) => {
    listenForWebhooks();
    const id = await createApplication({ webhook_url: SECRET_URL });
    const before = Date.now();
    const result = await ask(method, `/admin/applications/${id}${path}`, body);
    expect(result.ok, await result.clone().text()).toBe(true);
    const entry = await newestOf(id);
    expect(entry).toMatchObject({ act, actor: "admin token", application_id: id, detail });
    expect(Date.parse(entry?.at ?? "")).toBeGreaterThanOrEqual(before);
  });

  it("names an ended key by its id, and an erasure by its receipt", async () => {
    const id = await createApplication();
    const rotated = await ask("POST", `/admin/applications/${id}/keys/hmac/rotate`, { overlap_hours: 5 });
    const keyId = (await rotated.json<{ keys: { id: string }[] }>()).keys[0]?.id ?? "";
    await ask("DELETE", `/admin/applications/${id}/keys/hmac/${keyId}`);
    expect(await newestOf(id)).toMatchObject({ act: "key.end", target: keyId });
    for (let times = 0; times < 2; times++) {
      const erased = await ask("DELETE", `/admin/applications/${id}/users/${USER}`);
      const { receipt_id } = await erased.json<{ receipt_id: string }>();
      expect(await newestOf(id)).toMatchObject({ act: "user.erase", target: receipt_id });
    }
  });

  it("has no act that was refused", async () => {
    const id = await createApplication();
    await ask("POST", `/admin/applications/${id}/keys/hmac/rotate`, { overlap_hours: 5 });
    const before = await logOf(id);
    const refusals = [
      await ask("POST", `/admin/applications/${id}/keys/hmac/rotate`, { overlap_hours: 5 }),
      await ask("PATCH", `/admin/applications/${id}`, { webhook_url: "http://127.0.0.1/" }),
      await ask("POST", `/admin/applications/${id}/test`),
      await ask("POST", "/admin/applications", { name: "again", id }),
      await ask("PATCH", "/admin/applications/999999", { name: "nobody" }),
      await ask("DELETE", `/admin/applications/${id}/keys/hmac/key_unknown`),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([409, 422, 409, 409, 404, 404]);
    expect(await logOf(id)).toEqual(before);
    expect(await logOf(999_999)).toEqual([]);
  });

  it("has no act that meets another change, and the change that it met", async () => {
    const id = await createApplication();
    const rotate = () => ask("POST", `/admin/applications/${id}/keys/hmac/rotate`, { overlap_hours: 5 });
    const statuses = (await Promise.all([rotate(), rotate(), rotate()])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await logOf(id)).map(({ act }) => act)).toEqual(["key.rotate", "application.create"]);
  });

  it("and the act are stored together, or neither is", async () => {
    const id = await createApplication();
    const change = () => ask("PATCH", `/admin/applications/${id}`, { name: "renamed" });
    const prepare = env.DB.prepare.bind(env.DB);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(env.DB, "prepare").mockImplementation((query) =>
      prepare(query.replace('insert into "audit_log"', 'insert into "no_such_table"')),
    );
    expect((await change()).status).toBe(500);
    vi.restoreAllMocks();
    const read = await ask("GET", `/admin/applications/${id}`);
    expect(await read.json()).toMatchObject({ name: "tenant" });
    expect((await change()).status).toBe(200);
    expect(await newestOf(id)).toMatchObject({ act: "application.change", detail: { name: "renamed" } });
  });

  it("has sign-ins and sign-outs", async () => {
    await openConsole();
    const [entry] = await (await ask("GET", "/admin/audit?limit=1")).json<Entry[]>();
    expect(entry).toMatchObject({ act: "session.begin", actor: "admin token", application_id: null });
  });

  it("holds no key, no token, no URL's path and no user", async () => {
    const { results } = await env.DB.prepare("SELECT * FROM audit_log").all();
    const everything = JSON.stringify(results);
    expect(results.length).toBeGreaterThan(10);
    for (const secret of [HMAC_KEY, WEBHOOK_KEY, USER, "secret-path", "hush", ADMIN.authorization.slice(7)]) {
      expect(everything).not.toContain(secret);
    }
  });

  it("comes in pages, newest first, and the last has no next", async () => {
    const id = await createApplication();
    for (let n = 0; n < 4; n++) await ask("PATCH", `/admin/applications/${id}`, { name: `name ${n}` });
    const names: unknown[] = [];
    let next: string | null = `/admin/audit?application_id=${id}&limit=2`;
    let pages = 0;
    while (next !== null) {
      const response: Response = await ask("GET", next);
      names.push(...(await response.json<Entry[]>()).map(({ detail }) => detail["name"]));
      const link: string | undefined = /^<https:\/\/morsel\.test([^>]+)>; rel="next"$/.exec(
        response.headers.get("link") ?? "",
      )?.[1];
      next = link ?? null;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(names).toEqual(["name 3", "name 2", "name 1", "name 0", "tenant"]);
  });

  it.each(["limit=0", "limit=201", "limit=x", "cursor=1", "application_id=x"])("refuses ?%s", async (query) => {
    expect(await (await ask("GET", `/admin/audit?${query}`)).json()).toMatchObject({ code: "invalid_request" });
  });

  it("is read by an index, whole or of one application", async () => {
    for (const where of ["", "WHERE application_id = 1", "WHERE application_id = 1 AND id < 'x'"]) {
      const plan = await env.DB.prepare(
        `EXPLAIN QUERY PLAN SELECT * FROM audit_log ${where} ORDER BY id DESC LIMIT 51`,
      ).all<{ detail: string }>();
      expect(plan.results.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/);
    }
  });
});

describe("the page of the audit log", () => {
  it("shows acts in words, and who did them", async () => {
    const id = await createApplication({ name: "<script>alert(1)</script>" });
    const html = await (await (await openConsole()).get(`/console/audit?application_id=${id}`)).text();
    expect(html).toContain("<strong>Created an application</strong>");
    expect(html).toContain('<td data-name="By" class="actor">admin token</td>');
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).not.toContain("<script>alert");
  });

  it("says so when there is nothing, and how to see everything", async () => {
    const html = await (await (await openConsole()).get("/console/audit?application_id=424242")).text();
    expect(html).toContain("No actions on this application");
    expect(html).toContain('<a href="/console/audit">Show all</a>');
  });

  it("leads to older acts and back to the newest", async () => {
    const id = await createApplication();
    for (let n = 0; n < 3; n++) await ask("PATCH", `/admin/applications/${id}`, { name: `n${n}` });
    const console = await openConsole();
    const first = await (await console.get(`/console/audit?application_id=${id}&limit=2`)).text();
    const older = /href="([^"]*cursor[^"]*)" rel="next"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await (await console.get(older)).text();
    expect(second).toContain("Created an application");
    expect(second).toContain(`href="/console/audit?application_id=${id}">Newest`);
  });
});
