import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loseMessages } from "../support/worker/keyed-uploads.ts";
import { call, createApplication, logIn, readRecord } from "../support/worker/tenant.ts";

/** What a client of the API that this service replaces sends, and must not find changed. */
let ada: { authorization: string };

beforeEach(async () => {
  loseMessages();
  ada = await logIn(await createApplication());
});
afterEach(() => vi.restoreAllMocks());

const request = (method: string, path: string, body?: object): Promise<Response> =>
  call(path, { method, headers: ada, ...(body !== undefined && { body: JSON.stringify(body) }) });
const enter = async (fields: object = {}): Promise<string> => {
  const meal = { dish_name: "soup", serving_size: 300, unit: "g", nutritional_fields: { energy_kcal: 100 }, ...fields };
  const response = await request("POST", "/nutrition_records/manual", meal);
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json<{ record_id: string }>()).record_id;
};
const list = async (query: string, path = "/nutrition_records"): Promise<string[]> => {
  const response = await request("GET", `${path}?${query}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json<{ record_id: string }[]>()).map(({ record_id: id }) => id);
};

describe("the list of records", () => {
  it.each(["", "/v3"])(
    "is filtered by from_timestamp and to_timestamp, the first inclusive, under %j",
    async (prefix) => {
      const before = await enter({ consumed_at: "2026-03-01T09:59:59.999Z" });
      const first = await enter({ consumed_at: "2026-03-01T10:00:00Z" });
      const end = await enter({ consumed_at: "2026-03-01T12:00:00Z" });
      const path = `${prefix}/nutrition_records`;
      const range = "from_timestamp=2026-03-01T10:00:00&to_timestamp=2026-03-01T12:00:00";
      expect(await list(range, path)).toEqual([first]);
      expect(await list("from=2026-03-01T10:00:00Z&to=2026-03-01T12:00:00Z", path)).toEqual([first]);
      expect(await list("from_timestamp=2026-03-01T10:00:00Z", path)).toEqual([first, end]);
      expect(await list("to_timestamp=2026-03-01T10:00:00Z", path)).toEqual([before]);
    },
  );

  it("has all of a range that has both ends and names no limit", async () => {
    const consumed_at = "2026-03-01T10:00:00Z";
    const ids: string[] = [];
    for (let made = 0; made < 60; made++) ids.push(await enter({ consumed_at }));
    const range = "from_timestamp=2026-03-01T00:00:00Z&to_timestamp=2026-03-02T00:00:00Z";
    expect(await list(range)).toEqual(ids);
    expect(await list(`${range}&limit=20`)).toEqual(ids.slice(0, 20));
    expect(await list("")).toHaveLength(50);
  });

  it("refuses one end that is given twice", async () => {
    const response = await request(
      "GET",
      "/nutrition_records?from=2026-03-01T00:00:00Z&from_timestamp=2026-03-01T00:00:00Z",
    );
    expect(response.status).toBe(422);
  });

  it("has meals that were eaten, or those that were not, or both", async () => {
    const eaten = await enter();
    const planned = await enter({ planned: true });
    expect(await list("")).toEqual([eaten]);
    expect(await list("consumed=true")).toEqual([eaten]);
    expect(await list("consumed=false")).toEqual([planned]);
    expect(await list("consumed=any")).toEqual([eaten, planned]);
    expect(await list("by=uploaded")).toEqual([eaten]);
  });
});

describe("a planned meal", () => {
  it.each(["manual", "text"])("has no time until it is eaten, and counts in no day before: %s", async (kind) => {
    const body = kind === "text" ? { text: "two eggs", planned: true } : { planned: true };
    const id =
      kind === "text"
        ? (await (await request("POST", "/nutrition_records/text", body)).json<{ record_id: string }>()).record_id
        : await enter(body);
    expect(await readRecord(ada, id)).toMatchObject({ consumed_at: null });
    const day = "2026-03-01";
    const summary = async () =>
      (await request("GET", `/nutrition_records/summary?day=${day}`)).json<{ statuses: Record<string, number> }>();
    const total = async () => Object.values((await summary()).statuses).reduce((sum, count) => sum + count, 0);
    expect(await total()).toBe(0);
    if (kind === "text") return;
    const change = await request("PATCH", `/nutrition_records/${id}`, { consumed_at: `${day}T12:00:00` });
    expect(await change.json()).toMatchObject({ status: "updated", consumed_at: `${day}T12:00:00.000Z` });
    expect(await total()).toBe(1);
    expect(await list("consumed=false")).toEqual([]);
  });

  it("keeps its time, or its lack of one, when a change sends an empty one", async () => {
    const planned = await enter({ planned: true });
    const eaten = await enter({ consumed_at: "2026-03-01T12:00:00Z" });
    for (const consumed_at of [null, ""]) {
      for (const [id, kept] of [
        [planned, null],
        [eaten, "2026-03-01T12:00:00.000Z"],
      ] as const) {
        const change = await request("PATCH", `/nutrition_records/${id}`, { consumed_at });
        expect([change.status, await change.json()]).toMatchObject([200, { consumed_at: kept }]);
      }
    }
  });
});

describe("what a client of the other API sends", () => {
  it("is understood: a time without a zone is UTC, countries and languages in any case, the offset comes back", async () => {
    const id = (
      await (
        await request("POST", "/nutrition_records/text", {
          text: "two eggs",
          consumed_at: "2026-01-02T15:04:05",
          country_code: "US",
          language_code: "DE",
          user_time_offset_minutes: -300,
        })
      ).json<{ record_id: string }>()
    ).record_id;
    expect(await readRecord(ada, id)).toMatchObject({
      consumed_at: "2026-01-02T15:04:05.000Z",
      user_time_offset_minutes: -300,
    });
  });

  it("is kept: the names and descriptions of a meal entered manually, in both languages, also when it is sent back", async () => {
    const words = {
      dish_name_translated: "Suppe",
      dish_description: "A soup of lentils.",
      dish_description_translated: "Eine Linsensuppe.",
      ingredients: [
        {
          name: "lentils",
          name_translated: "Linsen",
          serving_size: 60,
          unit: "g",
          nutritional_fields: { protein_g: 15 },
        },
      ],
    };
    const id = await enter(words);
    const record = await readRecord(ada, id);
    expect(record).toMatchObject(words);
    const put = await request("PUT", `/nutrition_records/${id}`, record);
    expect(await put.json()).toMatchObject(words);
  });
});
