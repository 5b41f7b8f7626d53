import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { jpeg } from "../support/images.ts";
import { failRecord, OUTAGE, ring, sequencer, sweepNow } from "../support/worker/record-lives.ts";
import { models } from "../support/worker/scripted-models.ts";
import {
  ADMIN,
  call,
  createApplication,
  finalRecord,
  logIn,
  readRecord,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

vi.setConfig({ testTimeout: 60_000 });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const photo = jpeg({ width: 1024, height: 768 });
let ada: { authorization: string };
let webhooks: ReceivedWebhook[];
/** The wake-up calls that were sent and not yet delivered. */
let sent: { id: string; delaySeconds: number }[];

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => {
  webhooks = listenForWebhooks();
  for (const level of ["info", "warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** From here on the queue delivers nothing by itself. */
function holdMessages(): void {
  sent = [];
  const accepted = { metadata: { metrics: {} } } as never;
  vi.spyOn(env.ANALYSIS_QUEUE, "send").mockImplementation(async (body, options) => {
    sent.push({ id: (body as { record_id: string }).record_id, delaySeconds: options?.delaySeconds ?? 0 });
    return accepted;
  });
  vi.spyOn(env.ANALYSIS_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    for (const { body, delaySeconds } of messages) {
      sent.push({ id: (body as { record_id: string }).record_id, delaySeconds: delaySeconds ?? 0 });
    }
    return accepted;
  });
}

let clock: { at: number };
/** A clock that only the test moves. */
function holdClock(): void {
  clock = { at: Date.now() };
  vi.spyOn(Date, "now").mockImplementation(() => clock.at);
}

async function deliver(id: string): Promise<"acked" | "retried"> {
  const message = { id: "message", timestamp: new Date(clock.at), attempts: 1, body: { record_id: id } };
  const batch = createMessageBatch("morsel-analysis", [message]);
  await worker.queue(batch, env as unknown as Env);
  const { explicitAcks } = await getQueueResult(batch, createExecutionContext());
  return explicitAcks.length === 1 ? "acked" : "retried";
}

/** Lets time pass until `until`, sweeping every `step`; delivers what was sent. Returns how often it was delivered. */
async function live(id: string, until: number, step: number): Promise<number> {
  let deliveries = 0;
  while (clock.at < until) {
    clock.at += step;
    await sweepNow();
    for (const { id: called } of sent.splice(0)) {
      if (called !== id) continue;
      deliveries += 1;
      await deliver(id);
    }
  }
  return deliveries;
}

const down = () => {
  throw new Error("3040: Capacity temporarily exceeded, please try again.");
};
const apple = { choices: [{ message: { content: '{"food_present":false,"foods":[]}' } }] };

describe("an outage of the models", () => {
  it("of three hours fails nobody's record: it is tried every ten minutes, and ends when they are back", async () => {
    const id = await uploadUnheard(ada, photo);
    holdMessages();
    holdClock();
    const started = clock.at;
    models.answer = down;
    await deliver(id);
    const tries = await live(id, started + 3 * HOUR_MS, 10 * MINUTE_MS);
    const waiting = await readRecord(ada, id);
    expect(waiting).toMatchObject({ status: "processing", retry_reason: "models_unavailable" });
    expect(Date.parse(String(waiting["retry_at"])) - clock.at).toBeLessThanOrEqual(12 * MINUTE_MS);
    expect(tries).toBeGreaterThan(8);
    models.answer = () => apple;
    await live(id, clock.at + 20 * MINUTE_MS, 10 * MINUTE_MS);
    await ring(id);
    expect(await readRecord(ada, id)).toMatchObject({ status: "failed", failure_code: "no_food_found" });
  });

  it("of more than 24 hours ends the record, and the client hears of it", async () => {
    const id = await uploadUnheard(ada, photo);
    holdMessages();
    holdClock();
    models.answer = down;
    await deliver(id);
    await live(id, clock.at + 23 * HOUR_MS, 23 * HOUR_MS);
    expect(await readRecord(ada, id)).toMatchObject({ status: "processing" });
    await live(id, clock.at + 2 * HOUR_MS, 2 * HOUR_MS);
    await ring(id);
    vi.spyOn(Date, "now").mockRestore();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "failed", failure_code: "analysis_unavailable" });
    expect(webhooks.filter(({ body }) => body.includes(id))).toHaveLength(1);
  });

  it("is told to pollers: why the record waits, and until when", async () => {
    const id = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(id);
    if (begun?.outcome !== "leased") throw new Error("expected a lease");
    await sequencer.postpone(id, begun.lease.id, OUTAGE);
    const status = await (await call(`/nutrition_records/${id}/status`, { headers: ada })).json();
    expect(status).toMatchObject({
      status: "processing",
      retry_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      retry_reason: "models_unavailable",
    });
    const listed = await call(`/admin/records?q=${id}`, { headers: ADMIN });
    expect(await listed.json()).toMatchObject([
      { record_id: id, retry_at: expect.any(String), retry_reason: "models_unavailable" },
    ]);
  });

  it("leaves a record alone until its time: a message that comes early is dropped", async () => {
    const id = await uploadUnheard(ada, photo);
    holdMessages();
    holdClock();
    models.answer = down;
    await deliver(id);
    // After a few tries the waits are minutes long.
    for (let round = 0; round < 6; round++) await live(id, clock.at + 12 * MINUTE_MS, 12 * MINUTE_MS);
    const calls = models.calls.length;
    expect(await deliver(id)).toBe("acked");
    await sweepNow();
    expect(models.calls).toHaveLength(calls);
    expect(sent).toEqual([]);
  });

  it("does not come back all at once: the sweep sends so many a minute, spread over it", async () => {
    const applicationId = await createApplication();
    const now = Date.now();
    const due = Array.from({ length: 500 }, (_, n) => `0193aaaa-0000-7000-8000-${String(n).padStart(12, "0")}`);
    const insert = env.DB.prepare(
      `INSERT INTO records (id, application_id, user_id, status, version, input_type, options, uploaded_at, modified_at,
        consumed_at, history, retry_at, retry_reason, sweep_at)
       VALUES (?, ?, 'ada', 'processing', 3, 'text', '{}', 1, 1, 1, '[]', ?, 'models_unavailable', ?)`,
    );
    await env.DB.batch(due.map((id) => insert.bind(id, applicationId, now - 1, now - 1)));
    const fresh = await uploadUnheard(ada, photo);
    holdMessages();
    holdClock();
    clock.at = now + 61_000;
    await sweepNow();
    const retries = sent.filter(({ id }) => id.startsWith("0193aaaa"));
    expect(retries).toHaveLength(360);
    expect(Math.max(...retries.map(({ delaySeconds }) => delaySeconds))).toBeGreaterThan(30);
    expect(sent.find(({ id }) => id === fresh)?.delaySeconds).toBe(0);
    await env.DB.prepare("DELETE FROM records WHERE application_id = ?").bind(applicationId).run();
  });
});

describe("a record that no sweep would look at", () => {
  it("is found by its status, is in the administrator's list, and ends", async () => {
    const id = await uploadUnheard(ada, photo);
    await env.DB.prepare("UPDATE records SET status = 'processing', version = 2, sweep_at = NULL WHERE id = ?")
      .bind(id)
      .run();
    const listed = await call("/admin/records?status=processing&limit=100", { headers: ADMIN });
    expect((await listed.json<{ record_id: string }[]>()).map(({ record_id }) => record_id)).toContain(id);
    await sweepNow();
    await sweepNow();
    expect((await finalRecord(ada, id)).status).not.toBe("processing");
  });

  it("is found when its sweep time is further ahead than anything sets it", async () => {
    const id = await uploadUnheard(ada, photo);
    const far = Date.now() + 400 * HOUR_MS;
    await env.DB.prepare("UPDATE records SET sweep_at = ? WHERE id = ?").bind(far, id).run();
    await sweepNow();
    await sweepNow();
    expect((await finalRecord(ada, id)).status).not.toBe("pending");
  });
});

describe("a record that failed because the models were down", () => {
  it("is analyzed again as it is, becomes completed, and is announced as that", async () => {
    const id = await uploadUnheard(ada, photo);
    await failRecord(id);
    expect(await finalRecord(ada, id)).toMatchObject({ status: "failed" });
    const again = await call(`/nutrition_records/${id}/reanalyze`, { method: "POST", headers: ada, body: "{}" });
    expect(again.status).toBe(202);
    await vi.waitFor(async () => expect(await readRecord(ada, id)).toMatchObject({ status: "completed" }));
    expect(await readRecord(ada, id)).toMatchObject({ failure_code: null, failure_reason: null });
    await vi.waitFor(() => {
      const told = webhooks.filter(({ body }) => body.includes(id)).map(({ body }) => JSON.parse(body).status);
      expect(told).toEqual(["failed", "completed"]);
    });
  });

  it("becomes updated when it is replaced by hand", async () => {
    const id = await uploadUnheard(ada, photo);
    await failRecord(id);
    await finalRecord(ada, id);
    const meal = { dish_name: "apple", serving_size: 182, unit: "g", nutritional_fields: { energy_kcal: 95 } };
    const put = await call(`/nutrition_records/${id}`, { method: "PUT", headers: ada, body: JSON.stringify(meal) });
    expect(put.status).toBe(200);
    expect(await put.json()).toMatchObject({ status: "updated", failure_code: null, dish_name: "apple" });
  });

  it("has nothing to correct until then", async () => {
    const id = await uploadUnheard(ada, photo);
    await failRecord(id);
    await finalRecord(ada, id);
    const body = JSON.stringify({ serving_size: 100 });
    expect((await call(`/nutrition_records/${id}`, { method: "PATCH", headers: ada, body })).status).toBe(409);
  });
});
