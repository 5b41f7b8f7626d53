import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { asGiven, codeOf, idOf, newKey, sendJson } from "../support/worker/keyed-uploads.ts";
import { call, createApplication, finalRecord, logIn, readRecord, stored } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 }).toBase64();
const TYPED = { dish_name: "soup", serving_size: 300, unit: "g", nutritional_fields: { energy_kcal: 120 } };
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  call(`/nutrition_records/${path}`, {
    method: "POST",
    headers: { ...ada, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** Every POST that creates a record, with a body and another one. */
const POSTS: [string, number, object, object][] = [
  ["image", 202, { body: photo }, { body: photo, include_ingredients: true }],
  ["text", 202, { text: "two eggs" }, { text: "three eggs" }],
  [
    "ingredients/label",
    200,
    { body: photo, create_record: true },
    { body: photo, create_record: true, include_nutrition_fields: ["energy_kcal"] },
  ],
  ["manual", 201, TYPED, { ...TYPED, serving_size: 301 }],
];

describe("a POST that creates a record", () => {
  it.each(POSTS)("to /%s gives its first answer again for the same key", async (path, status, body) => {
    const before = await stored();
    const key = { "idempotency-key": newKey() };
    const answers = await Promise.all([post(path, body, key), post(path, body, key)]);
    const replayed = answers.map(({ headers }) => headers.get("idempotent-replayed"));
    expect(new Set(replayed)).toEqual(new Set(["true", null]));
    const [one, other] = await Promise.all(answers.map(asGiven));
    expect(one).toMatchObject({ status });
    expect(other).toEqual(one);
    await finalRecord(ada, idOf(one ?? { body: "" }));
    const later = await post(path, body, key);
    expect(later.headers.get("etag")).toBe(answers[0]?.headers.get("etag"));
    expect(await asGiven(later)).toEqual(one);
    expect((await stored()).records).toBe(before.records + 1);
  });

  it.each(POSTS)("to /%s is refused when the key stands for another request", async (path, status, body, other) => {
    const key = newKey();
    expect((await post(path, body, { "idempotency-key": key })).status).toBe(status);
    const before = await stored();
    const refused: Response[] = [await post(path, other, { "idempotency-key": key })];
    for (const [elsewhere, , same] of POSTS) {
      if (elsewhere !== path) refused.push(await post(elsewhere, same, { "idempotency-key": key }));
    }
    for (const response of refused) expect(await codeOf(response)).toEqual([422, "idempotency_key_reused"]);
    expect(await stored()).toEqual(before);
  });

  it.each(POSTS)("to /%s that is refused leaves the key free", async (path, status, body) => {
    const key = { "idempotency-key": newKey() };
    expect((await post(path, {}, key)).status).toBe(422);
    expect((await post(path, body, key)).status).toBe(status);
  });

  it.each(POSTS)("to /%s makes a record each time without a key", async (path, _, body) => {
    const [one, other] = await Promise.all(
      [post(path, body), post(path, body)].map(async (sent) => asGiven(await sent)),
    );
    expect(idOf(one ?? { body: "" })).not.toBe(idOf(other ?? { body: "" }));
  });

  it("of a sentence that stops before its wake-up call is brought to its end by the next one", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const key = { "idempotency-key": newKey() };
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockRejectedValueOnce(new Error("the queue is down"));
    expect((await post("text", { text: "two eggs" }, key)).status).toBe(503);
    const again = await post("text", { text: "two eggs" }, key);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await finalRecord(ada, idOf(await asGiven(again)))).toMatchObject({ status: "completed" });
  });

  it("by hand that stops before its answer is answered by the next one", async () => {
    const key = newKey();
    const first = await asGiven(await post("manual", TYPED, { "idempotency-key": key }));
    await env.DB.prepare("UPDATE idempotency_keys SET answer = NULL, held_until = 0 WHERE key = ?").bind(key).run();
    expect(await asGiven(await post("manual", TYPED, { "idempotency-key": key }))).toEqual(first);
  });
});

describe("a sentence", () => {
  it("whose sender waits is answered with the finished record", async () => {
    const response = await post("text", { text: "two eggs", wait_on_process: true });
    const record = await response.json<{ record_id: string; status: string }>();
    expect([response.status, record.status]).toEqual([200, "completed"]);
    expect(await readRecord(ada, record.record_id)).toEqual(record);
  });

  it("whose sender prefers to wait is, too", async () => {
    const response = await post("text", { text: "two eggs" }, { prefer: "wait=10" });
    expect(response.headers.get("preference-applied")).toBe("wait=10");
    expect(response.status).toBe(200);
  });
});

describe("a photo in JSON", () => {
  it("may write its options in another order under the same key", async () => {
    const key = newKey();
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValue({ metadata: { metrics: {} } } as never);
    const first = await asGiven(await sendJson({ body: photo, country_code: "de", analysis_mode: "fast" })(key, ada));
    const send = sendJson({ analysis_mode: "fast", country_code: "de", body: photo });
    expect(await asGiven(await send(key, ada))).toEqual(first);
  });
});
