import { createScheduledController, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker, { RecordObject } from "../../src/index.ts";
import { BASE, call, createApplication, logIn, readRecord, stored } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

let ada: { authorization: string };
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => {
  webhooks = listenForWebhooks();
});
afterEach(() => vi.restoreAllMocks());

const soup = {
  dish_name: "lentil soup",
  serving_size: 350,
  unit: "g",
  nutritional_fields: { energy_kcal: 310, protein_g: 18.04, salt_g: 1.5 },
};
const post = (body: unknown) =>
  call("/nutrition_records/manual", { method: "POST", headers: ada, body: JSON.stringify(body) });
const create = async (body: object = {}) => (await post({ ...soup, ...body })).json<{ record_id: string }>();
const sweepNow = () => worker.scheduled(createScheduledController({ cron: "* * * * *" }), env as unknown as Env);
const sweepAtOf = async (id: string) =>
  (await env.DB.prepare("SELECT sweep_at FROM records WHERE id = ?").bind(id).first<{ sweep_at: number | null }>())
    ?.sweep_at;
const stubOf = (id: string) => env.RECORDS.get(env.RECORDS.idFromName(id));
const webhooksOf = (id: string) => webhooks.filter(({ body }) => body.includes(id));

/** A typed record whose object was not reached: only its row is there. */
async function createUnheard(): Promise<string> {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const broken = vi.spyOn(RecordObject.prototype, "wake").mockRejectedValueOnce(new Error("the object is down"));
  const response = await post(soup);
  expect(response.status).toBe(201);
  broken.mockRestore();
  return (await response.json<{ record_id: string }>()).record_id;
}

describe("a record typed by hand", () => {
  it("is complete at once, with all that was typed and nothing else", async () => {
    const response = await post({ ...soup, consumed_at: "2026-11-20T12:00:00+01:00", metadata: { table: "4" } });
    const record = await response.json<Record<string, unknown>>();
    expect(response.status, JSON.stringify(record)).toBe(201);
    expect(response.headers.get("location")).toBe(`${BASE}/nutrition_records/${String(record["record_id"])}`);
    expect(record).toEqual({
      record_id: expect.any(String),
      status: "completed",
      input_type: "manual",
      application_user_id: "ada",
      dish_name: "lentil soup",
      nutri_score: null,
      serving_size: 350,
      unit: "g",
      nutritional_fields: { energy_kcal: 310, protein_g: 18, sodium_mg: 600 },
      ingredients: [],
      failure_reason: null,
      failure_code: null,
      metadata: { table: "4" },
      uploaded_at: expect.any(String),
      modified_at: expect.any(String),
      consumed_at: "2026-11-20T11:00:00.000Z",
    });
    const read = await call(`/nutrition_records/${String(record["record_id"])}`, { headers: ada });
    expect(await read.json()).toEqual(record);
    expect(read.headers.get("etag")).toBe(response.headers.get("etag"));
  });

  it("stands in the list and in the status like any other", async () => {
    const { record_id: id } = await create();
    const list = await call("/nutrition_records?input_type=manual&limit=200", { headers: ada });
    expect((await list.json<{ record_id: string }[]>()).map((record) => record.record_id)).toContain(id);
    const status = await call(`/nutrition_records/${id}/status`, { headers: ada });
    expect(await status.json()).toMatchObject({ status: "completed", progress: { stage: "done", percent: 100 } });
  });

  it("takes a new portion, and can be deleted", async () => {
    const { record_id: id } = await create();
    const change = { method: "PATCH", headers: ada, body: JSON.stringify({ serving_size: 700 }) };
    expect(await (await call(`/nutrition_records/${id}`, change)).json()).toMatchObject({
      status: "updated",
      nutritional_fields: { energy_kcal: 620, sodium_mg: 1200 },
    });
    expect((await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada })).status).toBe(204);
    expect((await call(`/nutrition_records/${id}`, { headers: ada })).status).toBe(404);
  });

  it("is refused with what is wrong about it, and leaves nothing behind", async () => {
    const before = await stored();
    const response = await post({ ...soup, unit: "oz", nutritional_fields: { protein_g: -1 } });
    expect(await response.json()).toMatchObject({
      status: 422,
      code: "invalid_request",
      errors: [{ location: "body.unit" }, { location: "body.nutritional_fields.protein_g" }],
    });
    expect((await call("/nutrition_records/manual", { method: "POST", headers: ada, body: "{" })).status).toBe(400);
    expect(await stored()).toEqual(before);
  });
});

describe("the webhook of a typed record", () => {
  it("is sent once, with the record as it was answered, and then nothing is kept for it", async () => {
    const record = await create();
    await vi.waitFor(() => expect(webhooksOf(record.record_id)).toHaveLength(1));
    expect(JSON.parse(webhooksOf(record.record_id)[0]?.body ?? "")).toEqual(record);
    expect(webhooksOf(record.record_id)[0]?.headers.get("webhook-id")).toBe(`evt_${record.record_id}_1`);
    await vi.waitFor(async () => expect(await sweepAtOf(record.record_id)).toBeNull());
    await evictDurableObject(stubOf(record.record_id));
    await call(`/nutrition_records/${record.record_id}`, {
      method: "PATCH",
      headers: ada,
      body: JSON.stringify({ serving_size: 100 }),
    });
    await vi.waitFor(async () => expect(await readRecord(ada, record.record_id)).toMatchObject({ status: "updated" }));
    expect(webhooksOf(record.record_id)).toHaveLength(1);
  });

  it("is sent by the sweep when the creation stopped before the object knew", async () => {
    const id = await createUnheard();
    expect(webhooksOf(id)).toHaveLength(0);
    const later = Date.now() + 61_000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(later);
    await sweepNow();
    await runInDurableObject(stubOf(id), (object) => object.alarm());
    clock.mockRestore();
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    await vi.waitFor(async () => expect(await sweepAtOf(id)).toBeNull());
  });

  it("comes with the first content even when the user is quicker than the sweep", async () => {
    const id = await createUnheard();
    await call(`/nutrition_records/${id}`, {
      method: "PATCH",
      headers: ada,
      body: JSON.stringify({ serving_size: 700 }),
    });
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    expect(JSON.parse(webhooksOf(id)[0]?.body ?? "")).toMatchObject({ status: "completed", serving_size: 350 });
    expect(await readRecord(ada, id)).toMatchObject({ status: "updated", serving_size: 700 });
  });

  it("is not promised when the row could not be stored: the client hears of it and nothing is left", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const before = await stored();
    const prepare = env.DB.prepare.bind(env.DB);
    vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/^insert into "records"/i.test(sql)) throw new Error("D1 is down");
      return prepare(sql);
    });
    const response = await post(soup);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ status: 503, code: "temporarily_unavailable" });
    expect(await stored()).toEqual(before);
  });
});
