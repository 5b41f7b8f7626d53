import assert from "node:assert/strict";
import { assertProblem } from "../morsel.ts";
import { chapter } from "../sentence.ts";

export const otherInputs = chapter("Manual, text and label", {
  "A manual record is a 201 and completed at once.": async (morsel) => {
    const user = await morsel.logIn();
    const answer = await morsel.manual(user, { metadata: { from: "diary" } });
    assert.equal(answer.body.status, "completed");
    assert.equal(answer.body.input_type, "manual");
    assert.deepEqual(answer.body.metadata, { from: "diary" });
    assert.deepEqual((await morsel.record(user, answer.body.record_id)).body, answer.body);
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
    const answer = await morsel.send("POST", "/nutrition_records/text", user, { text, include_ingredients: true });
    assert.equal(answer.status, 202, answer.text);
    assert.equal(answer.body.status, "pending");
    const { body } = await morsel.finalRecord(user, answer.body.record_id);
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
    const answer = await morsel.call("/nutrition_records/ingredients/label", {
      method: "POST",
      headers: { ...(await morsel.logIn()), "content-type": "image/jpeg" },
      body: await morsel.sample("orange.jpg"),
    });
    assert.equal(answer.status, 200, answer.text);
    for (const name of ["name", "serving_size", "unit", "nutritional_fields", "status", "failure_reason"]) {
      assert.ok(name in answer.body, name);
    }
    assert.equal(answer.body.status, "failed");
    assert.ok(answer.body.failure_reason.length > 10);
  },
});
