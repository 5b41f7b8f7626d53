import assert from "node:assert/strict";
import { assertProblem, type HeaderFields, type Morsel } from "../morsel.ts";
import { chapter } from "../sentence.ts";

const DAY = (day: number, hour = 12): string => `2026-03-0${day}T${String(hour).padStart(2, "0")}:00:00.000Z`;

/** Three meals on three days, for the sentences about lists. */
const threeMeals = (morsel: Morsel) =>
  morsel.once("three meals", async () => {
    const user = await morsel.logIn();
    const ids: string[] = [];
    for (const day of [3, 1, 2]) ids.push((await morsel.manual(user, { consumed_at: DAY(day) })).body.record_id);
    return { user, ids: [ids[1], ids[2], ids[0]] as string[] };
  });

const list = (morsel: Morsel, user: HeaderFields, query = "") =>
  morsel.call(`/nutrition_records${query}`, { headers: user });
const idsOf = (body: { record_id: string }[]): string[] => body.map(({ record_id: id }) => id);

export const lists = chapter("GET /nutrition_records", {
  "It is a bare JSON array of the user's records, oldest first.": async (morsel) => {
    const { user, ids } = await threeMeals(morsel);
    assert.deepEqual(idsOf((await list(morsel, user)).body), ids);
  },
  "from is inclusive and to is exclusive, over consumed_at.": async (morsel) => {
    const { user, ids } = await threeMeals(morsel);
    const { body } = await list(morsel, user, `?from=${DAY(1)}&to=${DAY(3)}`);
    assert.deepEqual(idsOf(body), ids.slice(0, 2));
  },
  "With by=uploaded they are about uploaded_at.": async (morsel) => {
    const { user, ids } = await threeMeals(morsel);
    assert.deepEqual((await list(morsel, user, `?by=uploaded&to=${DAY(3)}`)).body, []);
    const { body } = await list(morsel, user, `?by=uploaded&from=${DAY(3)}`);
    assert.deepEqual(idsOf(body), [ids[2], ids[0], ids[1]]);
  },
  "limit pages the list, and Link leads to the next page.": async (morsel) => {
    const { user, ids } = await threeMeals(morsel);
    const first = await list(morsel, user, "?limit=2");
    assert.deepEqual(idsOf(first.body), ids.slice(0, 2));
    const [, next = ""] = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "") ?? [];
    const second = await morsel.call(next, { headers: user });
    assert.deepEqual(idsOf(second.body), ids.slice(2));
    assert.equal(second.headers.get("link"), null);
  },
  "limit is 1 to 200.": async (morsel) => {
    const { user } = await threeMeals(morsel);
    for (const limit of ["0", "201", "many"]) assertProblem(await list(morsel, user, `?limit=${limit}`), 422);
  },
  "status, input_type and updated_since filter.": async (morsel) => {
    const { user, ids } = await threeMeals(morsel);
    assert.equal((await list(morsel, user, "?status=completed")).body.length, 3);
    assert.equal((await list(morsel, user, "?status=failed")).body.length, 0);
    assert.equal((await list(morsel, user, "?input_type=manual")).body.length, 3);
    assert.equal((await list(morsel, user, "?input_type=image")).body.length, 0);
    assert.equal((await list(morsel, user, "?updated_since=2030-01-01T00:00:00Z")).body.length, 0);
    assert.deepEqual(idsOf((await list(morsel, user, "?updated_since=2020-01-01T00:00:00Z")).body), ids);
  },
  "A day's totals are added up by the user's clock.": async (morsel) => {
    const user = await morsel.logIn();
    for (const hour of [1, 12, 23]) await morsel.manual(user, { consumed_at: DAY(5, hour) });
    const summary = await morsel.call("/nutrition_records/summary?day=2026-03-05", { headers: user });
    assert.equal(summary.status, 200, summary.text);
    assert.equal(summary.body.nutritional_fields.energy_kcal, 630);
    const shifted = await morsel.call("/nutrition_records/summary?day=2026-03-05&user_time_offset_minutes=120", {
      headers: user,
    });
    assert.equal(shifted.body.nutritional_fields.energy_kcal, 420);
  },
});

export const changes = chapter("PATCH, PUT, ingredient, reanalyze, cancel, DELETE", {
  "PATCH serving_size rescales everything, always from the original values.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    const path = `/nutrition_records/${body.record_id}`;
    const half = await morsel.send("PATCH", path, user, { serving_size: 150 });
    assert.equal(half.status, 200, half.text);
    assert.equal(half.body.status, "updated");
    assert.equal(half.body.nutritional_fields.energy_kcal, 105);
    for (const serving_size of [0.07, 33.3, 7]) await morsel.send("PATCH", path, user, { serving_size });
    const back = await morsel.send("PATCH", path, user, { serving_size: 300 });
    assert.deepEqual(back.body.nutritional_fields, body.nutritional_fields);
  },
  "PATCH consumed_at moves the meal, and nothing else.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    const moved = await morsel.send("PATCH", `/nutrition_records/${body.record_id}`, user, { consumed_at: DAY(4) });
    assert.equal(moved.body.consumed_at, DAY(4));
    assert.equal(moved.body.uploaded_at, body.uploaded_at);
    assert.deepEqual(moved.body.nutritional_fields, body.nutritional_fields);
  },
  "PATCH without either is a 422.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    assertProblem(await morsel.send("PATCH", `/nutrition_records/${body.record_id}`, user, {}), 422);
  },
  "If-Match with a stale tag is a 412, with the present one it is done.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    const path = `/nutrition_records/${body.record_id}`;
    const etag = (await morsel.record(user, body.record_id)).headers.get("etag") ?? "";
    const first = await morsel.send("PATCH", path, { ...user, "if-match": etag }, { serving_size: 10 });
    assert.equal(first.status, 200);
    assertProblem(await morsel.send("PATCH", path, { ...user, "if-match": etag }, { serving_size: 20 }), 412);
    const put = { dish_name: "stew", serving_size: 10, unit: "g", nutritional_fields: {} };
    assertProblem(await morsel.send("PUT", path, { ...user, "if-match": etag }, put), 412);
  },
  "A change before the analysis is final is a 409.": async (morsel) => {
    const user = await morsel.logIn();
    // The first of several waits for the others' analyses: it can be asked while it is open.
    const ids = await Promise.all([1, 2, 3].map(() => morsel.uploaded(user, "?ignore_cache=true")));
    const path = `/nutrition_records/${ids[2]}`;
    const changed = await morsel.send("PATCH", path, user, { serving_size: 10 });
    if (changed.status === 200) return assert.equal((await morsel.record(user, ids[2] ?? "")).body.status, "updated");
    assertProblem(changed, 409);
  },
  "PUT replaces the content, keeps id and uploaded_at, and makes the record a manual one.": async (morsel) => {
    const { user, id, record } = await morsel.once("put", async () => {
      const owner = await morsel.logIn();
      const uploaded = await morsel.uploaded(owner);
      return { user: owner, id: uploaded, record: await morsel.finalRecord(owner, uploaded) };
    });
    const content = { dish_name: "fruit salad", serving_size: 200, unit: "g", nutritional_fields: { energy_kcal: 90 } };
    const put = await morsel.send("PUT", `/nutrition_records/${id}`, user, content);
    assert.equal(put.status, 200, put.text);
    assert.equal(put.body.record_id, id);
    assert.equal(put.body.uploaded_at, record.body.uploaded_at);
    assert.equal(put.body.input_type, "manual");
    assert.equal(put.body.status, "updated");
    assert.equal(put.body.dish_name, "fruit salad");
    assert.equal(put.body.nutritional_fields.energy_kcal, 90);
  },
  "PUT requires dish_name, serving_size and unit.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    const whole: Record<string, unknown> = { dish_name: "a", serving_size: 1, unit: "g", nutritional_fields: {} };
    for (const missing of ["dish_name", "serving_size", "unit"]) {
      const content = { ...whole, [missing]: undefined };
      assertProblem(await morsel.send("PUT", `/nutrition_records/${body.record_id}`, user, content), 422);
    }
  },
  "The ingredient PATCH changes grams, and the totals follow.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?include_ingredients=true");
    const { body } = await morsel.finalRecord(user, id);
    const grams = body.ingredients[0].serving_size * 2;
    const changed = await morsel.send("PATCH", `/nutrition_records/${id}/ingredients/0`, user, { serving_size: grams });
    assert.equal(changed.status, 200, changed.text);
    assert.equal(changed.body.status, "updated");
    const energy = changed.body.nutritional_fields.energy_kcal;
    assert.ok(Math.abs(energy - 2 * body.nutritional_fields.energy_kcal) <= 1, String(energy));
  },
  "The ingredient PATCH looks a new name up again.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?include_ingredients=true");
    const { body } = await morsel.finalRecord(user, id);
    const changed = await morsel.send("PATCH", `/nutrition_records/${id}/ingredients/0`, user, { name: "banana" });
    assert.equal(changed.body.ingredients[0].name, "banana");
    const [before, after] = [body, changed.body].map((record) => record.analysis.ingredients[0].food_source.id);
    assert.notEqual(before, after);
  },
  "An ingredient that becomes another food gets that food's translated name.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?include_ingredients=true&language_code=fr");
    const { body } = await morsel.finalRecord(user, id);
    assert.equal(body.ingredients[0].name_translated.toLowerCase(), "orange");
    const changed = await morsel.send("PATCH", `/nutrition_records/${id}/ingredients/0`, user, { name: "apple" });
    assert.equal(changed.body.ingredients[0].name_translated.toLowerCase(), "pomme");
  },
  "An ingredient that is not there is a 404.": async (morsel) => {
    const { user, id } = await morsel.completed();
    assertProblem(await morsel.send("PATCH", `/nutrition_records/${id}/ingredients/99`, user, { remove: true }), 404);
  },
  "Reanalyze runs again with a hint, and the record never goes back to an open status.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user);
    await morsel.finalRecord(user, id);
    const response = await morsel.send("POST", `/nutrition_records/${id}/reanalyze`, user, { hint: "it is an orange" });
    assert.equal(response.status, 202, response.text);
    for (let asked = 0; asked < 100; asked += 1) {
      const { body } = await morsel.record(user, id);
      assert.ok(["completed", "updated"].includes(body.status), body.status);
      if (body.status === "updated") return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.fail("the re-analysis never ended");
  },
  "Cancel stops an open analysis; the record ends as canceled.": async (morsel) => {
    const user = await morsel.logIn();
    const ids = await Promise.all([1, 2, 3].map(() => morsel.uploaded(user, "?ignore_cache=true")));
    const response = await morsel.send("POST", `/nutrition_records/${ids[2]}/cancel`, user);
    const { body } = await morsel.finalRecord(user, ids[2] ?? "");
    if (response.status === 409) return assert.equal(body.status, "completed");
    assert.equal(response.status, 200, response.text);
    assert.equal(body.status, "canceled");
    assert.equal(body.failure_code, "canceled");
  },
  "Cancel after the end is a 409.": async (morsel) => {
    const { user, id } = await morsel.completed();
    assertProblem(await morsel.send("POST", `/nutrition_records/${id}/cancel`, user), 409);
  },
  "DELETE answers 204, whether or not the record existed.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    for (let times = 0; times < 2; times += 1) {
      assert.equal((await morsel.send("DELETE", `/nutrition_records/${body.record_id}`, user)).status, 204);
      assertProblem(await morsel.record(user, body.record_id), 404);
    }
  },
  "DELETE during the analysis leaves nothing of the record.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?ignore_cache=true");
    assert.equal((await morsel.send("DELETE", `/nutrition_records/${id}`, user)).status, 204);
    for (const path of ["", "/status", "/image"]) {
      assertProblem(await morsel.call(`/nutrition_records/${id}${path}`, { headers: user }), 404);
    }
    assert.deepEqual((await morsel.call("/nutrition_records", { headers: user })).body, []);
  },
});
