import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countOperations } from "../support/worker/counted-bindings.ts";
import {
  admin,
  completedRecord,
  deliveriesOf,
  deliveryOf,
  ring,
  skip,
  sweepNow,
} from "../support/worker/record-lives.ts";
import { createApplication } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

// Each test leads thirteen records through their lives.
vi.setConfig({ testTimeout: 30_000 });

const PATIENCE = { timeout: 10_000, interval: 50 };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const isDown = () => new Response("down", { status: 503 });
const isUp = () => new Response("ok");
let answer: () => Response;
let webhooks: ReceivedWebhook[];

beforeEach(() => {
  answer = isDown;
  webhooks = listenForWebhooks(() => answer());
  for (const level of ["info", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const healthOf = async (applicationId: number) =>
  (await (await admin(applicationId, "")).json<{ webhook_health: Record<string, unknown> }>()).webhook_health;

/** An application whose endpoint has failed ten records, nine of them at the same time, and three more that came later. */
async function openCircuit(): Promise<{ applicationId: number; failed: string[]; held: string[] }> {
  const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  const several = async (count: number, status: string): Promise<string[]> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const id = await completedRecord(applicationId);
        await deliveryOf(applicationId, id, status);
        return id;
      }),
    );
  const early = await several(9, "waiting");
  // The tenth failure opens the circuit, and its own next attempt is held at once.
  const failed = [...early, ...(await several(1, "held"))];
  const held = await several(3, "held");
  return { applicationId, failed, held };
}

/** Rings every alarm of these records; those that were not set do nothing. */
const ringAll = async (ids: readonly string[]): Promise<void> => void (await Promise.all(ids.map(ring)));

describe("an endpoint that fails again and again", () => {
  it("has its circuit opened: events are held without a request, and one at a time is the probe", async () => {
    const { applicationId, held } = await openCircuit();
    expect(webhooks).toHaveLength(10);
    expect(await healthOf(applicationId)).toMatchObject({
      state: "open",
      failures: 10,
      reason: "it responded with 503",
    });
    await sweepNow();
    await ringAll(held);
    expect(webhooks).toHaveLength(10);
    skip(2 * MINUTE_MS);
    await sweepNow();
    await ringAll(held);
    expect(webhooks).toHaveLength(11);
    expect((await deliveriesOf(applicationId, "?status=held")).length).toBeGreaterThanOrEqual(3);
    expect(await healthOf(applicationId)).toMatchObject({ state: "open", failures: 11 });
  });

  it("costs D1 for a held record what it costs for a delivered one", async () => {
    const { applicationId } = await openCircuit();
    const operations = countOperations();
    await deliveryOf(applicationId, await completedRecord(applicationId), "held");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(operations).toMatchObject({ d1WriteStatements: 5 });
    // The two more are those of the partial indexes that a delivered event is in neither of.
    expect(operations.d1RowsWritten).toBeLessThanOrEqual(14);
  });

  it("has everything woken that was held once one attempt succeeds", async () => {
    const { applicationId, failed, held } = await openCircuit();
    answer = isUp;
    skip(2 * MINUTE_MS);
    await sweepNow();
    await ringAll(held);
    expect(await healthOf(applicationId)).toMatchObject({ state: "healthy", failing_since: null });
    await sweepNow();
    await ringAll([...failed, ...held]);
    expect(await deliveriesOf(applicationId, "?status=delivered")).toHaveLength(13);
    expect(await deliveriesOf(applicationId, "?status=held")).toEqual([]);
    await sweepNow();
    const row = await env.DB.prepare("SELECT releasing FROM endpoint_health WHERE application_id = ?")
      .bind(applicationId)
      .first();
    expect(row).toEqual({ releasing: 0 });
  });

  it("costs another application nothing", async () => {
    await openCircuit();
    answer = isUp;
    const neighbor = await createApplication({ webhook_url: WEBHOOK_URL });
    expect(await deliveryOf(neighbor, await completedRecord(neighbor), "delivered")).toMatchObject({
      attempts: [{ attempt: 1 }],
    });
    expect(await healthOf(neighbor)).toMatchObject({ state: "healthy", last_success_at: expect.any(String) });
  });
});

describe("an endpoint of which every attempt has failed for five days", () => {
  /** Five days on, one more probe fails. */
  async function disable() {
    const circuit = await openCircuit();
    const clock = skip(5 * DAY_MS + MINUTE_MS);
    await sweepNow();
    await ringAll(circuit.held);
    await sweepNow();
    await ringAll([...circuit.held, ...circuit.failed]);
    return { ...circuit, clock };
  }

  it("is disabled, and says since when and why; its events are kept as undelivered", async () => {
    const { applicationId } = await disable();
    expect(await healthOf(applicationId)).toMatchObject({
      state: "disabled",
      disabled_at: expect.any(String),
      reason: expect.stringMatching(/^Every attempt since .* has failed; the last time it responded with 503\.$/),
    });
    expect(await deliveriesOf(applicationId, "?status=undelivered")).toHaveLength(13);
    const before = webhooks.length;
    const later = await completedRecord(applicationId);
    await ring(later);
    expect(await deliveryOf(applicationId, later, "undelivered")).toMatchObject({ attempts: [] });
    expect(webhooks).toHaveLength(before);
  });

  it("takes no resend and no recovery until a test event succeeds", async () => {
    const { applicationId, held } = await disable();
    const { delivery_id: delivery } = await deliveryOf(applicationId, held[0] ?? "");
    const resend = await admin(applicationId, `/deliveries/${delivery}/resend`, "POST");
    expect(await resend.json()).toMatchObject({ status: 409, code: "endpoint_disabled" });
    const recover = await admin(applicationId, "/recover", "POST", { since: "2020-01-01T00:00:00Z" });
    expect(await recover.json()).toMatchObject({ status: 409, code: "endpoint_disabled" });
    await admin(applicationId, "/test", "POST");
    expect(await healthOf(applicationId)).toMatchObject({ state: "disabled" });
    answer = isUp;
    await admin(applicationId, "/test", "POST");
    expect(await healthOf(applicationId)).toMatchObject({ state: "healthy", reason: null });
  });

  it("is enabled by hand, and a recovery then delivers what it missed, once", async () => {
    const { applicationId, failed, held } = await disable();
    const enabled = await admin(applicationId, "", "PATCH", { webhook_url: WEBHOOK_URL });
    expect(await enabled.json()).toMatchObject({ webhook_health: { state: "healthy" } });
    answer = isUp;
    const recover = () => admin(applicationId, "/recover", "POST", { since: "2020-01-01T00:00:00Z" });
    const response = await recover();
    expect(response.status).toBe(202);
    const job = await response.json<{ recovery_id: string; total: number }>();
    expect(job.total).toBe(13);
    const location = response.headers.get("location")?.replace(/^.*\/applications\/\d+/, "") ?? "";
    await vi.waitFor(async () => {
      const progress = await (await admin(applicationId, location)).json();
      expect(progress).toMatchObject({ status: "finished", requeued: 13, remaining: 0 });
    }, PATIENCE);
    const before = webhooks.length;
    await ringAll([...failed, ...held]);
    expect(await deliveriesOf(applicationId, "?status=delivered")).toHaveLength(13);
    expect(webhooks.length - before).toBe(13);
    expect((await (await recover()).json<{ total: number }>()).total).toBe(0);
  });

  it("has its recovery gone on with by the sweep when that stops right after it was stored", async () => {
    const { applicationId, failed, held } = await disable();
    await admin(applicationId, "", "PATCH", { webhook_url: WEBHOOK_URL });
    answer = isUp;
    const silenced = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const prepare = env.DB.prepare.bind(env.DB);
    const broken = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/^update "recoveries"/i.test(sql)) throw new Error("D1 is down");
      return prepare(sql);
    });
    const job = await (
      await admin(applicationId, "/recover", "POST", { since: "2020-01-01T00:00:00Z" })
    ).json<{ recovery_id: string }>();
    await vi.waitFor(() => expect(silenced).toHaveBeenCalled(), PATIENCE);
    broken.mockRestore();
    const progress = async () => (await admin(applicationId, `/recoveries/${job.recovery_id}`)).json();
    expect(await progress()).toMatchObject({ status: "running" });
    await sweepNow();
    expect(await progress()).toMatchObject({ status: "finished" });
    await ringAll([...failed, ...held]);
    expect(await deliveriesOf(applicationId, "?status=delivered")).toHaveLength(13);
  });
});
