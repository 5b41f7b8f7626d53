import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { writeHealth } from "../../src/db/endpoint-health.ts";
import { depsOf } from "../../src/wiring/deps.ts";
import type { Env } from "../../src/env.ts";
import { failingEvents } from "../../src/operations/events.ts";
import { newOutboxEvents } from "../../src/operations/outbox.ts";
import { HEALTHY } from "../../src/webhooks/endpoint-health.ts";
import { OPERATIONS_KEY } from "../support/operations-endpoint.ts";
import { forgetOperations, namesOf, rows, toldBy } from "../support/worker/operators.ts";
import { planOf } from "../support/worker/query-plans.ts";
import { admin, completedRecord, deliveryOf, newRecord, ring, skip, sweepNow } from "../support/worker/record-lives.ts";
import { createApplication } from "../support/worker/tenant.ts";
import { listenForWebhooks, operators, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

// Five days are swept through, some hundred times.
vi.setConfig({ testTimeout: 60_000 });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const db = createDatabase(env.DB);
const { operations } = depsOf(env as unknown as Env);
let answer: () => Response;

beforeEach(async () => {
  answer = () => new Response("down", { status: 503 });
  listenForWebhooks(() => answer());
  for (const level of ["info", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
  await forgetOperations();
});
afterEach(() => vi.restoreAllMocks());

/** Throws unless the Standard Webhooks library takes it; its clock is the service's. */
const verify = ({ headers, body }: ReceivedWebhook): unknown =>
  new Webhook(btoa(OPERATIONS_KEY)).verify(body, Object.fromEntries(headers));

/** Lets the sweep run at each step of a stretch of time, with what alarms the records of it have set. */
async function sweepThrough(from: number, to: number, stepMs: number, records: readonly string[]): Promise<void> {
  for (let now = from; now <= to; now += stepMs) {
    vi.spyOn(Date, "now").mockReturnValue(now);
    await sweepNow();
    await Promise.all(records.map(ring));
    await sweepNow();
  }
}

/** An endpoint that has failed ten times, which opens its circuit, and the records whose events it refuses. */
async function openCircuit(): Promise<{ applicationId: number; records: string[]; failingSince: number }> {
  const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  const records = await Promise.all(Array.from({ length: 10 }, () => completedRecord(applicationId)));
  const failingSince = await vi.waitFor(async () => {
    const row = await env.DB.prepare(
      "SELECT failing_since FROM endpoint_health WHERE application_id = ? AND probe_at IS NOT NULL",
    )
      .bind(applicationId)
      .first<{ failing_since: number }>();
    if (row === null) throw new Error("the circuit is closed");
    return row.failing_since;
  });
  return { applicationId, records, failingSince };
}

describe("an endpoint that fails for five days", () => {
  it("is told of once at each threshold, and when it is disabled, in order and signed", async () => {
    const { applicationId, records, failingSince } = await openCircuit();
    await sweepThrough(failingSince + DAY_MS / 2, failingSince + 5.5 * DAY_MS, DAY_MS / 2, records);
    expect(namesOf(operators.received)).toEqual([
      "endpoint.failing 50",
      "endpoint.failing 70",
      "endpoint.failing 90",
      "endpoint.disabled 100",
    ]);
    const [half, , , disabled] = operators.received.map(toldBy);
    expect(half).toMatchObject({
      id: operators.received[0]?.headers.get("webhook-id"),
      created_at: new Date(failingSince + 60 * HOUR_MS).toISOString(),
      data: {
        application_id: applicationId,
        failing_since: new Date(failingSince).toISOString(),
        disables_at: new Date(failingSince + 5 * DAY_MS).toISOString(),
        reason: "it responded with 503",
      },
    });
    expect(disabled?.data["reason"]).toMatch(
      /^Every attempt since .* has failed; the last time it responded with 503\.$/,
    );
    for (const received of operators.received) {
      const at = Number(received.headers.get("webhook-timestamp")) * 1000;
      vi.setSystemTime(at);
      expect(verify(received)).toEqual(toldBy(received));
      vi.useRealTimers();
    }
    expect((await rows()).map(({ status, attempts }) => [status, attempts])).toEqual(
      Array.from({ length: 4 }, () => ["delivered", 1]),
    );

    answer = () => new Response("ok");
    await admin(applicationId, "/test", "POST");
    await sweepNow();
    expect(namesOf(operators.received).at(-1)).toBe("endpoint.recovered");
    expect(toldBy(operators.received.at(-1)!).data).toEqual({
      application_id: applicationId,
      failing_since: new Date(failingSince).toISOString(),
      was_disabled: true,
    });
    await sweepNow();
    expect(operators.received).toHaveLength(5);
  });

  it("is told of although nobody attempts anything, and by none of two sweeps twice", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    await deliveryOf(applicationId, await completedRecord(applicationId), "waiting");
    skip(4.6 * DAY_MS);
    await Promise.all([sweepNow(), sweepNow()]);
    await sweepNow();
    expect(namesOf(operators.received).toSorted()).toEqual([
      "endpoint.failing 50",
      "endpoint.failing 70",
      "endpoint.failing 90",
    ]);
  });

  it("is not told of when it recovers before the first threshold", async () => {
    const { applicationId, failingSince } = await openCircuit();
    vi.spyOn(Date, "now").mockReturnValue(failingSince + 59 * HOUR_MS);
    await admin(applicationId, "", "PATCH", { webhook_url: WEBHOOK_URL });
    await sweepNow();
    expect(await rows()).toEqual([]);
  });

  it("has its recovery stored with the event of it, or neither", async () => {
    const { applicationId, failingSince } = await openCircuit();
    vi.spyOn(Date, "now").mockReturnValue(failingSince + 61 * HOUR_MS);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const prepare = env.DB.prepare.bind(env.DB);
    const broken = vi
      .spyOn(env.DB, "prepare")
      .mockImplementation((sql) => prepare(sql.replace('insert into "operations_events"', 'insert into "nowhere"')));
    expect((await admin(applicationId, "", "PATCH", { webhook_url: WEBHOOK_URL })).status).toBe(500);
    broken.mockRestore();
    expect(await (await admin(applicationId, "")).json()).toMatchObject({ webhook_health: { state: "open" } });
    await admin(applicationId, "", "PATCH", { webhook_url: WEBHOOK_URL });
    await sweepNow();
    await sweepNow();
    expect(namesOf(operators.received)).toEqual(["endpoint.failing 50", "endpoint.recovered"]);
  });
});

describe("what was read a moment ago", () => {
  const thresholds = (applicationId: number, failingSince: number) => {
    const health = { ...HEALTHY, version: 1, failures: 3, failingSince };
    const events = failingEvents(applicationId, health, failingSince + 61 * HOUR_MS);
    return { health, events, findings: events.map((event) => ({ event, applicationId, failingSince })) };
  };

  it("is told of an endpoint only while that has failed since then", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const { health, findings } = thresholds(applicationId, 1_000);
    expect(await operations.looks.recordFindings(findings)).toBe(0);
    await writeHealth(db, applicationId, health, []);
    expect(await operations.looks.recordFindings(findings)).toBe(1);
    expect(await operations.looks.recordFindings(findings)).toBe(0);
    await writeHealth(db, applicationId, { ...health, version: 2, failingSince: 2_000 }, []);
    await env.DB.prepare("DELETE FROM operations_events").run();
    expect(await operations.looks.recordFindings(findings)).toBe(0);
  });

  it("is not told of by whoever was too late to change it", async () => {
    const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
    const { health, events } = thresholds(applicationId, 1_000);
    const stored = newOutboxEvents(events, true, () => crypto.randomUUID());
    await writeHealth(db, applicationId, { ...health, version: 7 }, []);
    expect(await writeHealth(db, applicationId, { ...health, version: 7 }, stored)).toBe(false);
    expect(await rows()).toEqual([]);
    expect(await writeHealth(db, applicationId, { ...health, version: 8 }, stored)).toBe(true);
    expect(await rows()).toHaveLength(1);
  });
});

describe("records that fail for want of models", () => {
  it("are told of with how many they are, and once for each stretch of time", async () => {
    const applicationId = await createApplication();
    const now = Date.now();
    const fail = async (count: number, at: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        const id = await newRecord(applicationId);
        await env.DB.prepare(
          "UPDATE records SET status = 'failed', failure_code = 'analysis_unavailable', modified_at = ?, sweep_at = NULL WHERE id = ?",
        )
          .bind(at, id)
          .run();
      }
    };
    await fail(3, now);
    skip(2 * MINUTE_MS);
    await sweepNow();
    const unavailable = () => operators.received.map(toldBy).filter(({ type }) => type === "analysis.unavailable");
    expect(unavailable()).toMatchObject([{ data: { records: 3, applications: 1 } }]);
    await fail(2, now + 2 * MINUTE_MS);
    vi.spyOn(Date, "now").mockReturnValue(now + 10 * MINUTE_MS);
    await sweepNow();
    expect(unavailable()).toHaveLength(1);
    vi.spyOn(Date, "now").mockReturnValue(now + 18 * MINUTE_MS);
    await sweepNow();
    await sweepNow();
    expect(unavailable().map(({ data }) => data["records"])).toEqual([3, 2]);
    expect(unavailable()[1]?.data["since"]).toBe(unavailable()[0]?.data["until"]);
  });

  it("are found by an index, as is everything else that each sweep looks for", async () => {
    const plan = await planOf(async () => {
      await operations.looks.countUnavailable(0, 1);
      await operations.looks.failingEndpoints(0, 1);
      await operations.looks.latestEvent("analysis.unavailable");
      await operations.sending.dueEvents(0, 1);
    });
    for (const index of [
      "records_unavailable",
      "endpoint_health_failing",
      "operations_events_by_type",
      "operations_events_due",
    ]) {
      expect(plan).toContain(index);
    }
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE FOR ORDER BY/);
  });
});
