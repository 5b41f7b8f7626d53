import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  admin,
  completedRecord,
  deliveriesOf,
  deliveryOf,
  newRecord,
  objectOf,
  ring,
  sequencer,
  skip,
  sweepNow,
  type DeliveryBody,
} from "../support/worker/record-lives.ts";
import { createApplication, hmac, WEBHOOK_KEY } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const ALL = ["processing", "completed", "failed", "updated", "canceled"];
let applicationId: number;
let answer: () => Response;
let webhooks: ReceivedWebhook[];
const webhooksOf = (id: string) => webhooks.filter(({ body }) => body.includes(id));

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
});
beforeEach(() => {
  answer = () => new Response("ok");
  webhooks = listenForWebhooks(() => answer());
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe("an application that asks for every event", () => {
  it("gets processing, completed and updated, each once and in their order", async () => {
    const curious = await createApplication({ webhook_url: WEBHOOK_URL, webhook_events: ALL });
    const id = await newRecord(curious);
    const begun = await sequencer.begin(id);
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    if (begun?.outcome !== "leased") throw new Error("expected a lease");
    await sequencer.finish(id, begun.lease.id, { status: "failed", failure: { code: "timed_out", reason: "x" } });
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(2));
    const canceled = await newRecord(curious);
    await sequencer.cancel(canceled);
    await vi.waitFor(() => expect(webhooksOf(canceled)).toHaveLength(1));
    const statuses = webhooksOf(id).map(({ body }) => (JSON.parse(body) as { status: string }).status);
    expect(statuses).toEqual(["processing", "failed"]);
    const completed = await completedRecord(curious);
    await deliveryOf(curious, completed, "delivered");
    await sequencer.update(completed, { kind: "portion", servingSize: 10 }, null);
    await vi.waitFor(() => expect(webhooksOf(completed)).toHaveLength(3));
    expect(webhooksOf(completed).map(({ body }) => (JSON.parse(body) as { status: string }).status)).toEqual([
      "processing",
      "completed",
      "updated",
    ]);
  });

  it("keeps the sweep's eye on a record whose processing was announced", async () => {
    const curious = await createApplication({ webhook_url: WEBHOOK_URL, webhook_events: ALL });
    const id = await newRecord(curious);
    await sequencer.begin(id);
    await deliveryOf(curious, id, "delivered");
    const row = await env.DB.prepare("SELECT sweep_at FROM records WHERE id = ?")
      .bind(id)
      .first<{ sweep_at: number }>();
    expect(row?.sweep_at).toBeGreaterThan(Date.now() + 60_000);
  });
});

describe("the list of deliveries", () => {
  let tenant: number;
  let ids: string[];

  beforeAll(async () => {
    listenForWebhooks();
    tenant = await createApplication({ webhook_url: WEBHOOK_URL });
    ids = [];
    for (let n = 0; n < 5; n++) ids.push(await completedRecord(tenant));
    for (const id of ids) await deliveryOf(tenant, id, "delivered");
    vi.restoreAllMocks();
  });

  it("shows the newest first, in pages that name the next one", async () => {
    const seen: string[] = [];
    let path: string | null = "/deliveries?limit=2";
    while (path !== null) {
      const response: Response = await admin(tenant, path);
      seen.push(...(await response.json<DeliveryBody[]>()).map(({ record_id }) => record_id));
      const next: string | undefined = /^<https:\/\/morsel\.test(.*)>; rel="next"$/.exec(
        response.headers.get("link") ?? "",
      )?.[1];
      path = next?.replace(`/admin/applications/${tenant}`, "") ?? null;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it("filters by status, event, record and time", async () => {
    expect(await deliveriesOf(tenant, "?status=delivered&event=completed")).toHaveLength(5);
    expect(await deliveriesOf(tenant, "?status=exhausted")).toEqual([]);
    expect(await deliveriesOf(tenant, "?event=failed")).toEqual([]);
    expect(await deliveriesOf(tenant, `?record_id=${ids[2]}`)).toMatchObject([{ record_id: ids[2] }]);
    expect(await deliveriesOf(tenant, "?since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z")).toEqual([]);
    expect(await deliveriesOf(tenant, "?since=2020-01-01T00:00:00Z")).toHaveLength(5);
  });

  it.each(["status=lost", "event=eaten", "limit=0", "limit=201", "cursor=x", "since=yesterday", "record_id=1"])(
    "refuses %s",
    async (query) => {
      expect((await admin(tenant, `/deliveries?${query}`)).status).toBe(422);
    },
  );

  it("reads no more rows than the page has, whatever the filter that an index serves", async () => {
    const plan = async (where: string): Promise<string> => {
      const { results } = await env.DB.prepare(
        `EXPLAIN QUERY PLAN SELECT event_id FROM deliveries WHERE application_id = 1 ${where} ORDER BY created_at DESC, event_id DESC LIMIT 3`,
      ).all<{ detail: string }>();
      return results.map(({ detail }) => detail).join("; ");
    };
    expect(await plan("")).toMatch(/^SEARCH deliveries USING (COVERING )?INDEX deliveries_by_application/);
    expect(await plan("AND status = 'exhausted' AND status <> 'delivered'")).toMatch(
      /USING INDEX deliveries_undelivered/,
    );
  });

  it("shows a delivery with what was sent and answered", async () => {
    const [delivery] = await deliveriesOf(tenant, `?record_id=${ids[0]}`);
    const detail = await (await admin(tenant, `/deliveries/${delivery?.delivery_id}`)).json<DeliveryBody>();
    expect(JSON.parse(detail.body ?? "")).toMatchObject({ record_id: ids[0], status: "completed" });
    const [attempt] = detail.attempts;
    expect(attempt).toMatchObject({ attempt: 1, trigger: "schedule", http_status: 200, response_excerpt: "ok" });
    expect(attempt?.request).toMatchObject({
      url: WEBHOOK_URL,
      headers: { "x-body-signature": await hmac(WEBHOOK_KEY, detail.body ?? ""), "webhook-id": detail.delivery_id },
    });
  });

  it("shows nobody else's delivery", async () => {
    const [delivery] = await deliveriesOf(tenant);
    const path = `/deliveries/${delivery?.delivery_id}`;
    expect((await admin(applicationId, path)).status).toBe(404);
    expect((await admin(applicationId, `${path}/resend`, "POST")).status).toBe(404);
    expect((await admin(tenant, "/deliveries/evt_unknown_1")).status).toBe(404);
  });
});

describe("a resend", () => {
  const resend = async (delivery: DeliveryBody) =>
    admin(applicationId, `/deliveries/${delivery.delivery_id}/resend`, "POST");

  it("sends a delivered event again, with the same id and the same bytes, and leaves the object empty", async () => {
    const id = await completedRecord(applicationId);
    const response = await resend(await deliveryOf(applicationId, id, "delivered"));
    expect(response.status).toBe(202);
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(2));
    const [first, again] = webhooksOf(id);
    expect(again?.body).toBe(first?.body);
    expect(again?.headers.get("webhook-id")).toBe(first?.headers.get("webhook-id"));
    expect(again?.headers.get("x-webhook-attempt")).toBe("2");
    await vi.waitFor(async () => {
      const { attempts, status } = await deliveryOf(applicationId, id);
      expect({ status, triggers: attempts.map(({ trigger }) => trigger) }).toEqual({
        status: "delivered",
        triggers: ["schedule", "resend"],
      });
    });
    expect((await sequencer.wake(id)).outcome).toBe("settled");
  });

  it("that fails does not disturb the planned retry; one that succeeds cancels it", async () => {
    answer = () => new Response("down", { status: 500 });
    const id = await completedRecord(applicationId);
    const planned = await deliveryOf(applicationId, id, "waiting");
    await resend(planned);
    await vi.waitFor(async () => expect((await deliveryOf(applicationId, id)).attempts).toHaveLength(2));
    expect(await deliveryOf(applicationId, id)).toMatchObject({
      status: "waiting",
      next_attempt_at: planned.next_attempt_at,
    });
    answer = () => new Response("up");
    await resend(planned);
    expect(await deliveryOf(applicationId, id, "delivered")).toMatchObject({ next_attempt_at: null });
    expect(webhooksOf(id)).toHaveLength(3);
    skip(60_000);
    await ring(id);
    expect(webhooksOf(id)).toHaveLength(3);
  });

  it("is made by the sweep when its alarm gets lost", async () => {
    const id = await completedRecord(applicationId);
    const delivery = await deliveryOf(applicationId, id, "delivered");
    // The clock runs ahead, so that the alarm does not fire before it is lost.
    const clock = skip(3_600_000);
    await resend(delivery);
    await runInDurableObject(objectOf(id), async (_, state) => state.storage.deleteAlarm());
    clock.mockReturnValue(Date.now() + 61_000);
    await sweepNow();
    await ring(id);
    expect(webhooksOf(id)).toHaveLength(2);
  });

  it("of an application without a webhook URL is refused", async () => {
    const id = await completedRecord(applicationId);
    const delivery = await deliveryOf(applicationId, id, "delivered");
    await admin(applicationId, "", "PATCH", { webhook_url: null });
    const response = await resend(delivery);
    expect(await response.json()).toMatchObject({ code: "no_webhook_url", status: 409 });
    await admin(applicationId, "", "PATCH", { webhook_url: WEBHOOK_URL });
  });
});

describe("a test event", () => {
  it("is signed, and the answer shows what the endpoint said", async () => {
    answer = () => new Response("hello", { status: 201 });
    const response = await admin(applicationId, "/test", "POST");
    const result = await response.json<Record<string, unknown>>();
    expect(result).toMatchObject({ delivered: true, http_status: 201, response_excerpt: "hello", trigger: "test" });
    const [sample] = webhooks;
    expect(JSON.parse(sample?.body ?? "")).toMatchObject({ test: true, status: "completed" });
    expect(sample?.headers.get("x-body-signature")).toBe(await hmac(WEBHOOK_KEY, sample?.body ?? ""));
    expect(await deliveriesOf(applicationId, "?record_id=00000000-0000-7000-8000-000000000000")).toEqual([]);
  });

  it("that fails says so, and does not count against the endpoint", async () => {
    answer = () => new Response(null, { status: 500 });
    expect(await (await admin(applicationId, "/test", "POST")).json()).toMatchObject({
      delivered: false,
      http_status: 500,
    });
    expect(await (await admin(applicationId, "")).json()).toMatchObject({ webhook_health: { state: "healthy" } });
  });

  it("needs an application with a webhook URL", async () => {
    expect((await admin(99_999, "/test", "POST")).status).toBe(404);
    expect((await admin(await createApplication(), "/test", "POST")).status).toBe(409);
  });
});

describe("the clean-up", () => {
  it("deletes deliveries after thirty days, in the hour that is set for it, and not before", async () => {
    const tenant = await createApplication({ webhook_url: WEBHOOK_URL });
    const id = await completedRecord(tenant);
    await deliveryOf(tenant, id, "delivered");
    const atHour = (days: number, hour: number): void => {
      const day = new Date(Date.now() + days * 86_400_000);
      day.setUTCHours(hour, 30);
      vi.spyOn(Date, "now").mockReturnValue(day.getTime());
    };
    const real = Date.now();
    atHour(29, 3);
    await sweepNow();
    vi.spyOn(Date, "now").mockReturnValue(real);
    atHour(32, 4);
    await sweepNow();
    expect(await deliveriesOf(tenant)).toHaveLength(1);
    vi.spyOn(Date, "now").mockReturnValue(real);
    atHour(32, 3);
    await sweepNow();
    expect(await deliveriesOf(tenant)).toHaveLength(0);
  });
});
