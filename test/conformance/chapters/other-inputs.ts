import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../morsel.ts";
import { chapter } from "../sentence.ts";

/** Rendered for this project; per serving and per 100 g, the second with decimal commas, kilojoules and salt. */
const US_LABEL = "labels/us-yogurt--arimo--turn-3.jpg";
const EU_LABEL = "labels/de-muesli--tinos--turn-3.jpg";

export const otherInputs = chapter("Manual, text and label", {
  "A manual record is a 201 and completed at once.": async (morsel) => {
    const user = await morsel.logIn();
    const response = await morsel.manual(user, { metadata: { from: "diary" } });
    assert.equal(response.body.status, "completed");
    assert.equal(response.body.input_type, "manual");
    assert.deepEqual(response.body.metadata, { from: "diary" });
    assert.deepEqual((await morsel.record(user, response.body.record_id)).body, response.body);
  },
  "A portion is at least 0.01 and in g, mg, mcg, ml or kcal.": async (morsel) => {
    const user = await morsel.logIn();
    const content = { dish_name: "soup", serving_size: 1, unit: "g", nutritional_fields: {} };
    for (const change of [{ serving_size: 0.001 }, { unit: "oz" }, { serving_size: "much" }]) {
      assertProblem(await morsel.send("POST", "/nutrition_records/manual", user, { ...content, ...change }), 422);
    }
    for (const unit of ["g", "mg", "mcg", "ml", "kcal"]) await morsel.manual(user, { unit });
  },
  "Salt is turned into sodium, whatever its unit.": async (morsel) => {
    const user = await morsel.logIn();
    for (const [name, amount] of [
      ["salt_g", 2.5],
      ["salt_mg", 2500],
      ["sodium_g", 1],
      ["sodium_mg", 1000],
    ] as const) {
      const { body } = await morsel.manual(user, { nutritional_fields: { energy_kcal: 1, [name]: amount } });
      assert.equal(body.nutritional_fields.sodium_mg, 1000, name);
    }
  },
  "A sentence takes the same asynchronous way as a photo.": async (morsel) => {
    const user = await morsel.logIn();
    const text = "two eggs and a slice of toast with butter";
    const response = await morsel.send("POST", "/nutrition_records/text", user, { text, include_ingredients: true });
    assert.equal(response.status, 202, response.text);
    assert.equal(response.body.status, "pending");
    const { body } = await morsel.finalRecord(user, response.body.record_id);
    assert.equal(body.status, "completed", JSON.stringify(body));
    assert.equal(body.input_type, "text");
    assert.equal(body.ingredients.length, 3);
    assert.ok(body.nutritional_fields.energy_kcal > 150 && body.nutritional_fields.energy_kcal < 500);
  },
  "A sentence has at most 1,000 characters.": async (morsel) =>
    assertProblem(
      await morsel.send("POST", "/nutrition_records/text", await morsel.logIn(), { text: "x".repeat(1001) }),
      422,
    ),
  "A label is answered at once with its name, portion, nutrients and status.": async (morsel) => {
    const response = await morsel.label(await morsel.logIn(), US_LABEL);
    assert.equal(response.status, 200, response.text);
    const { name, serving_size, unit, nutritional_fields, status, failure_reason } = response.body;
    assert.deepEqual([status, failure_reason], ["completed", null], response.text);
    assert.equal(name, null, "no name is printed");
    assert.deepEqual([serving_size, unit], [170, "g"]);
    assert.equal(nutritional_fields.energy_kcal, 140);
    assert.equal(nutritional_fields.sodium_mg, 65);
  },
  "A label of the EU is read per 100 g, its salt as sodium and its carbohydrate with its fibre.": async (morsel) => {
    const { body } = await morsel.label(await morsel.logIn(), EU_LABEL);
    assert.deepEqual([body.status, body.serving_size, body.unit], ["completed", 100, "g"], JSON.stringify(body));
    const { energy_kcal, fat_total_g, carbohydrate_g, sodium_mg } = body.nutritional_fields;
    assert.deepEqual([energy_kcal, fat_total_g, carbohydrate_g, sodium_mg], [372, 7.4, 68.3, 88]);
  },
  "A photo without a label is answered as failed, with the reason and nothing made up.": async (morsel) => {
    const response = await morsel.label(await morsel.logIn(), "orange.jpg");
    assert.equal(response.status, 200, response.text);
    for (const name of ["name", "serving_size", "unit", "nutritional_fields", "status", "failure_reason"]) {
      assert.ok(name in response.body, name);
    }
    assert.deepEqual([response.body.status, response.body.failure_code], ["failed", "label_not_found"]);
    assert.ok(response.body.failure_reason.length > 10);
    assert.deepEqual(response.body.nutritional_fields, {});
  },
  "A label that nobody waits for is a record like any other, with its webhook.": async (morsel) => {
    const path = `/label-${randomUUID()}`;
    const user = await morsel.logIn("ada", await morsel.createApplication({ webhook_url: morsel.receiver.url(path) }));
    const response = await morsel.label(user, US_LABEL, "?wait_on_process=false");
    assert.equal(response.status, 202, response.text);
    assert.equal(response.body.status, "pending");
    const { body } = await morsel.finalRecord(user, response.body.record_id);
    assert.deepEqual([body.status, body.input_type], ["completed", "label"], JSON.stringify(body));
    assert.equal(body.nutritional_fields.energy_kcal, 140);
    const [webhook] = await morsel.receiver.webhooks(path, 1);
    assert.deepEqual(JSON.parse(webhook?.body.toString() ?? ""), body);
  },
});
