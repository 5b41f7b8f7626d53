import { exports } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { etagOf, Morsel, MorselProblem, signLogin, verifyWebhook, type Fetch } from "../../src/client/index.ts";
import { jpeg } from "../support/images.ts";
import { BASE, createApplication, HMAC_KEY, WEBHOOK_KEY } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
/** As a Worker calls another one by a service binding. */
const callWorker: Fetch = (url, init) => {
  paths.push(new URL(url).pathname.replace(/^.*\//, ""));
  return exports.default.fetch(new Request(url, init));
};
/** The last part of each path that was called. */
let paths: string[] = [];
let ada: Morsel;
let logins = 0;
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  const applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  ada = new Morsel({
    baseUrl: `${BASE}/v3`,
    fetch: callWorker,
    getToken: async () => {
      logins++;
      return (await ada.logIn(await signLogin({ applicationId, userId: "ada", hmacKey: HMAC_KEY }))).access_token;
    },
  });
});
beforeEach(() => {
  webhooks = listenForWebhooks();
  paths = [];
});
afterEach(() => vi.restoreAllMocks());

it("logs in, uploads, waits and reads, from a Worker", async () => {
  const statuses: string[] = [];
  const progress: number[] = [];
  const record = await ada.analyze(
    photo,
    { include_ingredients: true, metadata: { meal: "lunch" } },
    { onStatus: ({ status }) => statuses.push(status), onProgress: ({ sentBytes }) => progress.push(sentBytes) },
  );
  expect(record).toMatchObject({ status: "completed", application_user_id: "ada", metadata: { meal: "lunch" } });
  expect(record.ingredients?.length).toBeGreaterThan(0);
  expect(statuses.at(-1)).toBe("completed");
  expect(progress).toEqual([0, photo.length]);
  // It has heard of it; it did not have to ask.
  expect(paths).toContain("events");
  expect(paths).not.toContain("status");

  await vi.waitFor(() => expect(webhooks).toHaveLength(1), { timeout: 5_000 });
  const [{ headers, body } = { headers: new Headers(), body: "" }] = webhooks;
  const verdict = await verifyWebhook(
    new Request("https://example.com", { method: "POST", headers, body }),
    WEBHOOK_KEY,
  );
  expect(verdict).toMatchObject({
    ok: true,
    eventId: expect.stringMatching(/./),
    record: { record_id: record.record_id },
  });
});

it("reads a label, at once or as a record", async () => {
  expect(await ada.readLabel(photo)).toMatchObject({ name: "Oat Flakes", nutritional_fields: { energy_kcal: 372 } });
  const { record_id: id, status } = await ada.readLabel(photo, { wait_on_process: false });
  expect(status).toBe("pending");
  expect(await ada.waitForRecord(id)).toMatchObject({ status: "completed", input_type: "label" });
});

it("changes and deletes a record, and lists what there is", async () => {
  const analyzed = await ada.analyze(photo);
  const { record_id: id } = analyzed;
  const ifMatch = etagOf({ ...analyzed });
  expect(ifMatch).toBe(etagOf(await ada.readRecord(id)));
  expect(ifMatch).toBeDefined();
  expect(etagOf(await ada.waitForRecord(id))).toBe(ifMatch);
  expect(await ada.changeRecord(id, { serving_size: 50 }, { ifMatch })).toMatchObject({
    status: "updated",
    serving_size: 50,
  });
  await expect(ada.changeRecord(id, { serving_size: 60 }, { ifMatch })).rejects.toMatchObject({
    code: "version_mismatch",
    status: 412,
    requestId: expect.stringMatching(/./),
  });

  const listed: string[] = [];
  for await (const record of ada.listRecords({ limit: 1 })) {
    listed.push(record.record_id);
    // The version that was written last is known here too; another user's of the list would have to be read.
    if (record.record_id === id) expect(etagOf(record)).not.toBe(ifMatch);
  }
  expect(listed).toContain(id);
  expect(new Set(listed).size).toBe(listed.length);

  await ada.deleteRecord(id);
  await expect(ada.readRecord(id)).rejects.toBeInstanceOf(MorselProblem);
  await expect(ada.readRecord(id)).rejects.toMatchObject({ code: "not_found", retryable: false });
});

it("takes meals in words and typed ones, corrects them, has photos analyzed again and adds up the day", async () => {
  const { record_id: id } = await ada.createTextRecord("an apple", { include_ingredients: true });
  expect(await ada.waitForRecord(id)).toMatchObject({ status: "completed", input_type: "text" });
  expect(await ada.correctIngredient(id, 0, { serving_size: 100 })).toMatchObject({
    status: "updated",
    serving_size: 100,
  });

  const soup = { dish_name: "soup", serving_size: 300, unit: "g", nutritional_fields: { energy_kcal: 200 } } as const;
  const typed = await ada.createManualRecord(soup);
  expect(typed).toMatchObject({ status: "completed", input_type: "manual", dish_name: "soup" });
  const ifMatch = etagOf(typed);
  expect(await ada.replaceRecord(typed.record_id, { ...soup, dish_name: "stew" }, { ifMatch })).toMatchObject({
    status: "updated",
    dish_name: "stew",
  });

  const seen = await ada.analyze(photo);
  expect(await ada.reanalyzeRecord(seen.record_id, "it is a pear")).toMatchObject({ status: "completed" });
  expect(await ada.waitForRecord(seen.record_id)).toMatchObject({ status: "updated" });
  await expect(ada.cancelRecord(seen.record_id)).rejects.toMatchObject({ code: "already_final", status: 409 });

  const { records, nutritional_fields: sums } = await ada.readSummary();
  expect(records).toBeGreaterThanOrEqual(3);
  expect(sums.energy_kcal).toBeGreaterThan(200);
});

it("gets another token, once, when its own has been revoked", async () => {
  await ada.deleteRecord("none");
  const before = logins;
  await ada.revokeTokens();
  await Promise.all([ada.deleteRecord("none"), ada.deleteRecord("none")]);
  expect(logins).toBe(before + 1);
});
