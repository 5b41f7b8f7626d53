import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { insertRecord, recordById } from "../../src/db/records.ts";
import { createUuidV7 } from "../../src/ids.ts";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { completedOutcome, pendingRecord } from "../support/records.ts";
import { createApplication } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const db = createDatabase(env.DB);
const sequencer = createSequencer(env.RECORDS);
const stubOf = (id: string) => env.RECORDS.get(env.RECORDS.idFromName(id));
let applicationId: number;
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
});
beforeEach(() => {
  webhooks = listenForWebhooks();
});
afterEach(() => vi.restoreAllMocks());

/** A pending record, as an upload leaves it in D1. */
async function newRecord(): Promise<string> {
  const id = createUuidV7(Date.now(), (bytes) => crypto.getRandomValues(bytes));
  await insertRecord(db, pendingRecord({ id, applicationId, uploadedAt: Date.now() }), Date.now() + 60_000);
  return id;
}

async function lease(id: string): Promise<string> {
  const response = await sequencer.begin(id);
  if (response?.outcome !== "leased") throw new Error(`expected a lease, got ${JSON.stringify(response)}`);
  return response.lease.id;
}

/** What arrived for one record: the webhook of an earlier test may still be on its way. */
const webhooksOf = (id: string) => webhooks.filter(({ body }) => body.includes(id));
const statusInD1 = async (id: string) => (await recordById(db, id))?.status;
const sweepAtOf = async (id: string) =>
  (await env.DB.prepare("SELECT sweep_at FROM records WHERE id = ?").bind(id).first<{ sweep_at: number | null }>())
    ?.sweep_at;
const isEmpty = (id: string) =>
  runInDurableObject(stubOf(id), async (_, state) => {
    const { sql } = state.storage;
    const tables = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name IN ('sequence', 'outbox')");
    const rows = [...tables].map(({ name }) => sql.exec(`SELECT * FROM ${name}`).toArray().length);
    return rows.every((count) => count === 0) && (await state.storage.getAlarm()) === null;
  });

describe("a record's object", () => {
  it("leads a record from pending to completed, announces it and keeps nothing", async () => {
    const id = await newRecord();
    const leaseId = await lease(id);
    await vi.waitFor(async () => expect(await statusInD1(id)).toBe("processing"));
    expect(await sequencer.finish(id, leaseId, completedOutcome())).toEqual({
      outcome: "changed",
      status: "completed",
      version: 3,
      modifiedAt: expect.any(Number),
    });
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    expect(await statusInD1(id)).toBe("completed");
    await vi.waitFor(async () => expect(await isEmpty(id)).toBe(true));
    expect(await sweepAtOf(id)).toBeNull();
  });

  it("has the final status in D1 before the webhook goes out", async () => {
    const id = await newRecord();
    const seen: unknown[] = [];
    listenForWebhooks(async () => {
      seen.push(await statusInD1(id));
      return new Response("ok");
    });
    await sequencer.finish(id, await lease(id), completedOutcome());
    await vi.waitFor(() => expect(seen).toEqual(["completed"]));
  });

  it("gives one lease to consumers that begin at the same time", async () => {
    const id = await newRecord();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => sequencer.begin(id)));
    expect(answers.map((response) => response?.outcome).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(
      ["busy", "busy", "busy", "busy", "leased"],
    );
  });

  it("drops a begin that comes after the end, even when it has forgotten everything", async () => {
    const id = await newRecord();
    await sequencer.finish(id, await lease(id), completedOutcome());
    await vi.waitFor(async () => expect(await isEmpty(id)).toBe(true));
    expect(await sequencer.begin(id)).toEqual({ outcome: "stale", status: "completed" });
    expect(webhooksOf(id)).toHaveLength(1);
  });

  it("refuses to finish after a cancel, and sends no webhook", async () => {
    const id = await newRecord();
    const leaseId = await lease(id);
    expect(await sequencer.cancel(id)).toEqual({ outcome: "changed", status: "canceled" });
    expect(await sequencer.finish(id, leaseId, completedOutcome())).toEqual({ outcome: "stale", status: "canceled" });
    await vi.waitFor(async () => expect(await isEmpty(id)).toBe(true));
    expect(await statusInD1(id)).toBe("canceled");
    expect(webhooksOf(id)).toHaveLength(0);
  });

  it("keeps two records apart that are called at the same time", async () => {
    const ids = await Promise.all([newRecord(), newRecord()]);
    const answers = await Promise.all(ids.map((id) => sequencer.begin(id)));
    expect(answers.map((response) => response?.outcome === "leased" && response.record.id)).toEqual(ids);
  });

  it("keeps its facts in its own tables, and nothing where itty-durable would load it from", async () => {
    const id = await newRecord();
    await lease(id);
    const inItty = await runInDurableObject(stubOf(id), async (_, state) => state.storage.get("data"));
    expect(inItty).toBeUndefined();
    expect(await isEmpty(id)).toBe(false);
  });

  it("does not know a record that was never stored", async () => {
    expect(await sequencer.begin("01932c2e-0000-7000-8000-0000000000ff")).toBeNull();
  });

  it("takes an analysis that is larger than any header, in letters of every script", async () => {
    const id = await newRecord();
    const outcome = completedOutcome();
    outcome.content.dishDescription = "Käsespätzle 🧀 米饭 ".repeat(20_000);
    expect(await sequencer.finish(id, await lease(id), outcome)).toMatchObject({ outcome: "changed" });
    await vi.waitFor(async () =>
      expect((await recordById(db, id))?.content?.dishDescription).toBe(outcome.content.dishDescription),
    );
  });
});

describe("an object that is thrown out of memory", () => {
  it("keeps the lease", async () => {
    const id = await newRecord();
    const leaseId = await lease(id);
    await evictDurableObject(stubOf(id));
    expect((await sequencer.begin(id))?.outcome).toBe("busy");
    expect(await sequencer.finish(id, leaseId, completedOutcome())).toMatchObject({ outcome: "changed" });
  });

  it("tries a webhook again from a cold alarm: same id, same bytes, next attempt", async () => {
    const id = await newRecord();
    webhooks = listenForWebhooks(() => new Response("later", { status: webhooksOf(id).length === 1 ? 503 : 200 }));
    await sequencer.finish(id, await lease(id), completedOutcome());
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    await vi.waitFor(async () => expect(await sweepAtOf(id)).toBeGreaterThan(Date.now() + 60_000));
    await evictDurableObject(stubOf(id));
    const later = Date.now() + 10_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect(await runDurableObjectAlarm(stubOf(id))).toBe(true);
    expect(webhooksOf(id)).toHaveLength(2);
    const [first, second] = webhooksOf(id);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers.get("webhook-id")).toBe(first?.headers.get("webhook-id"));
    expect(second?.headers.get("x-webhook-attempt")).toBe("2");
    expect(await isEmpty(id)).toBe(true);
    expect(await sweepAtOf(id)).toBeNull();
  });

  it("writes the projection from its alarm when it was stopped between its own write and D1", async () => {
    const id = await newRecord();
    const leaseId = await lease(id);
    await vi.waitFor(async () => expect(await statusInD1(id)).toBe("processing"));
    const broken = vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1 is down");
    });
    const silenced = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await sequencer.finish(id, leaseId, completedOutcome());
    await vi.waitFor(() => expect(silenced.mock.calls.join()).toContain("record_alarm.failed"));
    broken.mockRestore();
    silenced.mockRestore();
    expect(await statusInD1(id)).toBe("processing");
    await evictDurableObject(stubOf(id));
    expect(await runDurableObjectAlarm(stubOf(id))).toBe(true);
    expect(await statusInD1(id)).toBe("completed");
    expect(webhooksOf(id)).toHaveLength(1);
  });

  it("has another alarm from the platform's first repetition on, because that gives up after six", async () => {
    const id = await newRecord();
    await lease(id);
    await vi.waitFor(async () => expect(await statusInD1(id)).toBe("processing"));
    const alarmAfter = (retryCount: number) =>
      runInDurableObject(stubOf(id), async (object, { storage }) => {
        await storage.deleteAlarm();
        await object.alarm({ retryCount, isRetry: retryCount > 0, scheduledTime: Date.now() });
        return storage.getAlarm();
      });
    expect(await alarmAfter(0)).toBeNull();
    expect(await alarmAfter(1)).toBeGreaterThan(Date.now());
  });

  it("sends again what a crash cut off between the request and its outcome", async () => {
    const crashed = await newRecord();
    const body = JSON.stringify({ record_id: crashed, cut: true });
    await lease(crashed);
    await runInDurableObject(stubOf(crashed), async (_, state) => {
      // What the object's storage looks like when it stops right after its request has left.
      const [row] = state.storage.sql.exec<{ state: string }>("SELECT state FROM sequence").toArray();
      const sequence = JSON.parse(row?.state ?? "{}") as { record: object };
      const record = { ...sequence.record, status: "completed", version: 3, content: completedOutcome().content };
      state.storage.sql.exec("UPDATE sequence SET state = ?", JSON.stringify({ ...sequence, record, lease: null }));
      const attempt = {
        number: 1,
        trigger: "schedule",
        request: { url: WEBHOOK_URL, headers: {} },
        startedAt: Date.now(),
        latencyMs: null,
        httpStatus: null,
        error: null,
        responseExcerpt: null,
      };
      const event = {
        eventId: "evt_cut",
        eventType: "completed",
        createdAt: Date.now(),
        delivery: { status: "waiting", attempts: [attempt], failures: 0, dueAt: Date.now(), resendAt: null },
        recorded: false,
      };
      state.storage.sql.exec(
        "INSERT INTO outbox (event_id, event, body) VALUES ('evt_cut', ?, ?)",
        JSON.stringify(event),
        body,
      );
    });
    await evictDurableObject(stubOf(crashed));
    await sequencer.wake(crashed);
    await vi.waitFor(() => expect(webhooksOf(crashed)).toHaveLength(1));
    expect(webhooksOf(crashed)[0]?.headers.get("webhook-id")).toBe("evt_cut");
    expect(webhooksOf(crashed)[0]?.body).toBe(body);
    await vi.waitFor(async () => expect(await isEmpty(crashed)).toBe(true));
    const row = await env.DB.prepare("SELECT attempts FROM deliveries WHERE event_id = 'evt_cut'").first<{
      attempts: string;
    }>();
    expect(JSON.parse(row?.attempts ?? "[]")).toMatchObject([{ error: "interrupted" }, { number: 2, httpStatus: 200 }]);
  });
});

describe("an application without a webhook URL", () => {
  it("gets no webhook, and the sweep has nothing to do", async () => {
    const quiet = await createApplication();
    const id = createUuidV7(Date.now(), (bytes) => crypto.getRandomValues(bytes));
    await insertRecord(db, pendingRecord({ id, applicationId: quiet }), Date.now());
    await sequencer.finish(id, await lease(id), completedOutcome());
    await vi.waitFor(async () => expect(await isEmpty(id)).toBe(true));
    expect(webhooksOf(id)).toHaveLength(0);
    expect(await sweepAtOf(id)).toBeNull();
  });
});
