import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { jpeg, png, webp } from "../../support/images.ts";
import { assertProblem, TIME, type Answer, type HeaderFields, type Morsel } from "../morsel.ts";
import { chapter } from "../sentence.ts";

const SIZE = { width: 640, height: 512 };
const post = (morsel: Morsel, user: HeaderFields, contentType: string, body: BodyInit, query = ""): Promise<Answer> =>
  morsel.call(`/nutrition_records/image${query}`, {
    method: "POST",
    headers: { ...user, "content-type": contentType },
    body,
  });
const postJson = (morsel: Morsel, user: HeaderFields, body: unknown): Promise<Answer> =>
  morsel.send("POST", "/nutrition_records/image", user, body);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const countRecords = async (morsel: Morsel, user: HeaderFields): Promise<number> =>
  (await morsel.call("/nutrition_records", { headers: user })).body.length;

function assertAccepted(response: Answer): void {
  assert.equal(response.status, 202, response.text);
  const { record_id: id, status, uploaded_at: at } = response.body;
  assert.equal(status, "pending");
  assert.match(at, TIME);
  assert.equal(response.headers.get("retry-after"), "2");
  assert.ok(response.headers.get("location")?.endsWith(`/nutrition_records/${id}`));
}

/** Refuses the upload in the way that is asked for, and keeps nothing of it. */
async function assertRefused(
  morsel: Morsel,
  status: number,
  send: (user: HeaderFields) => Promise<Answer>,
): Promise<void> {
  const user = await morsel.logIn();
  assertProblem(await send(user), status);
  assert.equal(await countRecords(morsel, user), 0);
}

export const uploads = chapter("POST /nutrition_records/image", {
  "Raw bytes with an image content type are answered with 202, the id, pending, Location and Retry-After: 2.": async (
    morsel,
  ) => assertAccepted(await morsel.upload(await morsel.logIn())),
  "The photo may come as JSON base64.": async (morsel) =>
    assertAccepted(await postJson(morsel, await morsel.logIn(), { body: base64(jpeg(SIZE)) })),
  "… with a data: prefix, too.": async (morsel) => {
    const body = `data:image/jpeg;base64,${base64(jpeg(SIZE))}`;
    assertAccepted(await postJson(morsel, await morsel.logIn(), { body }));
  },
  "The photo may come as a file part named image of a multipart form.": async (morsel) => {
    const form = new FormData();
    form.set("image", new Blob([jpeg(SIZE)]), "meal.jpg");
    form.set("include_ingredients", "true");
    const user = await morsel.logIn();
    const response = await morsel.call("/nutrition_records/image", { method: "POST", headers: user, body: form });
    assertAccepted(response);
  },
  "The photo may come by its URL.": async (morsel) => {
    const user = await morsel.logIn();
    morsel.receiver.serve("/photos/orange.jpg", await morsel.sample("orange.jpg"));
    const response = await postJson(morsel, user, { body_url: morsel.receiver.url("/photos/orange.jpg") });
    assertAccepted(response);
    assert.equal((await morsel.finalRecord(user, response.body.record_id)).body.dish_name, "orange");
  },
  "A URL that cannot be read is a 422 that names the field, and exactly one of body and body_url is taken.": async (
    morsel,
  ) => {
    const user = await morsel.logIn();
    const [body, body_url] = [base64(jpeg(SIZE)), "https://photos.invalid/meal.jpg"];
    for (const photo of [{ body_url }, { body, body_url }, {}]) {
      const response = await postJson(morsel, user, photo);
      assertProblem(response, 422);
      assert.match(response.body.errors[0].location, /^body/);
    }
  },
  "A URL obeys the outbound rules: https, a public name, port 443 or 8443, no credentials.": async (morsel) => {
    const hostile = [
      "http://photos.example.org/a.jpg",
      "https://127.0.0.1/a.jpg",
      "https://[::1]/a.jpg",
      "https://user:pw@photos.example.org/a.jpg",
      "https://photos.example.org:8080/a.jpg",
      "https://localhost/a.jpg",
      "https://metadata/a.jpg",
      "file:///etc/passwd",
    ];
    for (const body_url of hostile) {
      await assertRefused(morsel, 422, (user) => postJson(morsel, user, { body_url }));
    }
  },
  "POST /nutrition_records is the same call.": async (morsel) => {
    const user = await morsel.logIn();
    const headers = { ...user, "content-type": "image/jpeg" };
    assertAccepted(await morsel.call("/nutrition_records", { method: "POST", headers, body: jpeg(SIZE) }));
  },
  "JPEG, PNG and WebP are accepted, found by their own header and not by the content type.": async (morsel) => {
    const user = await morsel.logIn();
    for (const photo of [jpeg(SIZE), png(SIZE), webp(SIZE)]) {
      assertAccepted(await post(morsel, user, "image/gif", photo));
    }
  },
  "Anything else is a 415.": async (morsel) => {
    for (const file of ["GIF89a....", "<svg/>", "%PDF-1.7", "hello, world"]) {
      await assertRefused(morsel, 415, (user) => post(morsel, user, "image/jpeg", file));
    }
  },
  "A content type that carries no photo is a 415.": async (morsel) =>
    assertRefused(morsel, 415, (user) => post(morsel, user, "text/plain", "hello")),
  "A photo has at least 512×512 pixels.": async (morsel) => {
    for (const size of [
      { width: 511, height: 800 },
      { width: 800, height: 511 },
    ])
      await assertRefused(morsel, 422, (user) => post(morsel, user, "image/jpeg", jpeg(size)));
    const smallest = await post(morsel, await morsel.logIn(), "image/jpeg", jpeg({ width: 512, height: 512 }));
    assertAccepted(smallest);
  },
  "A photo has at most 50 megapixels.": async (morsel) =>
    assertRefused(morsel, 422, (user) =>
      post(morsel, user, "image/webp", webp({ width: 10_000, height: 5_001, bytes: 60_000 })),
    ),
  "A photo has at most 7.5 MB of bytes; more is a 413.": async (morsel) =>
    assertRefused(morsel, 413, (user) => post(morsel, user, "image/jpeg", jpeg({ ...SIZE, bytes: 7_600_000 }))),
  "A photo has at most 10 MB of base64; more is a 413.": async (morsel) =>
    assertRefused(morsel, 413, (user) => postJson(morsel, user, { body: "A".repeat(10_000_004) })),
  "A file that lies about itself is a 422.": async (morsel) => {
    await assertRefused(morsel, 422, (user) => post(morsel, user, "image/jpeg", jpeg(SIZE).slice(0, 6000)));
    await assertRefused(morsel, 422, (user) =>
      post(morsel, user, "image/png", png({ width: 10_000, height: 5_000, bytes: 20_000 })),
    );
  },
  "Broken JSON is a 400.": async (morsel) =>
    assertRefused(morsel, 400, (user) => post(morsel, user, "application/json", '{"body": ')),
  "A wrong type is a 422 that names the field.": async (morsel) => {
    const response = await postJson(morsel, await morsel.logIn(), {
      body: base64(jpeg(SIZE)),
      include_ingredients: "yes",
    });
    assertProblem(response, 422);
    assert.match(response.body.errors[0].location, /include_ingredients/);
  },
  "Unknown request fields are ignored.": async (morsel) =>
    assertAccepted(
      await postJson(morsel, await morsel.logIn(), { body: base64(jpeg(SIZE)), x_from_the_future: { a: 1 } }),
    ),
  "Options are judged: modes, times, offsets, codes, nutrient names, durations.": async (morsel) => {
    const user = await morsel.logIn();
    for (const query of [
      "analysis_mode=magic",
      "consumed_at=yesterday",
      "user_time_offset_minutes=841",
      "user_time_offset_minutes=-841",
      "country_code=Germany",
      "language_code=deu",
      "include_nutrition_fields=energy_kcal,joy_mg",
      "max_duration_seconds=0",
      "max_duration_seconds=61",
      "wait_on_process=maybe",
    ])
      assertProblem(await morsel.upload(user, `?${query}`), 422);
    assert.equal(await countRecords(morsel, user), 0);
  },
  "metadata has at most 16 string pairs and 4 KB.": async (morsel) => {
    const user = await morsel.logIn();
    const pairs = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
    for (const metadata of [pairs(17), { long: "x".repeat(4097) }, { number: 1 }]) {
      assertProblem(await postJson(morsel, user, { body: base64(jpeg(SIZE)), metadata }), 422);
    }
    assertAccepted(await postJson(morsel, user, { body: base64(jpeg(SIZE)), metadata: pairs(16) }));
  },
  "wait_on_process answers 200 with the finished record when it is ready in time.": async (morsel) => {
    const user = await morsel.logIn();
    const response = await morsel.upload(
      user,
      "?wait_on_process=true&max_duration_seconds=60&include_ingredients=true",
    );
    assert.equal(response.status, 200, response.text);
    assert.equal(response.body.status, "completed");
    assert.deepEqual(response.body, (await morsel.record(user, response.body.record_id)).body);
  },
  "Prefer: wait=N means the same.": async (morsel) => {
    const user = await morsel.logIn();
    const response = await morsel.upload(user, "", "banana.jpg", { prefer: "wait=60" });
    assert.equal(response.status, 200, response.text);
    assert.match(response.headers.get("preference-applied") ?? "", /wait/);
    assert.equal(response.body.status, "completed");
  },
  "The same Idempotency-Key with the same request gives the first answer again, marked as a replay.": async (
    morsel,
  ) => {
    const user = await morsel.logIn();
    const key = { "idempotency-key": randomUUID() };
    const first = await morsel.upload(user, "", "orange.jpg", key);
    const second = await morsel.upload(user, "", "orange.jpg", key);
    assertAccepted(first);
    assert.equal(first.headers.get("idempotent-replayed"), null);
    assert.equal(second.status, 202);
    assert.deepEqual(second.body, first.body);
    assert.equal(second.headers.get("location"), first.headers.get("location"));
    assert.equal(second.headers.get("idempotent-replayed"), "true");
    assert.equal(await countRecords(morsel, user), 1);
  },
  "The same Idempotency-Key with another request is a 422.": async (morsel) => {
    const user = await morsel.logIn();
    const key = { "idempotency-key": randomUUID() };
    await morsel.upload(user, "", "orange.jpg", key);
    assertProblem(await morsel.upload(user, "", "banana.jpg", key), 422);
    assertProblem(await morsel.upload(user, "?analysis_mode=fast", "orange.jpg", key), 422);
    assert.equal(await countRecords(morsel, user), 1);
  },
  "The same Idempotency-Key twice at the same time makes one record.": async (morsel) => {
    const user = await morsel.logIn();
    const key = { "idempotency-key": randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => morsel.upload(user, "", "orange.jpg", key)));
    const ids = answers.filter(({ status }) => status === 202).map(({ body }) => body.record_id);
    assert.ok(ids.length >= 1);
    assert.equal(new Set(ids).size, 1);
    for (const response of answers.filter(({ status }) => status !== 202)) assertProblem(response, 409);
    assert.equal(await countRecords(morsel, user), 1);
  },
  "Another user may use the same Idempotency-Key.": async (morsel) => {
    const key = { "idempotency-key": randomUUID() };
    const [one, other] = [await morsel.logIn(), await morsel.logIn()];
    const first = await morsel.upload(one, "", "orange.jpg", key);
    const second = await morsel.upload(other, "", "orange.jpg", key);
    assert.notEqual(first.body.record_id, second.body.record_id);
  },
  "An Idempotency-Key has 1 to 255 printable characters.": async (morsel) =>
    assertProblem(
      await morsel.upload(await morsel.logIn(), "", "orange.jpg", { "idempotency-key": "k".repeat(256) }),
      422,
    ),
  "An earlier analysis of the same bytes is reused, and says so; ignore_cache analyses again.": async (morsel) => {
    const user = await morsel.logIn();
    const first = await morsel.finalRecord(user, await morsel.uploaded(user, "?ignore_cache=true", "pizza.jpg"));
    assert.equal(first.body.analysis.cached, false);
    const second = await morsel.finalRecord(user, await morsel.uploaded(user, "", "pizza.jpg"));
    assert.equal(second.body.analysis.cached, true);
    assert.deepEqual(second.body.nutritional_fields, first.body.nutritional_fields);
    const third = await morsel.finalRecord(user, await morsel.uploaded(user, "?ignore_cache=true", "pizza.jpg"));
    assert.equal(third.body.analysis.cached, false);
  },
});
