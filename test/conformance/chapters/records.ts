import assert from "node:assert/strict";
import { assertProblem, TIME } from "../morsel.ts";
import { chapter } from "../sentence.ts";

const BASIC = ["carbohydrate_g", "energy_kcal", "fat_total_g", "protein_g"];
const ALL_29 =
  "energy_kcal carbohydrate_g protein_g fat_total_g fat_saturated_g fat_polyunsaturated_g fat_monounsaturated_g fat_trans_g sugars_total_g fiber_total_dietary_g cholesterol_mg sodium_mg potassium_mg calcium_mg iron_mg magnesium_mg phosphorus_mg zinc_mg vitamin_a_rae_mcg vitamin_c_mg vitamin_d_mcg vitamin_e_mg vitamin_k_mcg thiamin_mg riboflavin_mg niacin_mg vitamin_b6_mg folate_mcg vitamin_b12_mcg".split(
    " ",
  );
const isOneDecimal = (value: number): boolean => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6;

export const records = chapter("The record", {
  "A completed record has its id, status, input type, dish, portion, nutrients and times.": async (morsel) => {
    const { id, record } = await morsel.completed();
    const { body } = record;
    assert.equal(body.record_id, id);
    assert.equal(body.status, "completed");
    assert.equal(body.input_type, "image");
    assert.equal(body.dish_name, "orange");
    assert.equal(body.unit, "g");
    assert.ok(body.serving_size > 0);
    assert.equal(body.failure_reason, null);
    for (const time of ["uploaded_at", "modified_at", "consumed_at"]) assert.match(body[time], TIME);
  },
  "Without a list of nutrients it shows the four basics.": async (morsel) => {
    const { record } = await morsel.completed();
    assert.deepEqual(Object.keys(record.body.nutritional_fields).toSorted(), BASIC);
  },
  "Asked for, it shows any of the 29 nutrients, in their order, and none that the food table lacks.": async (
    morsel,
  ) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, `?include_nutrition_fields=${ALL_29.join(",")}`, "banana.jpg");
    const { body } = await morsel.finalRecord(user, id);
    const shown = Object.keys(body.nutritional_fields);
    assert.ok(shown.length > 20, shown.join());
    assert.deepEqual(
      shown,
      ALL_29.filter((name) => shown.includes(name)),
    );
    for (const value of Object.values(body.nutritional_fields)) assert.equal(typeof value, "number");
  },
  "Nutrients have one decimal, kilocalories none.": async (morsel) => {
    const { nutritional_fields: fields } = (await morsel.completed()).record.body;
    assert.ok(Number.isInteger(fields.energy_kcal));
    for (const value of Object.values(fields)) assert.ok(isOneDecimal(value as number), String(value));
  },
  "Ingredients appear when they are asked for, each with name, portion and nutrients.": async (morsel) => {
    const { ingredients } = (await morsel.completed()).record.body;
    assert.ok(ingredients.length > 0);
    for (const ingredient of ingredients) {
      assert.ok(ingredient.name && ingredient.serving_size > 0 && ingredient.unit === "g");
      assert.deepEqual(Object.keys(ingredient.nutritional_fields).toSorted(), BASIC);
    }
  },
  "Descriptions, ingredients and the Nutri-Score are absent unless they are asked for.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.finalRecord(user, await morsel.uploaded(user));
    for (const name of ["dish_description", "ingredients", "nutri_score"]) assert.ok(!(name in body), name);
  },
  "The analysis says its mode, models, confidence, energy range, warnings, timings and whether it was reused.": async (
    morsel,
  ) => {
    const { analysis } = (await morsel.completed()).record.body;
    assert.equal(analysis.mode, "precise");
    assert.ok(analysis.models.length > 0);
    assert.ok(analysis.confidence > 0 && analysis.confidence <= 1);
    assert.ok(analysis.energy_kcal_range[0] <= analysis.energy_kcal_range[1]);
    assert.ok(Array.isArray(analysis.warnings));
    assert.equal(typeof analysis.cached, "boolean");
    assert.equal(typeof analysis.timings_ms, "object");
  },
  "Every ingredient names its source in a food table, how well it matches, and the next best foods.": async (
    morsel,
  ) => {
    const { analysis } = (await morsel.completed()).record.body;
    for (const { food_source: source, alternatives, confidence } of analysis.ingredients) {
      assert.ok(source.table && source.id && source.match > 0 && source.match <= 1);
      assert.ok(Array.isArray(alternatives));
      assert.ok(confidence > 0 && confidence <= 1);
    }
  },
  "The record names its user and echoes the metadata of the upload.": async (morsel) => {
    const { record } = await morsel.completed();
    assert.match(record.body.application_user_id, /^user-/);
    assert.deepEqual(record.body.metadata, { meal: "lunch" });
  },
  "consumed_at is when the upload says, else now.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?consumed_at=2026-01-02T03:04:05%2B02:00");
    assert.equal((await morsel.record(user, id)).body.consumed_at, "2026-01-02T01:04:05.000Z");
    const { body } = (await morsel.completed()).record;
    assert.ok(Math.abs(Date.parse(body.consumed_at) - Date.parse(body.uploaded_at)) < 60_000);
  },
  "A failed record gives a code for programs and a sentence for people.": async (morsel) => {
    const { body } = (await morsel.failed()).record;
    assert.equal(body.failure_code, "no_food_found");
    assert.ok(body.failure_reason.length > 10);
  },
  "Translated names appear when another language is asked for.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?language_code=de&include_ingredients=true");
    const { body } = await morsel.finalRecord(user, id);
    assert.equal(body.dish_name, "orange");
    assert.equal(body.dish_name_translated.toLowerCase(), "orange");
    assert.ok(body.ingredients.every((ingredient: { name_translated?: string }) => ingredient.name_translated));
  },
  "Without a language_code, or for English, there are no translated names.": async (morsel) => {
    const user = await morsel.logIn();
    for (const query of ["?include_ingredients=true", "?include_ingredients=true&language_code=en"]) {
      const { body } = await morsel.finalRecord(user, await morsel.uploaded(user, query));
      assert.equal(Object.hasOwn(body, "dish_name_translated"), false);
      assert.equal(Object.hasOwn(body.ingredients[0], "name_translated"), false);
    }
  },
  "A language that nobody knows leaves translated names null, and a warning says which names.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.finalRecord(user, await morsel.uploaded(user, "?language_code=xx"));
    assert.equal(body.status, "completed");
    assert.equal(body.dish_name_translated, null);
    assert.ok(body.analysis.warnings.some((warning: string) => warning.includes('"xx"') && warning.includes("orange")));
  },
  "The stored photo can be read by its user, typed, private and never sniffed.": async (morsel) => {
    const { user, id } = await morsel.completed();
    const response = await morsel.call(`/nutrition_records/${id}/image`, { headers: user });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "image/jpeg");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(response.headers.get("cache-control") ?? "", /private/);
  },
  "A record of somebody else is answered like one that does not exist.": async (morsel) => {
    const { id } = await morsel.completed();
    const stranger = await morsel.logIn();
    const foreigner = await morsel.logIn("ada", await morsel.createApplication());
    const unknown = id.replace(/....$/, "0000");
    for (const user of [stranger, foreigner]) {
      for (const path of ["", "/status", "/image", "/events"]) {
        const answers = await Promise.all(
          [id, unknown].map((record) => morsel.call(`/nutrition_records/${record}${path}`, { headers: user })),
        );
        for (const response of answers) assertProblem(response, 404);
        assert.equal(answers[0]?.body.detail, answers[1]?.body.detail);
      }
    }
  },
});
