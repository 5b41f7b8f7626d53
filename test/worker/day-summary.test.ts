import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { call, createApplication, logIn, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication();
});
beforeEach(async ({ task }) => {
  listenForWebhooks();
  ada = await logIn(applicationId, `user-${task.id}`);
});

async function eat(consumedAt: string, nutrients: object, headers = ada): Promise<string> {
  const meal = {
    dish_name: "meal",
    serving_size: 100,
    unit: "g",
    nutritional_fields: nutrients,
    consumed_at: consumedAt,
  };
  const response = await call("/nutrition_records/manual", { method: "POST", headers, body: JSON.stringify(meal) });
  return (await response.json<{ record_id: string }>()).record_id;
}
const read = async (query: string, mount = "") =>
  (await call(`${mount}/nutrition_records/summary${query}`, { headers: ada })).json<Record<string, unknown>>();

describe("a day's summary", () => {
  it("adds up the meals of the day by the user's clock, rounded once", async () => {
    await eat("2026-11-22T23:30:00Z", { energy_kcal: 100.4, protein_g: 1.04 });
    const id = await eat("2026-11-23T12:00:00Z", { energy_kcal: 100.4, protein_g: 1.04, iron_mg: 2 });
    await eat("2026-11-23T23:30:00Z", { energy_kcal: 1000 });
    await call(`/nutrition_records/${id}`, { method: "PATCH", headers: ada, body: '{"serving_size": 200}' });
    for (const mount of ["", "/v3"]) {
      expect(await read("?day=2026-11-23&user_time_offset_minutes=60", mount)).toEqual({
        day: "2026-11-23",
        user_time_offset_minutes: 60,
        from: "2026-11-22T23:00:00.000Z",
        to: "2026-11-23T23:00:00.000Z",
        records: 2,
        statuses: { pending: 0, processing: 0, completed: 1, failed: 0, updated: 1, canceled: 0 },
        nutritional_fields: { energy_kcal: 301, protein_g: 3.1, iron_mg: 4 },
        incomplete_fields: ["iron_mg"],
        truncated: false,
      });
    }
    expect(await read("?day=2026-11-24&user_time_offset_minutes=60")).toMatchObject({
      records: 1,
      nutritional_fields: { energy_kcal: 1000 },
    });
  });

  it("is about today when no day is named, and counts what is still open", async () => {
    await uploadUnheard(ada, jpeg({ width: 1024, height: 768 }));
    const today = new Date().toISOString().slice(0, 10);
    expect(await read("")).toMatchObject({
      day: today,
      records: 0,
      statuses: { pending: 1 },
      nutritional_fields: {},
      incomplete_fields: [],
    });
  });

  it("is about nobody else's meals", async () => {
    await eat("2026-11-23T12:00:00Z", { energy_kcal: 1 }, await logIn(applicationId, "somebody"));
    await eat("2026-11-23T12:00:00Z", { energy_kcal: 1 }, await logIn(await createApplication(), "ada"));
    expect(await read("?day=2026-11-23")).toMatchObject({ records: 0, nutritional_fields: {} });
  });

  it.each([
    "?day=yesterday",
    "?day=2026-02-30",
    "?day=2026-11-23T00:00:00Z",
    "?day=2026-11-23&user_time_offset_minutes=841",
    "?day=2026-11-23&user_time_offset_minutes=1.5",
    "?day=2026-11-23&user_time_offset_minutes=noon",
  ])("is refused for %s", async (query) => {
    expect(await read(query)).toMatchObject({ status: 422, code: "invalid_request" });
  });

  it("is read from the index of the user's meals, and no further than its bound", async () => {
    const prepare = vi.spyOn(env.DB, "prepare");
    await read("?day=2026-11-23");
    const statements = prepare.mock.calls.map(([sql]) => sql);
    prepare.mockRestore();
    const select = statements.find((sql) => sql.includes("json_extract")) ?? "";
    expect(select).toMatch(/limit \?$/);
    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${select}`)
      .bind(1, "ada", 0, 1, 1001)
      .all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH records USING INDEX records_by_meal \(.*consumed_at>\? AND consumed_at<\?\)$/),
    ]);
  });
});
