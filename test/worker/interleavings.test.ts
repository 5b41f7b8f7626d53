import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WEBHOOK_EVENTS } from "../../src/applications/application.ts";
import { completedOutcome } from "../support/records.ts";
import { admin, completedRecord, newRecord, objectOf, sequencer } from "../support/worker/record-lives.ts";
import { slowDown } from "../support/worker/slow-database.ts";
import { call, createApplication, finalRecord, logIn, readRecord } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

vi.setConfig({ testTimeout: 30_000 });
const PATIENCE = { timeout: 15_000, interval: 50 };
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The statement by which an object reads its own row, and the one by which it reads a delivery. */
const OWN_ROW = /from "records" where "records"."id" = \?$/;
const DELIVERY = /from "deliveries" where "deliveries"."event_id" = \?$/;

beforeEach(() => {
  for (const level of ["info", "warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** Begins the record as a consumer does, and returns the id of its lease. */
async function lease(id: string): Promise<string> {
  const result = await sequencer.begin(id);
  if (result?.outcome !== "leased") throw new Error(`expected a lease, got ${JSON.stringify(result)}`);
  return result.lease.id;
}
const isEmpty = (id: string): Promise<boolean> =>
  runInDurableObject(objectOf(id), (_, { storage }) => {
    const tables = [...storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'sequence'")];
    return tables.length === 0 || [...storage.sql.exec("SELECT * FROM sequence")].length === 0;
  });
const settled = (id: string) => vi.waitFor(async () => expect(await isEmpty(id)).toBe(true), PATIENCE);
const alarmOf = (id: string) => runInDurableObject(objectOf(id), (_, { storage }) => storage.getAlarm());
const eventsOf = (received: readonly { headers: Headers }[], id: string): string[] =>
  received.map(({ headers }) => headers.get("webhook-id") ?? "").filter((event) => event.includes(id));

describe("an analysis that ends while an earlier webhook of its record is under way", () => {
  it("is in D1 before its own webhook goes out, and stays there", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL, webhook_events: [...WEBHOOK_EVENTS] });
    const ada = await logIn(applicationId);
    const told: [string, string][] = [];
    listenForWebhooks(async ({ body }) => {
      const { record_id: id, status } = JSON.parse(body) as { record_id: string; status: string };
      told.push([status, (await readRecord(ada, id)).status]);
      await wait(status === "processing" ? 600 : 0);
      return new Response("ok");
    });
    const id = await newRecord(applicationId);
    const leaseId = await lease(id);
    await vi.waitFor(() => expect(told).toHaveLength(1), PATIENCE);
    await sequencer.finish(id, leaseId, completedOutcome());
    await settled(id);
    expect(told).toEqual([
      ["processing", "processing"],
      ["completed", "completed"],
    ]);
    expect(await readRecord(ada, id)).toMatchObject({ status: "completed", dish_name: "apple" });
  });

  it("is seen by readers at once, and so is a cancellation, however long the endpoint takes", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL, webhook_events: [...WEBHOOK_EVENTS] });
    const ada = await logIn(applicationId);
    const received = listenForWebhooks(() => wait(4_000).then(() => new Response("ok")));
    const [finished, canceled] = [await newRecord(applicationId), await newRecord(applicationId)];
    const leaseId = await lease(finished);
    await lease(canceled);
    await vi.waitFor(() => expect(received).toHaveLength(2), PATIENCE);
    await sequencer.finish(finished, leaseId, completedOutcome());
    await vi.waitFor(async () => expect((await readRecord(ada, finished)).status).toBe("completed"), PATIENCE);
    const response = await call(`/nutrition_records/${canceled}/cancel`, { method: "POST", headers: ada });
    expect(response.status).toBe(200);
    expect((await readRecord(ada, canceled)).status).toBe("canceled");
    expect(received).toHaveLength(2);
    await Promise.all([settled(finished), settled(canceled)]);
  });

  it("becomes `updated` when it was asked for while the first webhook still waited for a slow endpoint", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const ada = await logIn(applicationId);
    const received = listenForWebhooks(() => wait(800).then(() => new Response("ok")));
    const id = await completedRecord(applicationId);
    await vi.waitFor(() => expect(eventsOf(received, id)).toHaveLength(1), PATIENCE);
    await sequencer.reanalyze(id, null, null);
    const leaseId = await lease(id);
    await sequencer.finish(id, leaseId, completedOutcome());
    await settled(id);
    expect((await readRecord(ada, id)).status).toBe("updated");
  });
});

describe("a call that read its record before another one changed it", () => {
  it("changes only the version that If-Match names, even when its own reading took longer", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    listenForWebhooks();
    const ada = await logIn(applicationId);
    const id = await completedRecord(applicationId);
    await settled(id);
    await finalRecord(ada, id);
    const etag = (await call(`/nutrition_records/${id}`, { headers: ada })).headers.get("etag") ?? "";
    const patch = (servingSize: number) =>
      call(`/nutrition_records/${id}`, {
        method: "PATCH",
        headers: { ...ada, "if-match": etag },
        body: JSON.stringify({ serving_size: servingSize }),
      });
    slowDown({ sql: OWN_ROW, value: id, delays: [400], late: "answer" });
    const slow = patch(111);
    await wait(30);
    const answers = await Promise.all([slow, patch(222)]);
    expect(answers.map(({ status }) => status)).toEqual([412, 200]);
    expect((await readRecord(ada, id)).serving_size).toBe(222);
  });

  it("does not analyze a record that was analyzed and forgotten meanwhile", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const received = listenForWebhooks();
    const id = await newRecord(applicationId);
    slowDown({ sql: OWN_ROW, value: id, delays: [600], late: "answer" });
    const late = sequencer.begin(id);
    await wait(30);
    const quick = await lease(id);
    await sequencer.finish(id, quick, completedOutcome());
    await settled(id);
    expect(await late).toEqual({ outcome: "stale", status: "completed" });
    expect(eventsOf(received, id)).toHaveLength(1);
  });
});

describe("a record that is deleted", () => {
  it("gets no webhook any more whose endpoint's name was still being resolved", async () => {
    let deletedAt = Number.POSITIVE_INFINITY;
    const sentAt: number[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const { url } = new Request(input, init);
      if (url.includes("dns-query")) {
        await wait(1_500);
        const result = url.includes("type=AAAA") ? [] : [{ type: 1, TTL: 1, data: "93.184.216.34" }];
        return Response.json({ Status: 0, Answer: result });
      }
      sentAt.push(Date.now());
      return new Response("ok");
    });
    const applicationId = await createApplication({ webhook_url: "https://slow-name.tenant.test.example.com/x" });
    const ada = await logIn(applicationId);
    // The resolver remembers a name for some seconds.
    await wait(6_000);
    const id = await completedRecord(applicationId);
    await wait(250);
    const response = await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    deletedAt = Date.now();
    expect(response.status).toBe(204);
    await wait(2_500);
    expect(sentAt.filter((at) => at >= deletedAt)).toEqual([]);
  });

  it("has the webhook broken off that is under way, before its deletion is answered", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const ada = await logIn(applicationId);
    let brokenOffAt = Number.POSITIVE_INFINITY;
    const received = listenForWebhooks(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => {
            brokenOffAt = Date.now();
            reject(new DOMException("The operation was aborted.", "AbortError"));
          });
        }),
    );
    const id = await completedRecord(applicationId);
    await vi.waitFor(() => expect(eventsOf(received, id)).toHaveLength(1), PATIENCE);
    const response = await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    expect(response.status).toBe(204);
    expect(brokenOffAt).toBeLessThanOrEqual(Date.now());
    await settled(id);
    const { webhook_health: health } = await (await admin(applicationId, "")).json<{ webhook_health: unknown }>();
    expect(health).toMatchObject({ failures: 0 });
  });

  it("is not forgotten by its object when D1 fails halfway, even while an alarm is at work", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const ada = await logIn(applicationId);
    const received = listenForWebhooks(() => wait(600).then(() => new Response("ok")));
    const id = await completedRecord(applicationId);
    await vi.waitFor(() => expect(eventsOf(received, id)).toHaveLength(1), PATIENCE);
    const batch = env.DB.batch.bind(env.DB);
    vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
      if (statements.length !== 3) return batch(statements);
      await wait(900);
      throw new Error("D1_ERROR: the disk is on fire");
    });
    const response = await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    expect(response.status).toBeGreaterThanOrEqual(500);
    await wait(800);
    expect(await isEmpty(id)).toBe(false);
    expect(await alarmOf(id)).not.toBeNull();
  });

  it("leaves no delivery behind whose write reaches D1 after the deletion", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const ada = await logIn(applicationId);
    const received = listenForWebhooks();
    const id = await newRecord(applicationId);
    slowDown({ sql: /^insert into "deliveries"/, value: id, delays: [1_200], late: "run" });
    const leaseId = await lease(id);
    await sequencer.finish(id, leaseId, completedOutcome());
    await vi.waitFor(() => expect(eventsOf(received, id)).toHaveLength(1), PATIENCE);
    await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    await wait(2_000);
    const rows = await env.DB.prepare("SELECT event_id FROM deliveries WHERE record_id = ?").bind(id).all();
    expect(rows.results).toEqual([]);
  });
});

describe("a resend that is asked for while the retry succeeds", () => {
  it("keeps no later event of the record waiting", async () => {
    const events = ["completed", "failed", "updated"];
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL, webhook_events: events });
    const ada = await logIn(applicationId);
    const statuses = [503, 200, 503];
    const received = listenForWebhooks(() => new Response("", { status: statuses.shift() ?? 200 }));
    const id = await completedRecord(applicationId);
    // The first attempt has failed, and the second follows after about five seconds.
    await wait(4_000);
    slowDown({ sql: DELIVERY, value: `evt_${id}_3`, delays: [2_500], late: "answer" });
    await sequencer.resend(id, `evt_${id}_3`);
    await call(`/nutrition_records/${id}`, {
      method: "PATCH",
      headers: ada,
      body: JSON.stringify({ serving_size: 77 }),
    });
    await vi.waitFor(() => expect(eventsOf(received, id)).toContain(`evt_${id}_4`), PATIENCE);
    await settled(id);
  });
});
