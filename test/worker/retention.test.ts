import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { createUuidV7 } from "../../src/ids.ts";
import { jpeg } from "../support/images.ts";
import { failRecord, ring, sequencer } from "../support/worker/record-lives.ts";
import {
  call,
  createApplication,
  finalRecord,
  logIn,
  readRecord,
  upload,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const photo = jpeg({ width: 1024, height: 768 });
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication({ image_retention_days: 7 });
  ada = await logIn(applicationId);
});
beforeEach(() => {
  listenForWebhooks();
  // The clean-up says in the log how many photos it deleted.
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** What the cron trigger does, so many milliseconds from now. Applications are looked at once a day. */
async function runScheduledIn(ms: number): Promise<void> {
  const later = Date.now() + ms;
  const clock = vi.spyOn(Date, "now").mockReturnValue(later);
  await worker.scheduled(createScheduledController(), env as never);
  clock.mockRestore();
}

async function uploadAndFinish(): Promise<string> {
  const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
  await finalRecord(ada, id);
  return id;
}

const isStored = async (id: string) => (await env.PHOTOS.head(`${applicationId}/${id}`)) !== null;

describe("the retention of photos", () => {
  it("deletes a photo when it is too old; the record stays and says that it is gone", async () => {
    const id = await uploadAndFinish();
    await runScheduledIn(7 * DAY_MS - HOUR_MS);
    expect(await isStored(id)).toBe(true);
    await runScheduledIn(9 * DAY_MS);
    expect(await isStored(id)).toBe(false);
    expect(await readRecord(ada, id)).toMatchObject({ status: "completed", dish_name: "apple" });
    const image = await call(`/nutrition_records/${id}/image`, { headers: ada });
    expect(await image.json()).toMatchObject({ status: 404, code: "photo_gone" });
  });

  it("keeps the photo of a failed record that waits to be analyzed again, and deletes it afterwards", async () => {
    const [id, other] = [await uploadUnheard(ada, photo), await uploadUnheard(ada, photo)];
    for (const each of [id, other]) {
      await failRecord(each);
      await finalRecord(ada, each);
    }
    vi.spyOn(env.ANALYSIS_QUEUE, "sendBatch").mockResolvedValue({ metadata: { metrics: {} } } as never);
    await sequencer.reanalyze(id, null, null);
    const isWaiting = env.DB.prepare("SELECT json_extract(history, '$[#-1].stage') AS stage FROM records WHERE id = ?");
    await vi.waitFor(async () => {
      await ring(id);
      expect(await isWaiting.bind(id).first("stage")).toBe("queued");
    });
    await env.DB.prepare("DELETE FROM clean_ups").run();
    await runScheduledIn(8 * DAY_MS);
    expect([await isStored(id), await isStored(other)]).toEqual([true, false]);
    await failRecord(id);
    await ring(id);
    await runScheduledIn(16 * DAY_MS);
    expect(await isStored(id)).toBe(false);
  });

  it("is the application's own", async () => {
    const other = await createApplication({ image_retention_days: 100 });
    const bob = await logIn(other);
    const { record_id: id } = await (await upload(bob, photo)).json<{ record_id: string }>();
    await finalRecord(bob, id);
    await runScheduledIn(40 * DAY_MS);
    expect(await env.PHOTOS.head(`${other}/${id}`)).not.toBeNull();
  });

  it("looks through an application's photos once a day", async () => {
    await runScheduledIn(60 * DAY_MS);
    const list = vi.spyOn(env.PHOTOS, "list");
    await runScheduledIn(60 * DAY_MS + HOUR_MS);
    expect(list).not.toHaveBeenCalled();
    await runScheduledIn(61 * DAY_MS + 60_000);
    expect(list).toHaveBeenCalled();
  });

  it("goes on after a run that was stopped halfway", async () => {
    const id = await uploadAndFinish();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(env.PHOTOS, "delete").mockRejectedValueOnce(new Error("R2 is down"));
    await runScheduledIn(80 * DAY_MS);
    expect(await isStored(id)).toBe(true);
    await runScheduledIn(80 * DAY_MS + 11 * 60_000);
    expect(await isStored(id)).toBe(false);
  });
});

describe("a photo without a record", () => {
  const recordId = () => createUuidV7(Date.now(), (array) => crypto.getRandomValues(array));

  it("is left alone while it may still get one, and deleted later", async () => {
    const id = recordId();
    await env.PHOTOS.put(`${applicationId}/${id}`, photo);
    await env.DB.prepare("DELETE FROM clean_ups").run();
    await runScheduledIn(HOUR_MS / 2);
    expect(await isStored(id)).toBe(true);
    await runScheduledIn(2 * DAY_MS);
    expect(await isStored(id)).toBe(false);
  });
});

describe("revocations", () => {
  it("are forgotten when every token that they ended has expired", async () => {
    await call("/auth/revoke", { method: "POST", headers: await logIn(applicationId, "eve") });
    const count = () =>
      env.DB.prepare("SELECT count(*) AS n FROM revocations WHERE application_id = ?").bind(applicationId).first("n");
    await env.DB.prepare("DELETE FROM clean_ups").run();
    await runScheduledIn(DAY_MS - 60_000);
    expect(await count()).toBe(1);
    await env.DB.prepare("DELETE FROM clean_ups").run();
    await runScheduledIn(DAY_MS + 60_000);
    expect(await count()).toBe(0);
  });
});
