import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { insertRecord } from "../../src/db/records.ts";
import { usageStatements } from "../../src/db/usage.ts";
import { firstIdOf } from "../../src/ids.ts";
import type { FailureCode, ModelCall, NutritionRecord } from "../../src/records/record.ts";
import { eventId } from "../../src/webhooks/event-id.ts";
import type { UsageResponse } from "../../src/usage/responses.ts";
import { pendingRecord } from "../support/records.ts";
import { planOf } from "../support/worker/query-plans.ts";
import { ADMIN, call } from "../support/worker/tenant.ts";

const DAY = Date.parse("2026-11-20T00:00:00.000Z");
const HOUR_MS = 3_600_000;
const db = createDatabase(env.DB);
afterEach(() => vi.restoreAllMocks());

const ask = (query: string) => call(`/admin/usage${query}`, { headers: ADMIN });
const usage = async (from: number, to: number): Promise<UsageResponse> => {
  const range = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  const response = await ask(`?${range.toString()}`);
  if (response.status !== 200) throw new Error(await response.text());
  return response.json();
};

const called = (change: Partial<ModelCall> = {}): ModelCall => ({
  model: "@cf/google/gemma-4-26b-a4b-it",
  startedAt: DAY,
  durationMs: 1_000,
  outcome: "answered",
  inputTokens: 1_000,
  outputTokens: 100,
  ...change,
});

/** A record that was uploaded then and whose analysis took so long. */
async function keep(hours: number, tookMs: number | null, change: Partial<NutritionRecord> = {}): Promise<string> {
  const uploadedAt = DAY + hours * HOUR_MS;
  const id = firstIdOf(uploadedAt);
  const queued = { n: 1, status: "pending", version: 1, stage: "queued", percent: 0, at: uploadedAt } as const;
  const history =
    tookMs === null
      ? [queued]
      : [
          queued,
          {
            ...queued,
            n: 2,
            status: "completed",
            version: 3,
            stage: "done",
            percent: 100,
            at: uploadedAt + tookMs,
          } as const,
        ];
  const times = { uploadedAt, modifiedAt: uploadedAt + (tookMs ?? 0), consumedAt: uploadedAt };
  await insertRecord(db, pendingRecord({ id, status: "completed", ...times, history, ...change }), DAY);
  if (tookMs !== null) await env.DB.prepare("UPDATE records SET sweep_at = NULL WHERE id = ?").bind(id).run();
  return id;
}

const failure = (code: FailureCode): Partial<NutritionRecord> => ({ status: "failed", failure: { code, reason: "x" } });

async function deliver(recordId: string, hours: number, status: string, attempts: [number | null, number][]) {
  await env.DB.prepare(
    `INSERT INTO deliveries (event_id, application_id, record_id, event_type, status, attempts, created_at)
     VALUES (?, 1, ?, 'completed', ?, ?, ?)`,
  )
    .bind(
      eventId(recordId, 3),
      recordId,
      status,
      JSON.stringify(attempts.map(([httpStatus, latencyMs], place) => ({ number: place + 1, httpStatus, latencyMs }))),
      DAY + hours * HOUR_MS + 5,
    )
    .run();
}

beforeAll(async () => {
  const first = await keep(0.25, 1_000, {
    modelCalls: [called(), called({ outcome: "failed", inputTokens: null, outputTokens: null })],
  });
  const second = await keep(0.5, 3_000, { status: "updated", modelCalls: [called({ durationMs: 2_000 })] });
  await keep(1.25, 9_000, { ...failure("no_food_found"), inputType: "text", photo: null });
  await keep(1.5, 2_000, { ...failure("analysis_unavailable"), modelCalls: [called({ model: "@cf/somebody/else" })] });
  await keep(2.5, 0, { inputType: "manual", photo: null });
  await keep(3.5, null, { status: "pending" });
  await deliver(first, 0.25, "delivered", [[200, 80]]);
  await deliver(second, 0.5, "exhausted", [
    [503, 40],
    [null, 400],
  ]);
  // Outside of the range that the tests ask for.
  await keep(30, 50_000, {});
});

describe("GET /admin/usage", () => {
  it("counts the records of a range by what became of them", async () => {
    const { records, bucket, truncated, from, counted_from: countedFrom } = await usage(DAY, DAY + 24 * HOUR_MS);
    expect(records).toMatchObject({
      total: 6,
      photo_bytes: 4 * 200_000,
      statuses: { completed: 2, updated: 1, failed: 2, pending: 1, processing: 0, canceled: 0 },
      input_types: { image: 4, text: 1, manual: 1, label: 0 },
      failure_codes: { no_food_found: 1, analysis_unavailable: 1, timed_out: 0 },
    });
    expect([bucket, truncated, countedFrom]).toEqual(["hour", false, from]);
  });

  it("measures from the upload to the end of the first analysis, and how long endpoints take", async () => {
    const { analysis, webhooks, buckets } = await usage(DAY, DAY + 24 * HOUR_MS);
    expect(analysis).toEqual({ measured: 4, p50_ms: 2_000, p95_ms: 9_000 });
    expect(webhooks).toEqual({
      deliveries: { waiting: 0, held: 0, delivered: 1, exhausted: 1, undelivered: 0 },
      attempts: 3,
      failed_attempts: 2,
      attempt: { measured: 3, p50_ms: 80, p95_ms: 400 },
    });
    expect(buckets).toHaveLength(24);
    expect(buckets.slice(0, 3)).toMatchObject([
      {
        at: "2026-11-20T00:00:00.000Z",
        records: 2,
        analysis: { p50_ms: 1_000, p95_ms: 3_000 },
        webhook_attempts: 3,
        failed_webhook_attempts: 2,
      },
      {
        at: "2026-11-20T01:00:00.000Z",
        records: 2,
        statuses: { failed: 2 },
        analysis: { measured: 2 },
        webhook_attempt: null,
      },
      { at: "2026-11-20T02:00:00.000Z", records: 1, analysis: null },
    ]);
  });

  it("adds up what models were asked and what it costs; a price that is not known is not guessed", async () => {
    const { models, operations, estimated_usd: cost } = await usage(DAY, DAY + 24 * HOUR_MS);
    expect(models).toEqual([
      {
        model: "@cf/google/gemma-4-26b-a4b-it",
        calls: 3,
        failed: 1,
        mean_ms: 1_333,
        input_tokens: 2_000,
        output_tokens: 200,
        // 2,000 tokens at $0.10 and 200 at $0.30 a million.
        estimated_usd: 0.00026,
      },
      expect.objectContaining({ model: "@cf/somebody/else", calls: 1, estimated_usd: null }),
    ]);
    const count = Object.fromEntries(operations.map((each) => [each.operation, each.count]));
    // Four photos, a sentence, a typed meal, and one attempt more than there are webhooks.
    expect(count).toMatchObject({
      worker_requests: 11,
      object_requests: 18,
      r2_writes: 4,
      r2_reads: 4,
      queue_operations: 15,
    });
    expect(cost).toBeCloseTo(
      operations.reduce((sum, each) => sum + each.estimated_usd, 0.00026),
      6,
    );
  });

  it("holds the service's own failures against its objective, and what stands still", async () => {
    const { error_budget: budget } = await usage(DAY, DAY + 24 * HOUR_MS);
    expect(budget).toMatchObject({ objective: 0.995, finished: 5, failed: 2 });
    expect(budget.remaining).toBeCloseTo(1 - 2 / (5 * 0.005), 6);
  });

  it("says what waits right now", async () => {
    vi.spyOn(Date, "now").mockReturnValue(DAY + 4 * HOUR_MS);
    const { backlog } = await usage(DAY - HOUR_MS, DAY);
    expect(backlog).toMatchObject({
      pending: 1,
      processing: 0,
      oldest_age_ms: HOUR_MS / 2,
      oldest_uploaded_at: "2026-11-20T03:30:00.000Z",
    });
  });

  it("takes the last week for granted, by the day", async () => {
    vi.spyOn(Date, "now").mockReturnValue(DAY + 48 * HOUR_MS);
    const result = await (await ask("")).json<UsageResponse>();
    expect(result).toMatchObject({ to: "2026-11-22T00:00:00.000Z", from: "2026-11-15T00:00:00.000Z", bucket: "day" });
    expect(result.buckets.map(({ records }) => records)).toEqual([0, 0, 0, 0, 0, 6, 1]);
  });

  it.each([
    "?from=yesterday",
    "?from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z",
    "?from=2026-01-01T00:00:00Z&to=2026-11-20T00:00:00Z",
  ])("refuses %s", async (query) => {
    expect(await (await ask(query)).json()).toMatchObject({ status: 422, code: "invalid_request" });
  });
});

describe("what it costs", () => {
  it("is as many rows as were uploaded in the range, and no others", async () => {
    const plan = await planOf(() => usage(DAY, DAY + HOUR_MS));
    expect(plan).toMatch(/SEARCH records USING PRIMARY KEY \(id>\? AND id<\?\)/);
    expect(plan).toMatch(/SEARCH deliveries USING PRIMARY KEY \(event_id>\? AND event_id<\?\)/);
    expect(plan).toContain("records_to_sweep");
    expect(plan).not.toMatch(/SCAN (records|deliveries)(?! USING INDEX records_to_(?:sweep|retry))/);
    expect(usageStatements({ from: 0, to: 1, bucketMs: 1 })).toHaveLength(7);
  });
});
