import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { chooseOffered } from "../../src/nutrition/choose-food.ts";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { models } from "../support/worker/scripted-models.ts";
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

interface Analyzed {
  dish_name: string;
  serving_size: number;
  nutritional_fields: Record<string, number>;
  ingredients: { name: string; serving_size: number; nutritional_fields: Record<string, number> }[];
  analysis: {
    confidence: number;
    energy_kcal_range: [number, number];
    warnings: string[];
    ingredients: {
      confidence: number | null;
      food_source: { table: string; id: string } | null;
      alternatives: { name: string; table: string; id: string }[];
    }[];
  };
}

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
let ada: { authorization: string };
let id: string;

const foods = [
  { name: "chicken breast", measure: "1", grams: 150, grams_low: 120, grams_high: 190, confidence: 0.9 },
  { name: "white rice", measure: "1 cup", grams: 160, grams_low: 120, grams_high: 220, confidence: 0.6 },
];

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(async () => {
  listenForWebhooks();
  const recognition = { food_present: true, dish_name: "chicken with rice", description: null, foods };
  models.answer = () => ({ choices: [{ message: { content: JSON.stringify(recognition) } }] });
  const response = await upload(ada, photo, "?include_ingredients=true");
  id = (await response.json<{ record_id: string }>()).record_id;
  await finalRecord(ada, id);
});

const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(`/nutrition_records/${id}${path}`, { method, headers: { ...ada, ...headers }, body: JSON.stringify(body) });
const correct = (n: number | string, body: unknown, headers?: Record<string, string>) =>
  send("PATCH", `/ingredients/${n}`, body, headers);
async function corrected(n: number, body: unknown): Promise<Analyzed> {
  const response = await correct(n, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
}
const read = async () => (await readRecord(ada, id)) as unknown as Analyzed;
const etagNow = async () => (await call(`/nutrition_records/${id}`, { headers: ada })).headers.get("etag") ?? "";

describe("correcting an ingredient", () => {
  it("of another size rescales it, and the totals, the energy range and the status follow", async () => {
    const before = await read();
    const after = await corrected(1, { serving_size: 80 });
    expect(after).toMatchObject({ status: "updated", serving_size: 230, ingredients: [before.ingredients[0], {}] });
    const [chicken, rice] = after.ingredients;
    expect(rice?.nutritional_fields["carbohydrate_g"]).toBeCloseTo(
      (before.ingredients[1]?.nutritional_fields["carbohydrate_g"] ?? 0) / 2,
      0,
    );
    expect(after.nutritional_fields["energy_kcal"]).toBeCloseTo(
      (chicken?.nutritional_fields["energy_kcal"] ?? 0) + (rice?.nutritional_fields["energy_kcal"] ?? 0),
      -0.5,
    );
    expect(after.analysis.confidence).toBeGreaterThan(before.analysis.confidence);
    expect(after.analysis.energy_kcal_range[1]).toBeLessThan(before.analysis.energy_kcal_range[1]);
    expect(await read()).toEqual(after);
  });

  it("under another name looks it up: nutrients, source and alternatives are the new food's", async () => {
    const before = await read();
    const after = await corrected(1, { name: "broccoli" });
    expect(after.ingredients[1]).toMatchObject({ name: "broccoli", serving_size: 160 });
    expect(after.nutritional_fields["energy_kcal"]).toBeLessThan(before.nutritional_fields["energy_kcal"] ?? 0);
    expect(after.analysis.ingredients[1]).toMatchObject({
      confidence: null,
      food_source: { table: expect.any(String) },
    });
    expect(after.analysis.ingredients[1]?.food_source?.id).not.toBe(before.analysis.ingredients[1]?.food_source?.id);
  });

  it("to a dish of several foods keeps it one ingredient", async () => {
    const after = await corrected(1, { name: "club sandwich", serving_size: 300 });
    expect(after.ingredients).toHaveLength(2);
    expect(after.ingredients[1]).toMatchObject({ name: "club sandwich", serving_size: 300 });
    expect(after.analysis.ingredients[1]?.food_source).toMatchObject({ table: "morsel_dishes" });
    expect(after.ingredients[1]?.nutritional_fields["energy_kcal"]).toBeGreaterThan(100);
  });

  it("to a name that no food has keeps the name, without nutrients and with a warning", async () => {
    const after = await corrected(1, { name: "moon dust" });
    expect(after.ingredients[1]).toMatchObject({ name: "moon dust", nutritional_fields: {} });
    expect(after.nutritional_fields).toEqual(after.ingredients[0]?.nutritional_fields);
    expect(after.analysis.warnings).toContain(
      '"moon dust" is not in the food table and is not included in the totals.',
    );
  });

  it("takes one of the alternatives by its id, and no other food", async () => {
    const [chicken] = (await read()).analysis.ingredients;
    const offered = chicken?.alternatives[0];
    const { table, id: foodId, name } = offered ?? { table: "", id: "", name: "" };
    const after = await corrected(0, { food_source: { table, id: foodId } });
    expect(after.ingredients[0]?.name).toBe(name);
    expect(after.analysis.ingredients[0]?.food_source).toMatchObject({ table, id: foodId });
    const other = await correct(0, { food_source: { table: "usda_sr_legacy", id: "00000" } });
    expect(await other.json()).toMatchObject({ status: 422, errors: [{ location: "body.food_source" }] });
  });

  it("finds every food again that it offers as an alternative", async () => {
    const table = createFoodTable(createDatabase(env.DB));
    const offered = (await read()).analysis.ingredients.flatMap(({ alternatives }) => alternatives);
    expect(offered.length).toBeGreaterThan(3);
    for (const food of offered) {
      const { foodSource, per100g } = await chooseOffered(table, food.name, food);
      expect(foodSource).toMatchObject({ table: food.table, id: food.id });
      expect(per100g?.energy_kcal).toBeGreaterThanOrEqual(0);
    }
  });

  it("removes it, but never the last one", async () => {
    const after = await corrected(0, { remove: true });
    expect(after.ingredients.map(({ name }) => name)).toEqual(["white rice"]);
    expect(after).toMatchObject({ serving_size: 160 });
    expect(await (await correct(0, { remove: true })).json()).toMatchObject({ status: 409, code: "last_ingredient" });
    expect(await read()).toEqual(after);
  });

  it("goes together with a portion: sizes are as shown, and the portion stays", async () => {
    await send("PATCH", "", { serving_size: 620 });
    const after = await corrected(0, { serving_size: 150 });
    expect(after).toMatchObject({ serving_size: 620, ingredients: [{ serving_size: 150 }, { serving_size: 320 }] });
    const back = await (await send("PATCH", "", { serving_size: 310 })).json<Analyzed>();
    expect(back).toMatchObject({ serving_size: 310, ingredients: [{ serving_size: 75 }, { serving_size: 160 }] });
  });

  it.each([
    {},
    { serving_size: 0 },
    { serving_size: "10" },
    { name: "" },
    { name: 7 },
    { remove: "yes" },
    { remove: true, serving_size: 10 },
    { food_source: "05064" },
    { unit: "ml" },
  ])("is refused as %j", async (body) => {
    expect(await (await correct(0, body)).json()).toMatchObject({ status: 422, code: "invalid_request" });
    expect(await read()).toMatchObject({ status: "completed" });
  });

  it.each(["2", "999", "-1", "one", "0.5"])("that the record does not have (%s) answers 404", async (n) => {
    expect(await (await correct(n, { serving_size: 10 })).json()).toMatchObject({ status: 404, code: "not_found" });
  });

  it("is made only of the version that If-Match names", async () => {
    const etag = await etagNow();
    expect((await correct(0, { serving_size: 10 }, { "if-match": etag })).status).toBe(200);
    expect(await (await correct(0, { serving_size: 20 }, { "if-match": etag })).json()).toMatchObject({
      code: "version_mismatch",
    });
    expect((await read()).ingredients[0]).toMatchObject({ serving_size: 10 });
  });
});

const soup = { dish_name: "lentil soup", serving_size: 350, unit: "g", nutritional_fields: { energy_kcal: 310 } };

describe("replacing a record", () => {
  it("keeps its id, photo and upload time, and has only what was typed", async () => {
    const before = await readRecord(ada, id);
    const after = await (await send("PUT", "", { ...soup, metadata: { table: "4" } })).json<Record<string, unknown>>();
    expect(after).toMatchObject({
      record_id: id,
      status: "updated",
      input_type: "manual",
      dish_name: "lentil soup",
      serving_size: 350,
      nutritional_fields: { energy_kcal: 310 },
      ingredients: [],
      metadata: { table: "4" },
      uploaded_at: before["uploaded_at"],
      consumed_at: before["consumed_at"],
    });
    expect(after).not.toHaveProperty("analysis");
    expect(await readRecord(ada, id)).toEqual(after);
    expect((await env.PHOTOS.list()).objects.some(({ key }) => key.endsWith(id))).toBe(true);
  });

  it("forgets the portion that was set before, and takes a new one", async () => {
    await send("PATCH", "", { serving_size: 10 });
    expect(await (await send("PUT", "", soup)).json()).toMatchObject({ serving_size: 350 });
    const scaled = await send("PATCH", "", { serving_size: 175 });
    expect(await scaled.json()).toMatchObject({ serving_size: 175, nutritional_fields: { energy_kcal: 155 } });
  });

  it("keeps typed totals when an ingredient is corrected, and derives the others", async () => {
    const rice = {
      name: "rice",
      serving_size: 100,
      unit: "g",
      nutritional_fields: { energy_kcal: 130, protein_g: 2.4 },
    };
    await send("PUT", "", { ...soup, ingredients: [rice, { ...rice, name: "beans" }] });
    const after = await corrected(0, { serving_size: 200 });
    expect(after.nutritional_fields).toEqual({ energy_kcal: 310, protein_g: 7.2 });
    expect(after.serving_size).toBe(350);
  });

  it("carries a content that is larger than any header", async () => {
    const ingredients = Array.from({ length: 100 }, (_, n) => ({
      name: `${"ä".repeat(190)} ${n}`,
      serving_size: 1,
      unit: "g",
    }));
    const after = await (await send("PUT", "", { ...soup, ingredients })).json<Analyzed>();
    expect(after.ingredients).toHaveLength(100);
    expect(after.ingredients[99]?.name).toBe(ingredients[99]?.name);
  });

  it.each(["dish_name", "serving_size", "unit"])("needs %s", async (field) => {
    const response = await send("PUT", "", { ...soup, [field]: undefined });
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ location: `body.${field}` }] });
    expect(await read()).toMatchObject({ status: "completed" });
  });

  it("is done only to the version that If-Match names", async () => {
    const etag = await etagNow();
    expect((await send("PUT", "", soup, { "if-match": etag })).status).toBe(200);
    expect((await send("PUT", "", soup, { "if-match": etag })).status).toBe(412);
  });
});

describe("a record that is not complete", () => {
  it.each<[string, (id: string) => Promise<unknown>, RegExp]>([
    ["pending", async () => undefined, /wait for its analysis to finish/i],
    ["canceled", (pending) => sequencer.cancel(pending), /POST \/nutrition_records\/manual/],
  ])("is neither replaced nor corrected while it is %s, and is told what to do", async (status, lead, advice) => {
    id = await uploadUnheard(ada, photo);
    await lead(id);
    const answers = [
      await send("PUT", "", soup),
      await correct(0, { serving_size: 10 }),
      await correct(0, { remove: true }),
    ];
    for (const answer of answers) {
      const told = await answer.json<{ detail: string }>();
      expect(told).toMatchObject({ status: 409, code: "not_complete" });
      expect(told.detail).toMatch(advice);
    }
    await expect.poll(async () => (await readRecord(ada, id)).status).toBe(status);
  });
});
