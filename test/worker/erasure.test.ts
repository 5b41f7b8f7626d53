import { createScheduledController, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { createStatusCache } from "../../src/records/status-cache.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import { ADMIN, call, createApplication, finalRecord, logIn, upload, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const MINUTE_MS = 60_000;
const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
/** A name that is nowhere else in storage. */
let userId: string;
let applicationId: number;
let user: { authorization: string };
let webhooks: ReceivedWebhook[];

beforeEach(async () => {
  webhooks = listenForWebhooks();
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  userId = `somebody-${crypto.randomUUID()}`;
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  user = await logIn(applicationId, userId);
});
afterEach(() => vi.restoreAllMocks());

interface Receipt {
  receipt_id: string;
  status: string;
  records: number;
  photos: number;
  deliveries: number;
  finished_at: string | null;
}

const ask = (method: string, path: string) => call(`/admin/applications/${path}`, { method, headers: ADMIN });
const erase = async (path: string) => {
  const response = await ask("DELETE", path);
  expect(response.status).toBe(202);
  return response.json<Receipt>();
};
const readReceipt = async ({ receipt_id: id }: Receipt) =>
  (await ask("GET", `${applicationId}/erasures/${id}`)).json<Receipt>();

/** What the cron trigger does, so many minutes from now. */
async function runScheduledIn(minutes: number): Promise<void> {
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + minutes * MINUTE_MS);
  await worker.scheduled(createScheduledController(), env as never);
  clock.mockRestore();
}

async function uploadAndFinish(): Promise<string> {
  const headers = { ...user, "idempotency-key": crypto.randomUUID() };
  const { record_id: id } = await (await upload(headers, photo)).json<{ record_id: string }>();
  await finalRecord(user, id);
  await vi.waitFor(() => expect(webhooks.some(({ body }) => body.includes(id))).toBe(true));
  await vi.waitFor(async () => {
    const row = await env.DB.prepare("SELECT 1 FROM deliveries WHERE record_id = ?").bind(id).first();
    if (row === null) throw new Error("not recorded yet");
  });
  await call(`/nutrition_records/${id}/status`, { headers: user });
  return id;
}

/** Every row of every table of D1, as text, under the table's name. */
async function dumpDatabase(): Promise<Map<string, string>> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'food%'",
  ).all<{ name: string }>();
  const dump = new Map<string, string>();
  for (const { name } of tables.results) {
    dump.set(name, JSON.stringify((await env.DB.prepare(`SELECT * FROM "${name}"`).all()).results));
  }
  return dump;
}

/** The tables of D1 that have rows of this application. */
async function tablesOf(id: number): Promise<string[]> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%application_id%'",
  ).all<{ name: string }>();
  const counts = await Promise.all(
    tables.results.map(async ({ name }) => ({
      name,
      rows: await env.DB.prepare(`SELECT count(*) AS n FROM "${name}" WHERE application_id = ?`).bind(id).first("n"),
    })),
  );
  return counts.filter(({ rows }) => rows !== 0).map(({ name }) => name);
}

/** What an object has stored, its alarm included, as text. */
const dumpObject = (id: string): Promise<string> =>
  runInDurableObject(env.RECORDS.get(env.RECORDS.idFromName(id)), async (_, state) => {
    const { sql } = state.storage;
    const tables = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name IN ('sequence', 'outbox')");
    const rows = [...tables].flatMap(({ name }) => sql.exec(`SELECT * FROM ${name}`).toArray());
    return JSON.stringify({ rows, alarm: await state.storage.getAlarm() });
  });

/** Where the user or one of these records is still named: in a table, the bucket, an object, or the status cache. */
async function placesThatName(recordIds: readonly string[]): Promise<string[]> {
  const names = [userId, ...recordIds];
  const places = [...(await dumpDatabase())]
    .filter(([, rows]) => names.some((name) => rows.includes(name)))
    .map(([table]) => `D1 ${table}`);
  const { objects } = await env.PHOTOS.list({ prefix: `${applicationId}/` });
  places.push(...objects.map(({ key }) => `R2 ${key}`));
  const cache = createStatusCache(
    caches.default,
    () => Date.now(),
    () => crypto.randomUUID(),
  );
  for (const id of recordIds) {
    if ((await dumpObject(id)) !== '{"rows":[],"alarm":null}') places.push(`object ${id}`);
    const kept = await cache.through(
      { applicationId, userId },
      id,
      async () => null,
      () => undefined,
    );
    if (kept !== null) places.push(`cache ${id}`);
  }
  return places;
}

describe("erasing an end user", () => {
  it("leaves a receipt and nothing else: in D1, R2, the objects and the cache", async () => {
    const ids = [await uploadAndFinish(), await uploadAndFinish(), await uploadUnheard(user, photo)];
    expect(await placesThatName(ids)).toEqual(
      expect.arrayContaining(["D1 records", "D1 deliveries", `R2 ${applicationId}/${ids[0]}`, `cache ${ids[0]}`]),
    );
    const receipt = await erase(`${applicationId}/users/${userId}`);
    expect(receipt).toMatchObject({ status: "running", records: 3, photos: 3, deliveries: 2, finished_at: null });
    expect(await placesThatName(ids)).toEqual(["D1 erasures"]);

    await runScheduledIn(6);
    expect(await placesThatName(ids)).toEqual([]);
    expect(await readReceipt(receipt)).toMatchObject({
      status: "done",
      records: 3,
      photos: 3,
      deliveries: 2,
      finished_at: expect.any(String),
    });
  });

  it("ends the user's tokens, and nobody else's", async () => {
    const other = await logIn(applicationId, "another");
    await erase(`${applicationId}/users/${userId}`);
    expect((await call("/nutrition_records", { headers: user })).status).toBe(401);
    expect((await call("/nutrition_records", { headers: other })).status).toBe(200);
  });

  it("leaves other users' records alone, and those of the same user elsewhere", async () => {
    const elsewhere = await logIn(await createApplication(), userId);
    const other = await logIn(applicationId, `${userId}2`);
    const kept: [Record<string, string>, string][] = [
      [elsewhere, await uploadUnheard(elsewhere, photo)],
      [other, await uploadUnheard(other, photo)],
    ];
    await uploadUnheard(user, photo);
    expect(await erase(`${applicationId}/users/${userId}`)).toMatchObject({ records: 1 });
    await runScheduledIn(6);
    for (const [headers, id] of kept) {
      expect((await call(`/nutrition_records/${id}/image`, { headers })).status).toBe(200);
    }
  });

  it("stops an analysis that is under way: nothing of it is written or sent", async () => {
    const id = await uploadUnheard(user, photo);
    const begun = await sequencer.begin(id);
    await erase(`${applicationId}/users/${userId}`);
    const late = await sequencer.finish(id, begun?.outcome === "leased" ? begun.lease.id : "", completedOutcome());
    expect(late).toBeNull();
    await runScheduledIn(6);
    expect(await placesThatName([id])).toEqual([]);
    expect(webhooks.filter(({ body }) => body.includes(id))).toEqual([]);
  });

  it("takes an upload along that an isolate still let in", async () => {
    const receipt = await erase(`${applicationId}/users/${userId}`);
    await env.DB.prepare("DELETE FROM revocations").run();
    const late = await uploadUnheard(await logIn(applicationId, userId), photo);
    await runScheduledIn(4);
    expect(await readReceipt(receipt)).toMatchObject({ status: "running" });
    await runScheduledIn(6);
    expect(await readReceipt(receipt)).toMatchObject({ status: "done", records: 1 });
    expect(await placesThatName([late])).toEqual([]);
  });

  it("takes along a photo that comes to the store after its record was erased", async () => {
    const put = env.PHOTOS.put.bind(env.PHOTOS);
    const erased = Promise.withResolvers<void>();
    vi.spyOn(env.PHOTOS, "put").mockImplementationOnce(async (...given: Parameters<typeof put>) => {
      await erased.promise;
      return put(...given);
    });
    const uploading = call("/nutrition_records/image", {
      method: "POST",
      headers: { ...user, "content-type": "application/json" },
      body: JSON.stringify({ body: photo.toBase64() }),
    });
    const stored = await vi.waitFor(async () => {
      const row = await env.DB.prepare("SELECT id FROM records WHERE user_id = ?").bind(userId).first<{ id: string }>();
      expect(row).not.toBeNull();
      return row;
    });
    expect(await erase(`${applicationId}/users/${userId}`)).toMatchObject({ records: 1 });
    erased.resolve();
    expect((await uploading).status).toBe(202);
    await vi.waitFor(async () => expect(await env.PHOTOS.head(`${applicationId}/${stored?.id}`)).toBeNull());
  });

  it("spares what the user uploads afterwards, with a new login", async () => {
    const receipt = await erase(`${applicationId}/users/${userId}`);
    const again = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 2 * MINUTE_MS);
    const { record_id: id } = await (
      await upload(await logIn(applicationId, userId), photo)
    ).json<{ record_id: string }>();
    again.mockRestore();
    await runScheduledIn(6);
    expect(await readReceipt(receipt)).toMatchObject({ status: "done", records: 0 });
    const row = await env.DB.prepare("SELECT id FROM records WHERE id = ?").bind(id).first();
    expect(row).toEqual({ id });
  });

  it("answers with the same receipt while it runs, and with a new one later", async () => {
    const first = await erase(`${applicationId}/users/${userId}`);
    expect((await erase(`${applicationId}/users/${userId}`)).receipt_id).toBe(first.receipt_id);
    await runScheduledIn(6);
    const later = await erase(`${applicationId}/users/${userId}`);
    expect(later.receipt_id).not.toBe(first.receipt_id);
    expect(later).toMatchObject({ records: 0 });
  });

  it("goes on from the cron trigger when it was stopped, and counts each record once", async () => {
    const ids = [await uploadUnheard(user, photo), await uploadUnheard(user, photo)];
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(env.PHOTOS, "delete").mockRejectedValueOnce(new Error("R2 is down"));
    const receipt = await erase(`${applicationId}/users/${userId}`);
    expect(receipt).toMatchObject({ status: "running", records: 2 });
    await runScheduledIn(2);
    await runScheduledIn(6);
    expect(await placesThatName(ids)).toEqual([]);
    expect(await readReceipt(receipt)).toMatchObject({ status: "done", records: 2, photos: 2 });
  });

  it.each(["999999/users/ada", "1/users/a%2Fb", `1/users/${"x".repeat(129)}`])(
    "is a 404 where there cannot be such a user: %s",
    async (path) => {
      expect((await ask("DELETE", path)).status).toBe(404);
    },
  );
});

describe("deleting an application", () => {
  it("shuts it out at once, then erases every user and the application itself", async () => {
    const id = await uploadAndFinish();
    const other = await logIn(applicationId, "another");
    await uploadUnheard(other, photo);
    await env.PHOTOS.put(`${applicationId}/${id.replace(/.$/, "x")}`, photo);
    const receipt = await erase(String(applicationId));
    expect(receipt).toMatchObject({ scope: "application", status: "running", records: 2, photos: 2, deliveries: 1 });
    expect(await (await call("/nutrition_records", { headers: other })).json()).toMatchObject({
      code: "inactive_application",
    });
    await runScheduledIn(6);
    expect(await readReceipt(receipt)).toMatchObject({ status: "done", records: 2 });
    expect((await ask("GET", String(applicationId))).status).toBe(404);
    expect(await placesThatName([id])).toEqual([]);
    expect(await tablesOf(applicationId)).toEqual(["erasures", "audit_log"]);
    expect((await ask("DELETE", String(applicationId))).status).toBe(404);
  });

  it("gives no token of it to a later application with its id", async () => {
    await erase(String(applicationId));
    await runScheduledIn(6);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 40_000);
    expect(await createApplication({ id: applicationId })).toBe(applicationId);
    expect((await call("/nutrition_records", { headers: user })).status).toBe(401);
  });
});

it("a receipt is told to nobody under another application", async () => {
  const receipt = await erase(`${applicationId}/users/${userId}`);
  const other = await createApplication();
  expect((await ask("GET", `${other}/erasures/${receipt.receipt_id}`)).status).toBe(404);
});
