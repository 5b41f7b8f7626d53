import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { analyze, type AnalyzePorts } from "../../src/analysis/analyze.ts";
import type { EarlierAnalyses } from "../../src/analysis/earlier-analyses.ts";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { jpeg, png } from "../support/images.ts";
import { pendingRecord } from "../support/records.ts";
import { earlierAnalyses } from "../support/worker/earlier-analyses.ts";
import { models } from "../support/worker/scripted-models.ts";
import { call, createApplication, finalRecord, logIn, stored, type RecordBody } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const size = { width: 1024, height: 768 };
const photo = jpeg(size);
let applicationId: number;
let ada: { authorization: string };

beforeEach(async () => {
  earlierAnalyses.areRemembered = true;
  listenForWebhooks();
  applicationId = await createApplication();
  ada = await logIn(applicationId);
});
afterEach(() => vi.restoreAllMocks());

/** Uploads and reads the finished record. */
async function analyzed(
  query = "",
  { authorization = ada, bytes = photo }: { authorization?: { authorization: string }; bytes?: typeof photo } = {},
): Promise<RecordBody & { analysis: { cached: boolean; timings_ms: Record<string, number> } }> {
  const headers = { ...authorization, "content-type": "image/jpeg", "content-length": String(bytes.length) };
  const response = await call(`/nutrition_records/image${query}`, { method: "POST", headers, body: bytes });
  const { record_id: id } = await response.json<{ record_id: string }>();
  return (await finalRecord(authorization, id)) as never;
}

describe("a photo whose bytes the application has uploaded before", () => {
  it("gets the earlier analysis, says so, and its models are not asked", async () => {
    const first = await analyzed("?include_ingredients=true");
    expect(first.analysis.cached).toBe(false);
    const second = await analyzed("?include_ingredients=true");
    expect(models.calls).toHaveLength(1);
    expect(second).toEqual({
      ...first,
      record_id: second.record_id,
      uploaded_at: second.uploaded_at,
      modified_at: second.modified_at,
      consumed_at: second.consumed_at,
      analysis: { ...first.analysis, cached: true, timings_ms: { reuse: expect.any(Number) } },
    });
  });

  it("gets it from another user's record, too, and shows its own options", async () => {
    await analyzed();
    const eve = await logIn(applicationId, "eve");
    const record = await analyzed("?include_nutrition_fields=iron_mg", { authorization: eve });
    expect(record).toMatchObject({ application_user_id: "eve", analysis: { cached: true } });
    expect(Object.keys(record["nutritional_fields"] as object)).toEqual(["iron_mg"]);
    expect(models.calls).toHaveLength(1);
  });

  it("is known again when only its metadata are different", async () => {
    await analyzed("", { bytes: jpeg({ ...size, orientation: 1, trailer: [1, 2, 3] }) });
    const again = await analyzed("", { bytes: jpeg({ ...size, orientation: 1, trailer: [9, 9, 9] }) });
    expect(again.analysis.cached).toBe(true);
  });

  it("is analyzed anew when the client asks for that, and that analysis is remembered in turn", async () => {
    await analyzed();
    expect((await analyzed("?ignore_cache=true")).analysis.cached).toBe(false);
    expect(models.calls).toHaveLength(2);
    expect((await analyzed()).analysis.cached).toBe(true);
    expect(models.calls).toHaveLength(2);
  });

  it.each(["?analysis_mode=fast", "?country_code=de", "?language_code=fr"])(
    "is analyzed anew when it is to be seen in another light: %s",
    async (query) => {
      await analyzed();
      expect((await analyzed(query)).analysis.cached).toBe(false);
      expect(models.calls).toHaveLength(2);
    },
  );

  it("is analyzed anew in another application", async () => {
    await analyzed();
    const stranger = await logIn(await createApplication());
    expect((await analyzed("", { authorization: stranger })).analysis.cached).toBe(false);
  });

  it("is analyzed anew once the earlier record is deleted", async () => {
    const { record_id: id } = await analyzed();
    await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    expect((await analyzed()).analysis.cached).toBe(false);
    expect(models.calls).toHaveLength(2);
  });

  it("is analyzed anew once a user has changed the earlier record", async () => {
    const { record_id: id } = await analyzed();
    await call(`/nutrition_records/${id}`, { method: "PATCH", headers: ada, body: '{"serving_size":50}' });
    expect((await analyzed()).analysis.cached).toBe(false);
  });

  it("is analyzed anew when it failed before", async () => {
    const answer = models.answer.bind(models);
    models.answer = () => ({ choices: [{ message: { content: '{"food_present":false,"foods":[]}' } }] });
    expect(await analyzed()).toMatchObject({ status: "failed" });
    models.answer = answer;
    expect(await analyzed()).toMatchObject({ status: "completed", analysis: { cached: false } });
  });

  it("is analyzed anew when nobody can remember", async () => {
    await analyzed();
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const match = caches.default.match.bind(caches.default);
    vi.spyOn(caches.default, "match").mockImplementation(async (key, options) => {
      if (typeof key === "string" && key.includes("analysis-cache")) throw new Error("the cache is down");
      return match(key, options);
    });
    expect(await analyzed()).toMatchObject({ status: "completed", analysis: { cached: false } });
  });

  it("leaves a photo of its own all the same", async () => {
    const before = await stored();
    await analyzed("", { bytes: png({ width: 600, height: 600 }) });
    const { record_id: id, analysis } = await analyzed("", { bytes: png({ width: 600, height: 600 }) });
    expect(analysis.cached).toBe(true);
    expect(await stored()).toEqual({ photos: before.photos + 2, records: before.records + 2 });
    expect(await env.PHOTOS.head(`${applicationId}/${id}`)).not.toBeNull();
  });
});

describe("an analysis in which a model was missing", () => {
  const saw = {
    choices: [
      {
        message: {
          content: JSON.stringify({
            food_present: true,
            dish_name: "apple",
            description: null,
            foods: [{ name: "apple", measure: "1", grams: 182, grams_low: 150, grams_high: 220, confidence: 0.9 }],
          }),
        },
      },
    ],
  };

  /** Analyses with two models, of which only those answer that are named; tells how often that was remembered. */
  async function remembered(answering: readonly string[]): Promise<number> {
    const remember = vi.fn<EarlierAnalyses["remember"]>(async () => undefined);
    const ports: AnalyzePorts = {
      readPhoto: () => Promise.resolve(photo),
      makeUpright: (bytes) => Promise.resolve({ ok: true, value: bytes }),
      runModel: async (model) => {
        if (!answering.includes(model)) throw new Error("3040: Capacity temporarily exceeded, please try again.");
        return saw;
      },
      models: { precise: ["@cf/one/model", "@cf/another/model"], fast: ["@cf/one/model"] },
      foods: createFoodTable(createDatabase(env.DB)),
      earlier: { find: () => Promise.resolve(null), remember },
      now: () => Date.now(),
    };
    const outcome = await analyze(pendingRecord(), null, ports, () => undefined);
    expect(outcome).toMatchObject({ value: { status: "completed" } });
    return remember.mock.calls.length;
  }

  it("is not reused, and a whole one is", async () => {
    expect(await remembered(["@cf/one/model"])).toBe(0);
    expect(await remembered(["@cf/one/model", "@cf/another/model"])).toBe(1);
  });
});
