import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hiddenFields, openConsole, secretsIn, submit, type OpenConsole } from "../support/worker/console.ts";
import { ADMIN, call, createApplication, HMAC_KEY, WEBHOOK_KEY } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

let console: OpenConsole;
beforeEach(async () => {
  listenForWebhooks();
  console = await openConsole();
});
afterEach(() => vi.restoreAllMocks());

const page = async (path: string): Promise<string> => (await console.get(path)).text();
const path = (id: number, rest = ""): string => `/console/applications/${id}${rest}`;
const readApplication = async (id: number) =>
  (await call(`/admin/applications/${id}`, { headers: ADMIN })).json<Record<string, unknown>>();
const ids = (html: string): string[] => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);

/** The form of settings as a browser sends it. */
const settings = (changes: Record<string, string> = {}, events: string[] = ["completed", "failed"]) =>
  [
    ...Object.entries({ name: "tenant", webhook_url: "", image_retention_days: "90", ...changes }),
    ...events.map((event) => ["webhook_events", event]),
  ] as [string, string][];

describe("the list of applications", () => {
  it("shows each with its state and the ages of its keys, and no key", async () => {
    const id = await createApplication({ name: "Lunch & <b>Co</b>", webhook_url: WEBHOOK_URL, active: false });
    const html = await page("/console");
    expect(html).toContain(`<a href="/console/applications/${id}">Lunch &amp; &lt;b&gt;Co&lt;/b&gt;</a>`);
    expect(html).toContain("Inactive");
    expect(html).toContain("Endpoint healthy");
    expect(html).toContain("HMAC key moments old");
    for (const key of [HMAC_KEY, WEBHOOK_KEY, "ciphertext"]) expect(html).not.toContain(key);
  });

  it("has those first whose endpoint is in trouble, the worst at the top", async () => {
    const health = (id: number, probeAt: number | null, disabledAt: number | null) =>
      env.DB.prepare("INSERT INTO endpoint_health VALUES (?, 1, 12, 1000, ?, ?, 'It has failed.', 0)")
        .bind(id, probeAt, disabledAt)
        .run();
    const names = ["fine", "failing", "down", "disabled"];
    const made: number[] = [];
    for (const name of names) made.push(await createApplication({ name: `is ${name}`, webhook_url: WEBHOOK_URL }));
    const [, failing = 0, down = 0, disabled = 0] = made;
    await health(failing, null, null);
    await health(down, 2_000, null);
    await health(disabled, null, 3_000);
    const order = (html: string) => [...html.matchAll(/>is (\w+)<\/a>/g)].map(([, name]) => name);
    expect(order(await page("/console"))).toEqual(["disabled", "down", "failing", "fine"]);
    const deliveries = await page("/console/deliveries");
    expect(order(deliveries).slice(0, 3)).toEqual(["disabled", "down", "failing"]);
    expect(deliveries).toContain(`<option value="${disabled}" selected`);
    // Its probe is due, and not in the past.
    expect(deliveries).toContain("<td>due now</td>");
    await env.DB.prepare("DELETE FROM endpoint_health").run();
  });

  it("says what to do when there is none", async () => {
    await env.DB.prepare("DELETE FROM applications").run();
    const html = await page("/console");
    expect(html).toContain("No applications yet");
    expect(html).toContain('href="/console/applications/new"');
  });
});

describe("making an application", () => {
  it("shows its keys this once, which work, and nowhere again", async () => {
    const response = await submit(console, "/console/applications", settings({ name: "Lunchbox" }));
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const html = await response.text();
    const [hmacKey = "", webhookKey = ""] = secretsIn(html);
    expect(hmacKey).toMatch(/^[\w-]{43}$/);
    const id = Number(/applications\/(\d+)"/.exec(html)?.[1]);
    expect(await readApplication(id)).toMatchObject({ name: "Lunchbox", webhook_url: null, image_retention_days: 90 });
    for (const place of ["/console", path(id), "/console/audit"]) {
      const later = await page(place);
      for (const key of [hmacKey, webhookKey]) expect(later).not.toContain(key);
    }
  });

  it("takes over the id and the keys of somebody who moves, and does not send keys back when it refuses", async () => {
    const brought = { id: "4711", hmac_key: "brought-hmac-key-0123456789", webhook_signature_key: "short" };
    const refused = await submit(console, "/console/applications", settings(brought));
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('id="webhook_signature_key-error"');
    expect(html).toContain('name="id" type="text" value="4711"');
    expect(html).not.toContain(brought.hmac_key);

    const taken = await submit(
      console,
      "/console/applications",
      settings({ ...brought, webhook_signature_key: "brought-webhook-key-0123456789" }),
    );
    expect(taken.status).toBe(201);
    expect(secretsIn(await taken.text())).toEqual([brought.hmac_key, "brought-webhook-key-0123456789"]);
    const again = await submit(console, "/console/applications", settings({ id: "4711" }));
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("Another application already has this id");
  });
});

describe("the form of a new application that is sent again", () => {
  it("creates nothing more, and says so", async () => {
    const form = hiddenFields(await page("/console/applications/new"), "/console/applications");
    const fields = settings({ ...form, name: "once" });
    const html = await (await submit(console, "/console/applications", fields)).text();
    expect(secretsIn(html)).toHaveLength(2);
    const again = await submit(console, "/console/applications", fields);
    expect(again.status).toBe(409);
    const refusal = await again.text();
    expect(refusal).toContain("Nothing was created");
    expect(secretsIn(refusal)).toEqual([]);
    const all = await (await call("/admin/applications", { headers: ADMIN })).json<{ name: string }[]>();
    expect(all.filter(({ name }) => name === "once")).toHaveLength(1);
    // Its page is a fresh one, by which another one is made.
    const fresh = settings({ ...hiddenFields(refusal, "/console/applications"), name: "twice" });
    expect((await submit(console, "/console/applications", fresh)).status).toBe(201);
  });
});

describe("a field that is wrong", () => {
  it.each<[string, string]>([
    ["name", ""],
    ["name", "x".repeat(201)],
    ["webhook_url", "http://tenant.test/hook"],
    ["webhook_url", "https://127.0.0.1/hook"],
    ["webhook_url", "no url"],
    ["image_retention_days", "many"],
    ["image_retention_days", "1e2"],
    ["image_retention_days", "3651"],
    ["uploads_per_minute", "0"],
    ["user_requests_per_minute", "1.5"],
  ])("is told beside it, with what was typed, and nothing is saved: %s “%s”", async (name, value) => {
    const id = await createApplication();
    const before = await readApplication(id);
    for (const place of [path(id, "/settings"), "/console/applications"]) {
      const response = await submit(console, place, settings({ name: "renamed", [name]: value }));
      expect(response.status).toBe(422);
      const html = await response.text();
      const field = new RegExp(`<input id="${name}"[^>]*>`).exec(html)?.[0] ?? "";
      expect(field).toContain(`value="${value}"`);
      expect(field).toContain('aria-invalid="true"');
      expect(field).toContain(`aria-describedby="${name}-error`);
      expect(ids(html)).toContain(`${name}-error`);
      expect(html).toContain('role="alert"');
    }
    expect(await readApplication(id)).toEqual(before);
  });
});

describe("the settings of an application", () => {
  it("are saved, and a page that is read again saves nothing again", async () => {
    const id = await createApplication();
    const changes = { name: "renamed", webhook_url: WEBHOOK_URL, image_retention_days: "7", require_timestamp: "on" };
    const fields = settings({ ...changes, uploads_per_minute: "12" }, ["updated"]);
    const response = await submit(console, path(id, "/settings"), fields);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(path(id, "?done=saved"));
    expect(await readApplication(id)).toMatchObject({
      name: "renamed",
      webhook_url: WEBHOOK_URL,
      webhook_events: ["updated"],
      image_retention_days: 7,
      require_timestamp: true,
      rate_limits: { uploads_per_minute: 12 },
    });
    const html = await page(path(id, "?done=saved"));
    expect(html).toContain("Saved.");
    expect(html).toMatch(/name="uploads_per_minute"[^>]*value="12"/);
  });

  it("are written into the audit log as far as they were changed, and not at all when nothing was", async () => {
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    const same = { webhook_url: WEBHOOK_URL };
    await submit(console, path(id, "/settings"), settings(same));
    await submit(console, path(id, "/settings"), settings({ ...same, name: "renamed" }));
    const log = await call(`/admin/audit?application_id=${id}`, { headers: ADMIN });
    expect(await log.json()).toMatchObject([
      { act: "application.change", detail: { name: "renamed" } },
      { act: "application.create" },
    ]);
  });

  it("do not enable a disabled endpoint again when it is only the name that changes", async () => {
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    await env.DB.prepare(
      "INSERT INTO endpoint_health VALUES (?, 1, 12, 1000, NULL, 2000, 'Every attempt has failed.', 0)",
    )
      .bind(id)
      .run();
    expect(await page(path(id))).toContain("Endpoint disabled");
    await submit(console, path(id, "/settings"), settings({ webhook_url: WEBHOOK_URL, name: "renamed" }));
    expect(await page(path(id))).toContain("Endpoint disabled");
    expect(await page(path(id))).toContain("Every attempt has failed.");
  });

  it("can shut the application out and let it in again", async () => {
    const id = await createApplication();
    for (const [active, text] of [
      ["false", "The application is inactive"],
      ["true", "The application is active"],
    ] as const) {
      const response = await submit(console, path(id, "/active"), { active });
      expect(await readApplication(id)).toMatchObject({ active: active === "true" });
      expect(await page(response.headers.get("location") ?? "")).toContain(text);
    }
  });
});

describe("a test event", () => {
  it("shows the endpoint's answer with its status, its time and its words", async () => {
    const received = listenForWebhooks(() => new Response("<i>thanks</i>", { status: 202 }));
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    const html = await (await submit(console, path(id, "/test"), {})).text();
    expect(html).toMatch(/Delivered\.<\/strong> The endpoint responded 202 after \d+ ms\./);
    expect(html).toContain("&lt;i&gt;thanks&lt;/i&gt;");
    expect(received.filter(({ url }) => url === WEBHOOK_URL)).toHaveLength(1);
  });

  it("says how it failed", async () => {
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    listenForWebhooks(() => new Response("down", { status: 503 }));
    expect(await (await submit(console, path(id, "/test"), {})).text()).toContain("responded 503");
    listenForWebhooks(() => Promise.reject(new Error("connection refused")));
    const html = await (await submit(console, path(id, "/test"), {})).text();
    expect(html).toContain("Not delivered.");
    expect(html).toContain("No response");
  });

  it("is refused while there is no webhook URL", async () => {
    const response = await submit(console, path(await createApplication(), "/test"), {});
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("There is no webhook URL.");
  });
});

describe("deleting an application", () => {
  it("needs its name typed in", async () => {
    const id = await createApplication({ name: "Lunchbox" });
    const response = await submit(console, path(id, "/delete"), { confirmation: "lunchbox" });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("Nothing was deleted: type “Lunchbox” exactly.");
    expect(await readApplication(id)).toMatchObject({ active: true });
  });

  it("shuts it out at once and leads to the receipt of its erasure", async () => {
    const id = await createApplication({ name: "Lunchbox" });
    const response = await submit(console, path(id, "/delete"), { confirmation: "Lunchbox" });
    expect(response.status).toBe(303);
    const html = await page(response.headers.get("location") ?? "");
    expect(html).toContain(`Application ${id} is deleted`);
    expect(html).toContain("Erasing");
    expect(await readApplication(id)).toMatchObject({ active: false });
    expect((await console.get(path(id + 1, "/erasures/unknown"))).status).toBe(404);
  });
});

describe("an application that is not there", () => {
  it.each(["", "/erasures/x"])("is a page that says so: %s", async (rest) => {
    expect((await console.get(path(999_999, rest))).status).toBe(404);
  });

  it.each(["/settings", "/active", "/test", "/delete", "/keys/hmac/rotate", "/keys/hmac/end"])(
    "is a 404 for the form %s",
    async (rest) => {
      const fields = [...settings(), ["overlap_hours", "1"], ["confirmation", "x"]] as [string, string][];
      expect((await submit(console, path(999_999, rest), fields)).status).toBe(404);
    },
  );
});

describe("every page of applications", () => {
  it("has each id once, a first heading, and stays small", async () => {
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    await submit(console, path(id, "/keys/hmac/rotate"), { overlap_hours: "24" });
    for (const place of ["/console", "/console/applications/new", path(id)]) {
      const html = await page(place);
      expect(new Set(ids(html)).size).toBe(ids(html).length);
      expect(html.match(/<h1/g)).toHaveLength(1);
      const parts = await Promise.all(
        ["/assets/morsel.css", "/assets/console.css", "/assets/console.js"].map((asset) => page(asset)),
      );
      expect([html, ...parts].join("").length).toBeLessThan(100_000);
    }
  });
});
