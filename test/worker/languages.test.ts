import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { buildTranslation } from "../../src/analysis/translation/translation-model.ts";
import { jpeg } from "../support/images.ts";
import { earlierAnalyses } from "../support/worker/earlier-analyses.ts";
import { models } from "../support/worker/scripted-models.ts";
import { call, createApplication, finalRecord, logIn, readRecord, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

/** What Workers AI's types say of the model. */
type M2m100 = AiModels["@cf/meta/m2m100-1.2b"];
const TRANSLATOR = "@test/translator";
const photo = jpeg({ width: 1024, height: 768 });
let ada: { authorization: string };
let webhooks: ReceivedWebhook[];

interface Translated {
  record_id: string;
  status: string;
  dish_name: string;
  dish_name_translated?: string | null;
  dish_description_translated?: string | null;
  ingredients: { name: string; name_translated?: string | null; nutritional_fields: Record<string, number> }[];
  analysis: { warnings: string[]; cached: boolean; timings_ms: Record<string, number> };
}

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => void (webhooks = listenForWebhooks()));
afterEach(() => vi.restoreAllMocks());

/** What the vision model sees, and what the translation model makes of a text. */
function script(dishName: string, foods: string[], translate: (text: string) => unknown, description?: string): void {
  const seen = foods.map((name) => ({ name, measure: "1", grams: 100, confidence: 0.9 }));
  const recognition = { food_present: true, dish_name: dishName, description: description ?? null, foods: seen };
  models.answer = (model, input) =>
    model === TRANSLATOR
      ? translate(String(input["text"]))
      : { choices: [{ message: { content: JSON.stringify(recognition) } }] };
}
const inGerman = (text: string): M2m100["postProcessedOutputs"] => ({ translated_text: `${text} auf Deutsch` });
const down = () => {
  throw new Error("3040: Capacity temporarily exceeded");
};

const translationsAsked = () => models.calls.filter(({ model }) => model === TRANSLATOR).map(({ input }) => input);

/** Uploads and reads the finished record, with its ingredients. */
async function analyzed(query: string): Promise<Translated> {
  const response = await upload(ada, photo, `?include_ingredients=true&${query}`);
  const { record_id: id } = await response.json<{ record_id: string }>();
  return (await finalRecord(ada, id)) as never;
}

async function analyzedText(text: string): Promise<Translated> {
  const body = JSON.stringify({ text, language_code: "de", include_ingredients: true });
  const response = await call("/nutrition_records/text", { method: "POST", headers: ada, body });
  const { record_id: id } = await response.json<{ record_id: string }>();
  return (await finalRecord(ada, id)) as never;
}

const correct = async (id: string, body: unknown): Promise<Translated> =>
  (
    await call(`/nutrition_records/${id}/ingredients/0`, { method: "PATCH", headers: ada, body: JSON.stringify(body) })
  ).json();

describe("a photo with a language", () => {
  it("has names in it, in the record and in the webhook, and no model is asked for usual ones", async () => {
    const record = await analyzed("language_code=de");
    expect(record).toMatchObject({
      status: "completed",
      dish_name: "apple",
      dish_name_translated: "Apfel",
      ingredients: [{ name: "apple", name_translated: "Apfel" }],
      analysis: { warnings: [], timings_ms: { translate: expect.any(Number) } },
    });
    expect(translationsAsked()).toEqual([]);
    const ofRecord = () => webhooks.find(({ body }) => body.includes(record.record_id));
    await vi.waitFor(() => expect(ofRecord()).toBeDefined());
    expect(JSON.parse(ofRecord()?.body ?? "")).toMatchObject({ dish_name_translated: "Apfel" });
  });

  it.each(["", "language_code=en"])("has no such fields when it asks for none (%j)", async (query) => {
    const record = await analyzed(query);
    expect(record).not.toHaveProperty("dish_name_translated");
    expect(record.analysis.timings_ms).not.toHaveProperty("translate");
    expect(record).not.toHaveProperty("dish_description_translated");
    expect(record.ingredients[0]).not.toHaveProperty("name_translated");
  });

  it("names a dish's components and a plate of several foods", async () => {
    script("Caesar salad and orange", ["Caesar salad", "orange"], inGerman);
    const record = await analyzed("language_code=ja");
    expect(record.dish_name_translated).toBe("シーザーサラダ、オレンジ");
    expect(record.ingredients.length).toBeGreaterThan(2);
    expect(
      record.ingredients.every(({ name_translated: name }) => /\p{Script=Katakana}|\p{Script=Han}/u.test(name ?? "")),
    ).toBe(true);
    expect(translationsAsked()).toEqual([]);
  });

  it("completes without the names that nobody knows, and says which", async () => {
    const record = await analyzed("language_code=xx");
    expect(record).toMatchObject({
      status: "completed",
      dish_name: "apple",
      dish_name_translated: null,
      ingredients: [{ name_translated: null }],
      analysis: { warnings: ['No name in "xx" was found for: apple.'] },
    });
    expect(translationsAsked()).toEqual([]);
  });
});

describe("the translation model", () => {
  it("is asked as Workers AI's types say", () => {
    expectTypeOf(buildTranslation).returns.toExtend<M2m100["inputs"]>();
    const input: M2m100["inputs"] = buildTranslation("quince", "de");
    expect(input).toEqual({ text: "quince", source_lang: "en", target_lang: "de" });
  });

  it("is asked for what the dictionary lacks, once for all records", async () => {
    script("quince stew", ["quince", "apple"], inGerman);
    const first = await analyzed("language_code=de");
    expect(first).toMatchObject({
      dish_name_translated: "quince stew auf Deutsch",
      ingredients: [{ name_translated: "quince auf Deutsch" }, { name_translated: "Apfel" }],
      analysis: { warnings: expect.not.arrayContaining([expect.stringContaining("No name")]) },
    });
    const asked = translationsAsked();
    expect(asked.map(({ text }) => String(text)).toSorted()).toEqual(["quince", "quince stew"]);
    const row = await env.DB.prepare("SELECT model_calls FROM records WHERE id = ?")
      .bind(first.record_id)
      .first<{ model_calls: string }>();
    expect(JSON.parse(row?.model_calls ?? "[]")).toMatchObject(
      ["@test/scripted", TRANSLATOR, TRANSLATOR].map((model) => ({ model, outcome: "answered" })),
    );
    const again = await analyzed("language_code=de");
    expect(again.dish_name_translated).toBe("quince stew auf Deutsch");
    expect(translationsAsked()).toEqual(asked);
    await analyzed("language_code=fr");
    expect(translationsAsked()).toHaveLength(4);
  });

  it("translates the description when the upload asks for one", async () => {
    const german = (text: string) => ({ translated_text: text === "A ripe apple." ? "Ein reifer Apfel." : "?" });
    script("apple", ["apple"], german, "A ripe apple.");
    const record = await analyzed("language_code=de&include_dish_description=true");
    expect(record).toMatchObject({
      dish_description: "A ripe apple.",
      dish_description_translated: "Ein reifer Apfel.",
      analysis: { warnings: [] },
    });
    expect(await analyzed("language_code=de")).not.toHaveProperty("dish_description_translated");
    expect(translationsAsked()).toHaveLength(1);
  });

  it("that is down costs a record its unusual names only, and a warning says so", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    script("medlar", ["medlar", "apple"], down);
    const record = await analyzed("language_code=de");
    expect(record).toMatchObject({
      status: "completed",
      dish_name_translated: null,
      ingredients: [{ name_translated: null }, { name_translated: "Apfel" }],
    });
    expect(record.analysis.warnings).toEqual(
      expect.arrayContaining([
        'No name in "de" was found for: medlar.',
        expect.stringContaining("The translation model did not respond"),
      ]),
    );
  });

  it.each<[string, unknown]>([
    ["empty", ""],
    ["very long", "Mispel ".repeat(1_000)],
    ["HTML", "<img src=x onerror=alert(1)>"],
    ["prose", "Sure! Here is the translation: Mispel"],
    ["no text", { text: "Mispel" }],
  ])("whose answer is %s gives no name", async (_, translated) => {
    script("sorb apple", ["apple"], () => ({ translated_text: translated }));
    const record = await analyzed("language_code=de");
    expect(record).toMatchObject({
      status: "completed",
      dish_name_translated: null,
      analysis: { warnings: ['No name in "de" was found for: sorb apple.'] },
    });
  });

  it("completes an earlier analysis of the same photo that it was down for", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    earlierAnalyses.areRemembered = true;
    script("salsify", ["apple"], down, "White roots.");
    const first = await analyzed("language_code=it&include_dish_description=true");
    expect(first).toMatchObject({ dish_name_translated: null, dish_description_translated: null });
    expect(first.analysis.warnings.join()).toMatch(/No name.*description could not/);
    script("salsify", ["apple"], () => ({ translated_text: "scorzobianca" }), "White roots.");
    const record = await analyzed("language_code=it");
    expect(record.analysis.cached).toBe(true);
    expect(record.dish_name_translated).toBe("scorzobianca");
    expect(record.analysis.warnings.join()).not.toMatch(/No name|did not answer|description/);
  });
});

describe("a photo analyzed again with the user's hint", () => {
  it("has its names translated, and those are not kept for others", async () => {
    script("cloudberry", ["apple"], inGerman);
    const { record_id: id } = await analyzed("language_code=pt");
    script("bearberry", ["apple"], inGerman);
    await call(`/nutrition_records/${id}/reanalyze`, {
      method: "POST",
      headers: ada,
      body: JSON.stringify({ hint: "a bearberry" }),
    });
    await vi.waitFor(async () =>
      expect(await readRecord(ada, id)).toMatchObject({ dish_name_translated: "bearberry auf Deutsch" }),
    );
    await analyzed("language_code=pt");
    expect(translationsAsked().map(({ text }) => text)).toEqual(["cloudberry", "bearberry", "bearberry"]);
  });
});

describe("a meal in words with a language", () => {
  it("has names in it, for the food that the user means", async () => {
    expect(await analyzedText("two eggs and 50 g of bread")).toMatchObject({
      dish_name: "eggs and bread",
      dish_name_translated: "Eier und Brot",
      ingredients: [{ name_translated: "Eier" }, { name_translated: "Brot" }],
    });
    expect(translationsAsked()).toEqual([]);
  });

  it("has its own words translated for itself alone, and only those that name a food", async () => {
    script("", [], inGerman);
    const words = "100 g of seared tuna belly and 20 g of Grandma's zorg";
    const record = await analyzedText(words);
    const names = translationsAsked().map(({ text }) => text);
    expect(record.status).toBe("completed");
    expect(names.some((name) => /tuna belly/.test(String(name)))).toBe(true);
    expect(names.filter((name) => /zorg/.test(String(name)))).toEqual([]);
    await analyzedText(words);
    expect(translationsAsked()).toHaveLength(2 * names.length);
  });
});

describe("a label with a language", () => {
  it("keeps the name that is printed on it, in whatever language that is", async () => {
    const response = await call(
      "/nutrition_records/ingredients/label?create_record=true&language_code=de&include_ingredients=true",
      {
        method: "POST",
        headers: { ...ada, "content-type": "image/jpeg", "content-length": String(photo.length) },
        body: photo,
      },
    );
    const { record_id: id } = await response.json<{ record_id: string }>();
    expect(await readRecord(ada, id)).toMatchObject({
      status: "completed",
      dish_name: "Oat Flakes",
      dish_name_translated: null,
      ingredients: [{ name_translated: null }],
    });
    expect(translationsAsked()).toEqual([]);
  });
});

describe("a corrected ingredient", () => {
  it("has the other food's name, never the old one's, and its dish is named like it", async () => {
    const { record_id: id } = await analyzed("language_code=de");
    expect(await correct(id, { name: "banana" })).toMatchObject({
      dish_name: "banana",
      dish_name_translated: "Banane",
      ingredients: [{ name: "banana", name_translated: "Banane" }],
    });
  });

  it("keeps its name when only its size changes", async () => {
    const { record_id: id } = await analyzed("language_code=de");
    expect(await correct(id, { serving_size: 50 })).toMatchObject({
      dish_name_translated: "Apfel",
      ingredients: [{ name_translated: "Apfel" }],
    });
  });

  it("that no food is known by has no translated name, and the warning follows", async () => {
    const { record_id: id } = await analyzed("language_code=de");
    const zorg = await correct(id, { name: "zorg" });
    expect(zorg).toMatchObject({
      dish_name: "zorg",
      dish_name_translated: null,
      ingredients: [{ name_translated: null }],
    });
    expect(zorg.analysis.warnings).toContain('No name in "de" was found for: zorg.');
    expect(translationsAsked()).toEqual([]);
    const banana = await correct(id, { name: "banana" });
    expect(banana.analysis.warnings.join()).not.toContain("zorg");
  });

  it("that only the food table knows is put to the model", async () => {
    const { record_id: id } = await analyzed("language_code=de");
    script("", [], () => ({ translated_text: "reifer Apfel" }));
    expect(await correct(id, { name: "ripe juicy apple" })).toMatchObject({
      ingredients: [{ name: "ripe juicy apple", name_translated: "reifer Apfel" }],
    });
  });
});

describe("a record that a user typed over", () => {
  it("has that user's words, and nobody else's translation of the old ones", async () => {
    const { record_id: id } = await analyzed("language_code=de");
    const body = {
      dish_name: "Apfelkuchen",
      serving_size: 100,
      unit: "g",
      ingredients: [{ name: "apple", serving_size: 50, unit: "g" }],
    };
    await call(`/nutrition_records/${id}`, { method: "PUT", headers: ada, body: JSON.stringify(body) });
    expect(await readRecord(ada, id)).toMatchObject({
      dish_name: "Apfelkuchen",
      dish_name_translated: null,
      ingredients: [{ name: "apple", name_translated: null }],
    });
  });
});
