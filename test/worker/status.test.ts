import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import { failRecord } from "../support/worker/record-lives.ts";
import { call, createApplication, finalRecord, logIn, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const poll = (id: string, headers: Record<string, string> = {}) =>
  call(`/nutrition_records/${id}/status`, { headers: { ...ada, ...headers } });

describe("the status answer", () => {
  it("says where the record stands, and when to ask again while it is open", async () => {
    const id = await uploadUnheard(ada, photo);
    const response = await poll(id);
    expect(await response.json()).toEqual({
      record_id: id,
      status: "pending",
      progress: { stage: "queued", percent: 0 },
      modified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
    });
    expect(response.headers.get("retry-after")).toBe("2");
    expect(response.headers.get("cache-control")).toMatch(/^private/);
  });

  it("carries the reason of a failure", async () => {
    const id = await uploadUnheard(ada, photo);
    await failRecord(id);
    await finalRecord(ada, id);
    expect(await (await poll(id)).json()).toMatchObject({
      status: "failed",
      failure_code: "analysis_unavailable",
      failure_reason: expect.any(String),
      progress: { stage: "done", percent: 100 },
    });
  });

  it("is answered with 304 to a client that has it, cached or not", async () => {
    const id = await uploadUnheard(ada, photo);
    const etag = (await poll(id)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    for (let round = 0; round < 2; round++) {
      const again = await poll(id, { "if-none-match": `"other", ${etag}` });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe("");
    }
  });

  it("shows the final status at once where it changed, although the open one was cached", async () => {
    const id = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(id);
    await poll(id);
    await sequencer.finish(id, begun?.outcome === "leased" ? begun.lease.id : "", completedOutcome());
    await finalRecord(ada, id);
    await vi.waitFor(async () => expect(await (await poll(id)).json()).toMatchObject({ status: "completed" }), {
      timeout: 500,
    });
  });

  it("is never older than a second while the record is open", async () => {
    const id = await uploadUnheard(ada, photo);
    await poll(id);
    await env.DB.prepare("UPDATE records SET status = 'processing', version = 2 WHERE id = ?").bind(id).run();
    const later = Date.now() + 1_001;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect(await (await poll(id)).json()).toMatchObject({ status: "processing" });
  });
});

describe("the record itself", () => {
  it("is tagged with its version and answered with 304 to a client that has it", async () => {
    const id = await uploadUnheard(ada, photo);
    const response = await call(`/nutrition_records/${id}`, { headers: ada });
    const etag = response.headers.get("etag") ?? "";
    const again = await call(`/nutrition_records/${id}`, { headers: { ...ada, "if-none-match": etag } });
    expect(again.status).toBe(304);
    await failRecord(id);
    await finalRecord(ada, id);
    const changed = await call(`/nutrition_records/${id}`, { headers: { ...ada, "if-none-match": etag } });
    expect(changed.status).toBe(200);
  });

  it("shows what its upload asked for: fields, ingredients, description and metadata", async () => {
    const query =
      "?include_ingredients=true&include_dish_description=true&include_nutri_score=true&include_nutrition_fields=potassium_mg,energy_kcal";
    const response = await call(`/nutrition_records/image${query}&metadata=${encodeURIComponent('{"meal":"lunch"}')}`, {
      method: "POST",
      headers: { ...ada, "content-type": "image/jpeg", "content-length": String(photo.length) },
      body: photo,
    });
    const { record_id: id } = await response.json<{ record_id: string }>();
    const record = await finalRecord(ada, id);
    expect(record).toMatchObject({
      dish_description: "A red apple on a table.",
      nutri_score: "A",
      metadata: { meal: "lunch" },
      nutritional_fields: { energy_kcal: 95 },
      ingredients: [{ name: "apple", unit: "g" }],
      analysis: { mode: "precise", confidence: 0.9, cached: false, models: ["@test/scripted"] },
    });
    expect(Object.keys(record["nutritional_fields"] as object)).toEqual(["energy_kcal", "potassium_mg"]);
  });
});
