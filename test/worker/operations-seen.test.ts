import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { depsOf } from "../../src/wiring/deps.ts";
import type { Env } from "../../src/env.ts";
import { modelMisconfigured, recordsHealed } from "../../src/operations/events.ts";
import { OPERATIONS_URL } from "../support/operations-endpoint.ts";
import { openConsole, submit } from "../support/worker/console.ts";
import { forgetOperations, toldBy } from "../support/worker/operators.ts";
import { sweepNow } from "../support/worker/record-lives.ts";
import { ADMIN, BASE, call } from "../support/worker/tenant.ts";
import { listenForWebhooks, operators } from "../support/worker/webhook-endpoint.ts";

const { operations } = depsOf(env as unknown as Env);
/** The same installation, where nobody has asked to be told. */
const untold = { ...env, OPERATIONS_WEBHOOK_URL: "" } as unknown as Env;

beforeEach(async () => {
  listenForWebhooks();
  for (const level of ["info", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
  await forgetOperations();
});
afterEach(() => vi.restoreAllMocks());

interface Delivered {
  event: { id: string; type: string; data: Record<string, unknown> };
  status: string;
  attempts: number;
  next_attempt_at: string | null;
  last_attempt: { http_status: number | null } | null;
}

const list = async (query = ""): Promise<Delivered[]> =>
  (await call(`/admin/operations/events${query}`, { headers: ADMIN })).json();

async function report(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await operations.report(modelMisconfigured(`@m/${n}`, "Workers AI knows no such model", Date.now()));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe("what operators were told", () => {
  it("is listed newest first, as it was sent, with whether it has arrived", async () => {
    await report(1);
    await sweepNow();
    operators.answer = () => new Response("no", { status: 503 });
    await operations.report(recordsHealed({ stuck_processing: 2 }, Date.now()));
    await sweepNow();
    const [healed, misconfigured] = await list();
    expect(healed).toMatchObject({
      event: { type: "records.healed", data: { records: 2, kinds: { stuck_processing: 2 } } },
      status: "waiting",
      attempts: 1,
      next_attempt_at: expect.any(String),
      last_attempt: { http_status: 503 },
    });
    expect(misconfigured).toMatchObject({ status: "delivered", attempts: 1, next_attempt_at: null });
    expect(misconfigured?.event).toEqual(toldBy(operators.received[0]!));
    expect(await list("?status=delivered")).toEqual([misconfigured]);
    expect(await list("?type=records.healed")).toEqual([healed]);
  });

  it("comes in pages", async () => {
    await report(3);
    const first = await call("/admin/operations/events?limit=2", { headers: ADMIN });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await call(next.replace(BASE, ""), { headers: ADMIN });
    expect(second.headers.get("link")).toBeNull();
    const models = [...(await first.json<Delivered[]>()), ...(await second.json<Delivered[]>())];
    expect(models.map(({ event }) => event.data["model"])).toEqual(["@m/2", "@m/1", "@m/0"]);
  });

  it("is for administrators, who ask for what there is", async () => {
    expect((await call("/admin/operations/events")).status).toBe(401);
    for (const query of ["?type=nothing", "?status=lost", "?cursor=evt_1", "?limit=0"]) {
      expect((await call(`/admin/operations/events${query}`, { headers: ADMIN })).status).toBe(422);
    }
  });

  it("is on a page of the console, with its body and its last answer, but without the URL's path", async () => {
    await report(1);
    operators.answer = () => new Response("no", { status: 503 });
    await sweepNow();
    const browser = await openConsole();
    const html = await (await browser.get("/console/operations")).text();
    expect(html).toContain("Model misconfigured");
    expect(html).toContain("@m/0: Workers AI knows no such model");
    expect(html).toMatch(/>503 in \d/);
    expect(html).toContain(`<code>${new URL(OPERATIONS_URL).host}</code>`);
    expect(html).not.toContain(OPERATIONS_URL);
    expect(await (await browser.get("/console/operations?status=delivered")).text()).toContain("No matching events");
    expect((await browser.get("/console/operations?limit=none")).status).toBe(422);
  });

  it("is kept where nobody has asked to be told, and not sent later", async () => {
    await depsOf(untold).operations.report(modelMisconfigured("@m/untold", "gone", Date.now()));
    await sweepNow();
    expect(operators.received).toEqual([]);
    expect(await list()).toMatchObject([{ status: "unsent", attempts: 0, next_attempt_at: null, last_attempt: null }]);
  });
});

describe("a test event", () => {
  it("is signed and sent at once, and its answer shown; it is not stored", async () => {
    operators.answer = () => new Response("thank you", { status: 202 });
    const response = await call("/admin/operations/test", { method: "POST", headers: ADMIN });
    const body = await response.json<{ body: string; event_id: string }>();
    expect(body).toMatchObject({ delivered: true, trigger: "test", http_status: 202, response_excerpt: "thank you" });
    expect(operators.received.map(({ body: sent }) => sent)).toEqual([body.body]);
    expect(operators.received[0]?.headers.get("webhook-id")).toBe(body.event_id);
    expect(await list()).toEqual([]);
    const [act] = await (await call("/admin/audit?limit=1", { headers: ADMIN })).json<{ act: string }[]>();
    expect(act?.act).toBe("operations.test");
  });

  it("is sent from the console as well", async () => {
    operators.answer = () => new Response("", { status: 500 });
    const html = await (await submit(await openConsole(), "/console/operations/test", {})).text();
    expect(html).toContain("Not delivered.");
    expect(html).toContain("500");
  });

  it("is refused where there is nowhere to send it, and the console says what to set", async () => {
    const app = createApp();
    const ask = (path: string, init: RequestInit) => app.fetch(new Request(`${BASE}${path}`, init), untold);
    const refused = await ask("/admin/operations/test", { method: "POST", headers: ADMIN });
    expect(await refused.json()).toMatchObject({ status: 409, code: "no_operations_url" });
    const { cookie } = await openConsole();
    const html = await (await ask("/console/operations", { headers: { cookie } })).text();
    expect(html).toContain("OPERATIONS_WEBHOOK_URL");
    expect(html).not.toContain("Send a test event");
  });
});
