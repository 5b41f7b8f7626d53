import assert from "node:assert/strict";
import { assertProblem, type Answer, type HeaderFields, type Morsel } from "../morsel.ts";
import { chapter } from "../sentence.ts";

const US_LABEL = "labels/us-yogurt--arimo--turn-3.jpg";
const AT = "2026-03-01T10:00:00";

const list = async (morsel: Morsel, user: HeaderFields, query: string): Promise<string[]> => {
  const response = await morsel.call(`/v3/nutrition_records?${query}`, { headers: user });
  assert.equal(response.status, 200, response.text);
  return (response.body as { record_id: string }[]).map(({ record_id: id }) => id);
};

const enter = async (morsel: Morsel, user: HeaderFields, change: Record<string, unknown>): Promise<Answer> => {
  const response = await morsel.manual(user, change);
  assert.equal(response.status, 201, response.text);
  return response;
};

/** What a client of the API that this service replaces does, from outside. */
export const dropIn = chapter("Drop-in", {
  "A list is filtered by from_timestamp, inclusive, and to_timestamp, exclusive.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await enter(morsel, user, { consumed_at: AT });
    await enter(morsel, user, { consumed_at: "2026-03-01T12:00:00Z" });
    const range = `from_timestamp=${AT}&to_timestamp=2026-03-01T12:00:00`;
    assert.deepEqual(await list(morsel, user, range), [body.record_id]);
  },
  "A range with both ends and no limit has more than one page's records.": async (morsel) => {
    const user = await morsel.logIn();
    for (let made = 0; made < 55; made++) await enter(morsel, user, { consumed_at: AT });
    const range = "from_timestamp=2026-03-01T00:00:00&to_timestamp=2026-03-02T00:00:00";
    assert.equal((await list(morsel, user, range)).length, 55);
  },
  "A parameter that a list does not know is refused, not ignored.": async (morsel) =>
    assertProblem(await morsel.call("/nutrition_records?from_time=1", { headers: await morsel.logIn() }), 422),
  "A time without a zone is UTC.": async (morsel) => {
    const { body } = await enter(morsel, await morsel.logIn(), { consumed_at: AT });
    assert.equal(body.consumed_at, `${AT}.000Z`);
  },
  "consumed is true, false or any, over meals that were eaten and meals that are planned.": async (morsel) => {
    const user = await morsel.logIn();
    const eaten = (await enter(morsel, user, {})).body.record_id;
    const planned = (await enter(morsel, user, { planned: true })).body.record_id;
    assert.deepEqual(await list(morsel, user, "consumed=true"), [eaten]);
    assert.deepEqual(await list(morsel, user, "consumed=false"), [planned]);
    assert.deepEqual(await list(morsel, user, "consumed=any"), [eaten, planned]);
  },
  "A planned meal becomes an eaten one when its time is set, and an empty time keeps what there is.": async (
    morsel,
  ) => {
    const user = await morsel.logIn();
    const { record_id: id, consumed_at } = (await enter(morsel, user, { planned: true })).body;
    assert.equal(consumed_at, null);
    const change = (time: string | null) =>
      morsel.send("PATCH", `/nutrition_records/${id}`, user, { consumed_at: time });
    assert.equal((await change(null)).body.consumed_at, null);
    assert.equal((await change(AT)).body.consumed_at, `${AT}.000Z`);
    assert.equal((await change("")).body.consumed_at, `${AT}.000Z`);
  },
  "A label answers facts and stores nothing.": async (morsel) => {
    const user = await morsel.logIn();
    const response = await morsel.label(user, US_LABEL);
    assert.deepEqual([response.status, response.body.status], [200, "completed"], response.text);
    assert.equal(response.body.record_id, undefined);
    assert.deepEqual(await list(morsel, user, "consumed=any"), []);
  },
  "A label becomes a record with create_record.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.label(user, US_LABEL, "?create_record=true");
    assert.deepEqual(await list(morsel, user, "consumed=any"), [body.record_id]);
  },
  "A manual record keeps translated names and descriptions, and what was read can be sent back.": async (morsel) => {
    const user = await morsel.logIn();
    const words = {
      dish_name_translated: "Suppe",
      dish_description: "A soup of lentils.",
      dish_description_translated: "Eine Linsensuppe.",
      ingredients: [{ name: "lentils", name_translated: "Linsen", serving_size: 60, unit: "g" }],
    };
    const { body: record } = await enter(morsel, user, words);
    const put = await morsel.send("PUT", `/nutrition_records/${record.record_id}`, user, record);
    assert.equal(put.status, 200, put.text);
    for (const { body } of [{ body: record }, put]) {
      const { dish_name_translated, dish_description, dish_description_translated, ingredients } = body;
      assert.deepEqual(
        [dish_name_translated, dish_description, dish_description_translated, ingredients[0].name_translated],
        ["Suppe", "A soup of lentils.", "Eine Linsensuppe.", "Linsen"],
      );
    }
  },
  "null and empty are absent, and countries and languages may be in upper case; the user's offset comes back.": async (
    morsel,
  ) => {
    const user = await morsel.logIn();
    const options = { country_code: "US", language_code: "", consumed_at: null, metadata: null };
    const sent = { text: "two eggs", user_time_offset_minutes: -300, ...options };
    const response = await morsel.send("POST", "/nutrition_records/text", user, sent);
    assert.equal(response.status, 202, response.text);
    const { body } = await morsel.record(user, response.body.record_id);
    assert.equal(body.user_time_offset_minutes, -300);
  },
});
