import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import {
  call,
  createApplication,
  finalRecord,
  logIn,
  readRecord,
  upload,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
let applicationId: number;
let ada: { authorization: string };
let webhooks: ReceivedWebhook[];
const webhooksOf = (id: string) => webhooks.filter(({ body }) => body.includes(id));

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  ada = await logIn(applicationId);
});
beforeEach(() => {
  webhooks = listenForWebhooks();
});
afterEach(() => vi.restoreAllMocks());

const cancel = (id: string) => call(`/nutrition_records/${id}/cancel`, { method: "POST", headers: ada });
const remove = (id: string) => call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });

/** Everything that is left of a record anywhere. */
async function traces(id: string): Promise<Record<string, number>> {
  const count = async (sql: string) => (await env.DB.prepare(sql).bind(id).first<{ n: number }>())?.n ?? 0;
  const inObject = await runInDurableObject(env.RECORDS.get(env.RECORDS.idFromName(id)), async (_, state) => {
    const { sql } = state.storage;
    const tables = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name IN ('sequence', 'outbox')");
    const rows = [...tables].reduce((sum, { name }) => sum + sql.exec(`SELECT * FROM ${name}`).toArray().length, 0);
    return rows + ((await state.storage.getAlarm()) === null ? 0 : 1);
  });
  const photos = await env.PHOTOS.head(`${applicationId}/${id}`);
  return {
    rows: await count("SELECT count(*) AS n FROM records WHERE id = ?"),
    deliveries: await count("SELECT count(*) AS n FROM deliveries WHERE record_id = ?"),
    photos: photos === null ? 0 : 1,
    inObject,
  };
}
const NOTHING = { rows: 0, deliveries: 0, photos: 0, inObject: 0 };

describe("canceling a record", () => {
  it("ends it as canceled, with no webhook, while it is pending", async () => {
    const id = await uploadUnheard(ada, photo);
    const response = await cancel(id);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ record_id: id, status: "canceled" });
    expect(await finalRecord(ada, id)).toMatchObject({ status: "canceled", failure_code: "canceled" });
    expect(webhooksOf(id)).toHaveLength(0);
  });

  it("stops the analysis that is under way: its result comes too late", async () => {
    const id = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(id);
    await cancel(id);
    const late = await sequencer.finish(id, begun?.outcome === "leased" ? begun.lease.id : "", completedOutcome());
    expect(late).toEqual({ outcome: "stale", status: "canceled" });
    expect(await finalRecord(ada, id)).toMatchObject({ status: "canceled" });
  });

  it("is refused once the analysis is over", async () => {
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    await finalRecord(ada, id);
    const response = await cancel(id);
    expect(await response.json()).toMatchObject({ status: 409, code: "already_final" });
    expect(await readRecord(ada, id)).toMatchObject({ status: "completed" });
  });
});

describe("deleting a record", () => {
  it("leaves nothing of it: no row, no photo, no delivery, nothing in its object", async () => {
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    await finalRecord(ada, id);
    await vi.waitFor(async () => expect(await traces(id)).toMatchObject({ deliveries: 1, inObject: 0 }));
    await call(`/nutrition_records/${id}/status`, { headers: ada });
    expect((await remove(id)).status).toBe(204);
    expect(await traces(id)).toEqual(NOTHING);
    for (const path of ["", "/status"]) {
      expect((await call(`/nutrition_records/${id}${path}`, { headers: ada })).status).toBe(404);
    }
  });

  it("while it is processed stops the analysis, and no webhook follows", async () => {
    const id = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(id);
    expect((await remove(id)).status).toBe(204);
    const late = await sequencer.finish(id, begun?.outcome === "leased" ? begun.lease.id : "", completedOutcome());
    expect(late).toBeNull();
    expect(await traces(id)).toEqual(NOTHING);
    expect(webhooksOf(id)).toHaveLength(0);
  });

  it("with a webhook still due sends it no more", async () => {
    webhooks = listenForWebhooks(() => new Response("later", { status: 503 }));
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    await vi.waitFor(async () => expect(await traces(id)).toMatchObject({ deliveries: 1 }));
    await remove(id);
    expect(await traces(id)).toEqual(NOTHING);
  });

  it("goes on from the alarm when it is stopped halfway", async () => {
    const id = await uploadUnheard(ada, photo);
    const silenced = vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(env.PHOTOS, "delete").mockRejectedValueOnce(new Error("R2 is down"));
    await remove(id);
    await vi.waitFor(async () => expect(await traces(id)).toEqual(NOTHING));
    silenced.mockRestore();
  });

  it("is answered with 204 whether or not there is such a record", async () => {
    const id = await uploadUnheard(ada, photo);
    expect((await remove(id)).status).toBe(204);
    expect((await remove(id)).status).toBe(204);
    expect((await remove("not-an-id")).status).toBe(204);
  });
});
