import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { labelSeen, models } from "../support/worker/scripted-models.ts";
import { BASE, call, createApplication, finalRecord, logIn, readRecord, stored } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const PATH = "/nutrition_records/ingredients/label";
const photo = jpeg({ width: 1000, height: 1300 });
let ada: { authorization: string };
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => {
  webhooks = listenForWebhooks();
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

interface LabelBody {
  record_id: string;
  status: string;
  [field: string]: unknown;
}

const send = (query = "", path = PATH) => ask(`?create_record=true&${query.slice(1)}`, path);

/** The same without a record. */
const ask = (query = "", path = PATH) =>
  call(`${path}${query}`, {
    method: "POST",
    headers: { ...ada, "content-type": "image/jpeg", "content-length": String(photo.length) },
    body: photo,
  });

const webhooksOf = (id: string): unknown[] =>
  webhooks.filter(({ body }) => body.includes(id)).map(({ body }) => JSON.parse(body) as unknown);

const READ = {
  name: "Oat Flakes",
  serving_size: 100,
  unit: "g",
  nutritional_fields: {
    energy_kcal: 372,
    carbohydrate_g: 70.1,
    protein_g: 11,
    fat_total_g: 7.4,
    fat_saturated_g: 1.3,
    sugars_total_g: 0.5,
    fiber_total_dietary_g: 10,
    sodium_mg: 8,
  },
  status: "completed",
  failure_reason: null,
  failure_code: null,
};

describe("a label that nobody wants as a record", () => {
  it.each([PATH, `/v3${PATH}`])("is answered with what it says, and nothing is stored: %s", async (path) => {
    const before = await stored();
    const response = await ask("", path);
    const label = await response.json<LabelBody>();
    expect([response.status, label]).toEqual([200, { ...READ, warnings: expect.any(Array) }]);
    expect(response.headers.get("location")).toBeNull();
    expect(await stored()).toEqual(before);
    expect(webhooks).toEqual([]);
  });

  it.each([
    ["JSON", { "content-type": "application/json" }, JSON.stringify({ body: photo.toBase64() })],
    ["a photo", { "content-type": "image/jpeg" }, photo],
  ])("may come as %s", async (_, headers, body) => {
    const response = await call(PATH, { method: "POST", headers: { ...ada, ...headers }, body });
    expect([response.status, await response.json()]).toMatchObject([200, { status: "completed", name: "Oat Flakes" }]);
  });

  it("is answered with the reason when it cannot be read", async () => {
    models.answer = () => labelSeen("47 g");
    const response = await ask();
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { status: "failed", failure_code: "label_not_found", nutritional_fields: {} },
    ]);
  });

  it.each<[string, () => unknown]>([
    [
      "the models are down",
      () => {
        throw new Error("3040: Capacity temporarily exceeded, please try again.");
      },
    ],
    [
      "the models take longer than the client waits",
      () => new Promise((resolve) => setTimeout(() => resolve(labelSeen()), 2_000)),
    ],
  ])("is a 503 while %s, and leaves nothing to be tried", async (_, answer) => {
    const before = await stored();
    models.answer = answer;
    const response = await ask("?max_duration_seconds=1");
    expect([response.status, await response.json()]).toMatchObject([503, { code: "temporarily_unavailable" }]);
    expect(response.headers.get("retry-after")).toBe("10");
    expect(await stored()).toEqual(before);
  });
});

describe("the photo of a label that becomes a record", () => {
  it.each([PATH, `/v3${PATH}`])("is answered with what the label says: %s", async (path) => {
    const response = await send("", path);
    const label = await response.json<LabelBody>();
    expect(response.status, JSON.stringify(label)).toBe(200);
    expect(label).toEqual({ ...READ, record_id: expect.any(String), warnings: expect.any(Array) });
    expect(response.headers.get("location")).toBe(`${BASE}/nutrition_records/${label.record_id}`);
    expect(response.headers.get("retry-after")).toBeNull();
  });

  it("is a record of one product, with its webhook", async () => {
    const { record_id: id } = await (await send("?include_ingredients=true")).json<LabelBody>();
    const record = await readRecord(ada, id);
    const { name, serving_size, unit, nutritional_fields } = READ;
    expect(record).toMatchObject({
      status: "completed",
      input_type: "label",
      dish_name: name,
      serving_size,
      unit,
      nutritional_fields,
      ingredients: [{ name, serving_size, unit, nutritional_fields }],
      analysis: { models: ["@test/scripted"], cached: false, energy_kcal_range: [372, 372] },
    });
    await vi.waitFor(() => expect(webhooksOf(id)).toEqual([record]));
  });

  it("may come in JSON and in a form", async () => {
    const headers = { ...ada, "content-type": "application/json" };
    const inJson = await call(PATH, { method: "POST", headers, body: JSON.stringify({ body: photo.toBase64() }) });
    const form = new FormData();
    form.set("image", new Blob([photo]), "label.jpg");
    form.set("include_nutrition_fields", "sodium_mg");
    const inForm = await call(PATH, { method: "POST", headers: ada, body: form });
    expect(await inJson.json()).toMatchObject(READ);
    expect(await inForm.json()).toMatchObject({ ...READ, nutritional_fields: { sodium_mg: 8 } });
  });

  it("with `wait_on_process: false` takes the way of a meal: pending at once, then completed, with its webhook", async () => {
    const response = await send("?wait_on_process=false");
    const accepted = await response.json<LabelBody>();
    expect(response.status).toBe(202);
    expect(accepted).toEqual({
      record_id: expect.any(String),
      status: "pending",
      uploaded_at: expect.stringMatching(/Z$/),
    });
    expect(response.headers.get("retry-after")).toBe("2");
    const record = await finalRecord(ada, accepted.record_id);
    expect(record).toMatchObject({ status: "completed", input_type: "label", dish_name: "Oat Flakes" });
    await vi.waitFor(() => expect(webhooksOf(accepted.record_id)).toEqual([record]));
  });

  it("that takes longer than the client waits is answered without values, and read all the same", async () => {
    models.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_400));
      return labelSeen();
    };
    const response = await send("?max_duration_seconds=1");
    const label = await response.json<LabelBody>();
    expect([response.status, label.status]).toEqual([202, "processing"]);
    expect(label).toMatchObject({ name: null, serving_size: null, unit: null, nutritional_fields: {} });
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await finalRecord(ada, label.record_id)).toMatchObject({ status: "completed", dish_name: "Oat Flakes" });
  });

  it("whose name is not printed has none, and its record a plain one", async () => {
    const nameless = JSON.stringify(labelSeen()).replace(String.raw`\"Oat Flakes\"`, "null");
    models.answer = () => JSON.parse(nameless) as unknown;
    const label = await (await send()).json<LabelBody>();
    expect(label).toMatchObject({ ...READ, name: null });
    expect(await readRecord(ada, label.record_id)).toMatchObject({ dish_name: "packaged food" });
  });
});

describe("the photo of a label that cannot be read", () => {
  const noLabel = { choices: [{ message: { content: '{"label_present":false,"product_name":null,"rows":[]}' } }] };

  it.each<[string, () => unknown, string, string]>([
    ["inconsistent", () => labelSeen("47 g"), "label_not_found", "is inconsistent: its energy is 372 kcal"],
    ["is not there", () => noLabel, "label_not_found", "No nutrition label was found"],
    [
      "is in a photo that no model can open",
      () => {
        throw new Error("3010: Invalid or incomplete input");
      },
      "image_unreadable",
      "could not be read",
    ],
  ])("because it %s is answered with the reason", async (_, answer, code, reason) => {
    models.answer = answer;
    const response = await send();
    const label = await response.json<LabelBody>();
    expect([response.status, label.status]).toEqual([200, "failed"]);
    expect(label).toMatchObject({
      name: null,
      serving_size: null,
      unit: null,
      nutritional_fields: {},
      failure_code: code,
      failure_reason: expect.stringContaining(reason),
    });
    expect(await readRecord(ada, label.record_id)).toMatchObject({ status: "failed", failure_code: code });
    await vi.waitFor(() => expect(webhooksOf(label.record_id)).toHaveLength(1));
  });

  it("because the models are down is left to the queue, which tries again", async () => {
    const delays = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValue({ metadata: { metrics: {} } } as never);
    models.answer = () => {
      throw new Error("3040: Capacity temporarily exceeded, please try again.");
    };
    const response = await send();
    expect([response.status, (await response.json<LabelBody>()).status]).toEqual([202, "processing"]);
    const [safetyNet, retry] = delays.mock.calls.map(([, options]) => options?.delaySeconds);
    expect(safetyNet).toBe(90);
    // Five seconds, spread by a fifth either way, in whole seconds.
    expect([4, 5, 6]).toContain(retry);
  });

  it("because its photo is gone ends as image_unreadable", async () => {
    vi.spyOn(env.PHOTOS, "get").mockResolvedValue(null);
    expect(await (await send()).json()).toMatchObject({ status: "failed", failure_code: "image_unreadable" });
  });
});

describe("the record of a label", () => {
  it("is read again when asked, and tells that a hint did not help", async () => {
    const { record_id: id } = await (await send()).json<LabelBody>();
    models.answer = () => labelSeen("7.6 g");
    const headers = { ...ada, "content-type": "application/json" };
    const body = JSON.stringify({ hint: "it is oats" });
    expect((await call(`/nutrition_records/${id}/reanalyze`, { method: "POST", headers, body })).status).toBe(202);
    await vi.waitFor(async () =>
      expect(await readRecord(ada, id)).toMatchObject({
        status: "updated",
        input_type: "label",
        nutritional_fields: { fat_total_g: 7.6 },
        analysis: { warnings: expect.arrayContaining([expect.stringContaining("hint was not used")]) },
      }),
    );
  });

  it("follows another portion, and is found in the list and in the day's summary", async () => {
    const { record_id: id } = await (await send("?consumed_at=2026-03-01T12:00:00Z")).json<LabelBody>();
    const headers = { ...ada, "content-type": "application/json" };
    const change = { method: "PATCH", headers, body: JSON.stringify({ serving_size: 50 }) };
    expect(await (await call(`/nutrition_records/${id}`, change)).json()).toMatchObject({
      nutritional_fields: { energy_kcal: 186, fat_total_g: 3.7 },
    });
    const listed = await call("/nutrition_records?input_type=label&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z", {
      headers: ada,
    });
    expect(await listed.json()).toMatchObject([{ record_id: id }]);
    const summary = await call("/nutrition_records/summary?day=2026-03-01&user_time_offset_minutes=0", {
      headers: ada,
    });
    expect(await summary.json()).toMatchObject({ records: 1, nutritional_fields: { energy_kcal: 186 } });
  });

  it("is nobody else's", async () => {
    const { record_id: id } = await (await send()).json<LabelBody>();
    const grace = await logIn(await createApplication(), "grace");
    expect((await call(`/nutrition_records/${id}`, { headers: grace })).status).toBe(404);
  });

  it("is not made without a token", async () => {
    const before = await stored();
    const response = await call(PATH, { method: "POST", headers: { "content-type": "image/jpeg" }, body: photo });
    expect(response.status).toBe(401);
    expect(await stored()).toEqual(before);
  });
});
