import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seeded } from "../support/seeded.ts";
import { completedRecord, deliveriesOf, objectOf, ring, sweepNow } from "../support/worker/record-lives.ts";
import { createApplication, WEBHOOK_KEY } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const RECORDS = 60;
const ROUNDS = 10;
const HALF_A_DAY_MS = 13 * 3_600_000;

describe("a sample of deliveries in real objects, with faults, lost answers and evictions at random moments", () => {
  const random = seeded(20_261_123);
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const answers: { webhook: ReceivedWebhook; at: number; taken: boolean }[] = [];
  let applicationId: number;
  let ids: string[];
  let evictions = 0;
  let now = Date.now();

  /** Takes two of three; the others are refused, or taken without the sender hearing of it. */
  async function receive(webhook: ReceivedWebhook): Promise<Response> {
    const draw = random();
    const entry = { webhook, at: now, taken: draw < 0.8 };
    answers.push(entry);
    await pause(draw * 30);
    if (draw < 0.65) return new Response("ok");
    if (draw < 0.8) throw new TypeError("the answer got lost");
    return new Response("no", { status: 500 });
  }

  /** Throws an object out of memory at some moment of the next few milliseconds, whatever it is doing. */
  async function evictSometimes(id: string): Promise<void> {
    if (random() > 0.4) return;
    await pause(random() * 40);
    evictions += 1;
    await evictDurableObject(objectOf(id)).catch(() => undefined);
  }

  beforeAll(async () => {
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    listenForWebhooks(receive);
    applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const start = now;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    ids = await Promise.all(Array.from({ length: RECORDS }, () => completedRecord(applicationId)));
    for (let round = 0; round < ROUNDS; round++) {
      const rings = ids.map((id) => ring(id).catch(() => false));
      await Promise.all([...rings, ...ids.map(evictSometimes)]);
      now += HALF_A_DAY_MS;
      await sweepNow();
    }
    // The endpoint is well from here on, and nobody is evicted.
    vi.restoreAllMocks();
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    listenForWebhooks(async (webhook) => {
      answers.push({ webhook, at: now, taken: true });
      return new Response("ok");
    });
    vi.spyOn(Date, "now").mockImplementation(() => now);
    for (let round = 0; round < 3; round++) {
      await Promise.all(ids.map((id) => ring(id)));
      now += HALF_A_DAY_MS;
      await sweepNow();
    }
    await Promise.all(ids.map((id) => ring(id)));
    expect(now).toBeGreaterThan(start);
  });
  afterAll(() => vi.restoreAllMocks());

  it("ends every one of them, and leaves the objects empty and the sweep without work", async () => {
    const deliveries = await deliveriesOf(applicationId, "?limit=200");
    expect(deliveries).toHaveLength(RECORDS);
    expect(deliveries.filter(({ status }) => status !== "delivered" && status !== "exhausted")).toEqual([]);
    const standing = await env.DB.prepare("SELECT count(*) AS n FROM records WHERE sweep_at IS NOT NULL").first();
    expect(standing).toEqual({ n: 0 });
    expect(evictions).toBeGreaterThan(RECORDS);
  });

  it("calls delivered what was taken", async () => {
    const delivered = await deliveriesOf(applicationId, "?limit=200&status=delivered");
    const taken = new Set(
      answers.filter((response) => response.taken).map(({ webhook }) => webhook.headers.get("webhook-id")),
    );
    expect(delivered.filter(({ delivery_id: id }) => !taken.has(id))).toEqual([]);
  });

  it("sends one body for each id, and numbers the attempts upwards", () => {
    for (const id of ids) {
      const ofRecord = answers.filter(({ webhook }) => webhook.body.includes(id)).map(({ webhook }) => webhook);
      expect(new Set(ofRecord.map(({ body }) => body)).size).toBe(1);
      expect(new Set(ofRecord.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
      const numbers = ofRecord.map(({ headers }) => Number(headers.get("x-webhook-attempt")));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });

  it("signs every one so that the standardwebhooks package verifies it", () => {
    const verifier = new Webhook(`whsec_${btoa(WEBHOOK_KEY)}`);
    const clock = vi.spyOn(Date, "now");
    for (const { webhook, at } of answers) {
      clock.mockReturnValue(at);
      verifier.verify(webhook.body, Object.fromEntries(webhook.headers));
    }
    clock.mockRestore();
    expect(answers.length).toBeGreaterThan(RECORDS);
  });
});
