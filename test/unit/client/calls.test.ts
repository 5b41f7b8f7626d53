import { describe, expect, it } from "vitest";
import { etagOf, type Morsel, type NutritionRecord } from "../../../src/client/index.ts";
import {
  BASE_URL,
  broken,
  callService,
  failureOf,
  ID,
  json,
  PHOTO,
  RECORD,
} from "../../support/node/scripted-service.ts";

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("a call", () => {
  it.each<[string, (morsel: Morsel) => Promise<unknown>, string, unknown]>([
    ["readRecord", (m) => m.readRecord(ID), `GET /nutrition_records/${ID}`, null],
    ["readStatus", (m) => m.readStatus(ID), `GET /nutrition_records/${ID}/status`, null],
    [
      "changeRecord",
      (m) => m.changeRecord(ID, { serving_size: 2 }),
      `PATCH /nutrition_records/${ID}`,
      { serving_size: 2 },
    ],
    [
      "replaceRecord",
      (m) => m.replaceRecord(ID, { dish_name: "soup", serving_size: 1, unit: "g" }),
      `PUT /nutrition_records/${ID}`,
      { dish_name: "soup", serving_size: 1, unit: "g" },
    ],
    [
      "correctIngredient",
      (m) => m.correctIngredient(ID, 1, { name: "rice" }),
      `PATCH /nutrition_records/${ID}/ingredients/1`,
      { name: "rice" },
    ],
    [
      "reanalyzeRecord",
      (m) => m.reanalyzeRecord(ID, "tofu"),
      `POST /nutrition_records/${ID}/reanalyze`,
      { hint: "tofu" },
    ],
    ["cancelRecord", (m) => m.cancelRecord(ID), `POST /nutrition_records/${ID}/cancel`, null],
    [
      "createManualRecord",
      (m) => m.createManualRecord({ dish_name: "soup", serving_size: 1, unit: "g" }),
      "POST /nutrition_records/manual",
      { dish_name: "soup", serving_size: 1, unit: "g" },
    ],
    [
      "createTextRecord",
      (m) => m.createTextRecord("two eggs", { include_ingredients: true }),
      "POST /nutrition_records/text",
      { text: "two eggs", include_ingredients: true },
    ],
    [
      "uploadImage by URL",
      (m) => m.uploadImage({ url: "https://example.com/a.jpg" }),
      "POST /nutrition_records/image",
      { body_url: "https://example.com/a.jpg" },
    ],
    [
      "readSummary",
      (m) => m.readSummary({ day: "2026-11-23", user_time_offset_minutes: 60 }),
      "GET /nutrition_records/summary?day=2026-11-23&user_time_offset_minutes=60",
      null,
    ],
  ])("%s is the request that the contract names", async (_, act, line, body) => {
    const { morsel, requests } = callService([json(RECORD)]);
    expect(await act(morsel)).toEqual(RECORD);
    const [request] = requests;
    expect(`${request?.method} ${request?.target}`).toBe(line);
    expect(request?.headers.get("authorization")).toBe("Bearer t1");
    expect(JSON.parse(textOf(request?.body ?? PHOTO) || "null")).toEqual(body);
  });

  it("deletes, and revokes tokens, without an answer to read", async () => {
    const { morsel, requests } = callService([
      new Response(null, { status: 204 }),
      new Response(null, { status: 204 }),
    ]);
    await morsel.deleteRecord(ID);
    await morsel.revokeTokens();
    expect(requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `DELETE /nutrition_records/${ID}`,
      "POST /auth/revoke",
    ]);
  });

  it("reads the stored photo as bytes", async () => {
    const { morsel } = callService([new Response(PHOTO, { headers: { "content-type": "image/jpeg" } })]);
    const photo = await morsel.readImage(ID);
    expect([photo.type, new Uint8Array(await photo.arrayBuffer())]).toEqual(["image/jpeg", PHOTO]);
  });

  it("keeps an id in its path segment, whatever it is", async () => {
    const { morsel, requests } = callService([json(RECORD)]);
    await morsel.readRecord("../admin?x=1");
    expect(requests[0]?.target).toBe("/nutrition_records/..%2Fadmin%3Fx%3D1");
  });

  it("asks for an answer that is held", async () => {
    const { morsel, requests } = callService([json(RECORD)]);
    await morsel.readStatus(ID, { waitSeconds: 20 });
    expect(requests[0]?.headers.get("prefer")).toBe("wait=20");
  });

  it("changes a record only as it was when it was read", async () => {
    const { morsel, requests } = callService([json(RECORD, 200, { etag: '"v1"' }), broken, json(RECORD)]);
    const record = await morsel.readRecord(ID);
    const ifMatch = etagOf(record);
    const failure = await failureOf(morsel.changeRecord(ID, { serving_size: 2 }, { ifMatch }));
    // Sent again it would be refused if it had worked the first time.
    expect(failure.code).toBe("network_error");
    expect(requests.map(({ headers }) => headers.get("if-match"))).toEqual([null, '"v1"']);
  });
});

describe("the version of a record", () => {
  const at = (modified_at: string) => ({ ...RECORD, modified_at });
  const read = async (morsel: Morsel, times: number) => {
    const records: NutritionRecord[] = [];
    for (let time = 0; time < times; time++) records.push(await morsel.readRecord(ID));
    return records;
  };

  it("is known of copies, and of the same version in a list", async () => {
    const { morsel } = callService([
      json(at("2026-11-01T00:00:00.001Z"), 200, { etag: '"v1"' }),
      json(at("2026-11-01T00:00:00.002Z"), 200, { etag: 'W/"v2"' }),
      json([at("2026-11-01T00:00:00.002Z"), at("2026-11-01T00:00:00.003Z")]),
    ]);
    const [first = RECORD, second = RECORD] = await read(morsel, 2);
    expect([etagOf(first), etagOf(second)]).toEqual(['"v1"', '"v2"']);
    expect(etagOf({ ...first })).toBe('"v1"');
    expect(etagOf(JSON.parse(JSON.stringify(second)) as object)).toBe('"v2"');
    const listed: (string | undefined)[] = [];
    for await (const record of morsel.listRecords()) listed.push(etagOf(record));
    expect(listed).toEqual(['"v2"', undefined]);
  });

  it("is not guessed of a copy where two versions have the same time", async () => {
    const time = "2026-11-01T00:00:00.004Z";
    const answers = ['"v4"', '"v5"', '"v5"'].map((etag) => json(at(time), 200, { etag }));
    const { morsel } = callService(answers);
    const records = await read(morsel, 3);
    expect(records.map((record) => etagOf(record))).toEqual(['"v4"', '"v5"', '"v5"']);
    expect(records.map((record) => etagOf({ ...record }))).toEqual([undefined, undefined, undefined]);
  });

  it.each<[string, (morsel: Morsel, ifMatch: string | undefined) => Promise<unknown>]>([
    ["changeRecord", (m, ifMatch) => m.changeRecord(ID, { serving_size: 2 }, { ifMatch })],
    ["replaceRecord", (m, ifMatch) => m.replaceRecord(ID, { dish_name: "s", serving_size: 1, unit: "g" }, { ifMatch })],
    ["correctIngredient", (m, ifMatch) => m.correctIngredient(ID, 0, { name: "rice" }, { ifMatch })],
    ["reanalyzeRecord", (m, ifMatch) => m.reanalyzeRecord(ID, "tofu", { ifMatch })],
  ])("that is not known is refused by %s, and nothing is sent", async (_, change) => {
    const { morsel, requests } = callService([json(RECORD)]);
    await expect(change(morsel, etagOf({ record_id: "never read" }))).rejects.toThrow(
      /^ifMatch is undefined: .* Read it with readRecord/,
    );
    expect(requests).toEqual([]);
  });
});

describe("a list", () => {
  it("goes from page to page, as far as somebody reads", async () => {
    const next = { link: `<https://evil.test/v3/nutrition_records?limit=2&cursor=5_x%2By>; rel="next"` };
    const { morsel, requests } = callService([
      json([{ record_id: "a" }, { record_id: "b" }], 200, next),
      json([{ record_id: "c" }]),
    ]);
    const ids: string[] = [];
    for await (const { record_id } of morsel.listRecords({ limit: 2, status: "completed" })) ids.push(record_id);
    expect(ids).toEqual(["a", "b", "c"]);
    // The token never goes to the host that an answer names.
    expect(requests.map(({ target }) => target)).toEqual([
      "/nutrition_records?limit=2&status=completed",
      "/nutrition_records?limit=2&status=completed&cursor=5_x%2By",
    ]);
  });

  it("reads no page that nobody asks for", async () => {
    const next = { link: `<${BASE_URL}/nutrition_records?cursor=5_x>; rel="next"` };
    const { morsel, requests } = callService([json([{ record_id: "a" }], 200, next)]);
    for await (const { record_id } of morsel.listRecords()) {
      expect(record_id).toBe("a");
      break;
    }
    expect(requests).toHaveLength(1);
  });
});

describe("a signal", () => {
  it("ends a call before it begins, while it is sent, and while it waits to be sent again", async () => {
    const reason = new Error("the user has left");
    const before = callService([]);
    await expect(before.morsel.readRecord(ID, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(before.requests).toEqual([]);

    const during = new AbortController();
    const hanging = callService([() => (during.abort(reason), new Promise<never>(() => {}))], { maxRetries: 0 });
    await expect(hanging.morsel.readRecord(ID, { signal: during.signal })).rejects.toBe(reason);

    const between = new AbortController();
    const retried = callService([() => (between.abort(reason), broken())]);
    await expect(retried.morsel.readRecord(ID, { signal: between.signal })).rejects.toBe(reason);
    expect(retried.requests).toHaveLength(1);
  });

  it("ends the wait for a token", async () => {
    const { morsel } = callService([], { getToken: () => new Promise(() => {}) });
    const leaving = new AbortController();
    const call = morsel.readRecord(ID, { signal: leaving.signal });
    leaving.abort(new Error("left"));
    await expect(call).rejects.toThrow("left");
  });
});
