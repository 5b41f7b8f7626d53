import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jpeg } from "../support/images.ts";
import {
  call,
  createApplication,
  finalRecord,
  logIn,
  readRecord,
  upload,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
let ada: { authorization: string };
let id: string;

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(async () => {
  listenForWebhooks();
  const response = await upload(
    ada,
    photo,
    "?include_ingredients=true&include_nutrition_fields=energy_kcal,potassium_mg",
  );
  id = (await response.json<{ record_id: string }>()).record_id;
  await finalRecord(ada, id);
});

const patch = (body: unknown, headers: Record<string, string> = {}) =>
  call(`/nutrition_records/${id}`, { method: "PATCH", headers: { ...ada, ...headers }, body: JSON.stringify(body) });

describe("changing the portion", () => {
  it("rescales totals, ingredients and the energy range, and sets updated", async () => {
    const before = await readRecord(ada, id);
    const response = await patch({ serving_size: 91 });
    const changed = await response.json<Record<string, unknown>>();
    expect(response.status, JSON.stringify(changed)).toBe(200);
    expect(before).toMatchObject({ serving_size: 182, nutritional_fields: { energy_kcal: 95, potassium_mg: 194.7 } });
    expect(changed).toMatchObject({
      status: "updated",
      serving_size: 91,
      nutritional_fields: { energy_kcal: 47, potassium_mg: 97.4 },
      ingredients: [{ serving_size: 91, nutritional_fields: { energy_kcal: 47 } }],
    });
    const [low, high] = (before["analysis"] as { energy_kcal_range: [number, number] }).energy_kcal_range;
    const range = (changed["analysis"] as { energy_kcal_range: [number, number] }).energy_kcal_range;
    expect(range[0]).toBeCloseTo(low / 2, 0);
    expect(range[1]).toBeCloseTo(high / 2, 0);
  });

  it("is there for the next reader at once, in the record and in the status", async () => {
    await call(`/nutrition_records/${id}/status`, { headers: ada });
    const changed = await (await patch({ serving_size: 300 })).json();
    expect(await readRecord(ada, id)).toEqual(changed);
    const status = await call(`/nutrition_records/${id}/status`, { headers: ada });
    expect(await status.json()).toMatchObject({ status: "updated" });
  });

  it("goes by the original values every time: no rounding builds up", async () => {
    const before = await readRecord(ada, id);
    for (const serving of [0.01, 99_999, 33.3, 7, 182]) await patch({ serving_size: serving });
    const after = await readRecord(ada, id);
    expect(after["nutritional_fields"]).toEqual(before["nutritional_fields"]);
    expect(after["ingredients"]).toEqual(before["ingredients"]);
  });
});

describe("changing the meal time", () => {
  it("moves the record in the list and nothing else", async () => {
    const before = await readRecord(ada, id);
    await patch({ consumed_at: "2020-01-01T12:00:00+01:00" });
    const after = await readRecord(ada, id);
    expect(after).toMatchObject({ consumed_at: "2020-01-01T11:00:00.000Z", status: "updated" });
    expect(after["nutritional_fields"]).toEqual(before["nutritional_fields"]);
    const list = await call("/nutrition_records?to=2020-01-02T00:00:00Z", { headers: ada });
    expect((await list.json<{ record_id: string }[]>()).map((record) => record.record_id)).toContain(id);
  });
});

describe("a change that cannot be made", () => {
  it.each([{}, { serving_size: 0 }, { serving_size: "10" }, { consumed_at: "noon" }, { dish_name: "pie" }])(
    "is refused as %j",
    async (body) => {
      expect(await (await patch(body)).json()).toMatchObject({ status: 422, code: "invalid_request" });
      expect(await readRecord(ada, id)).toMatchObject({ status: "completed" });
    },
  );

  it("is refused when the record has changed since it was read, and made when it has not", async () => {
    const etag = (await call(`/nutrition_records/${id}`, { headers: ada })).headers.get("etag") ?? "";
    const first = await patch({ serving_size: 100 }, { "if-match": etag });
    expect(first.status).toBe(200);
    expect(first.headers.get("etag")).not.toBe(etag);
    const second = await patch({ serving_size: 200 }, { "if-match": etag });
    expect(await second.json()).toMatchObject({ status: 412, code: "version_mismatch" });
    expect(await readRecord(ada, id)).toMatchObject({ serving_size: 100 });
  });

  it("is made by one of two that come at the same time with the same tag", async () => {
    const etag = (await call(`/nutrition_records/${id}`, { headers: ada })).headers.get("etag") ?? "";
    const both = await Promise.all([50, 60].map((size) => patch({ serving_size: size }, { "if-match": etag })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  it("is refused before the analysis is over", async () => {
    id = await uploadUnheard(ada, photo);
    expect(await (await patch({ serving_size: 10 })).json()).toMatchObject({ status: 409, code: "not_complete" });
    expect(await readRecord(ada, id)).toMatchObject({ status: "pending" });
  });
});
