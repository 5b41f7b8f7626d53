import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { jpeg } from "../support/images.ts";
import { codeOf, loseMessages, newKey, sendRaw } from "../support/worker/keyed-uploads.ts";
import { ADMIN, call, createApplication, logIn, stored, upload } from "../support/worker/tenant.ts";

const photo = jpeg({ width: 1024, height: 768 });
const DAY_MS = 86_400_000;
let applicationId: number;
let ada: { authorization: string };

beforeEach(() => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  loseMessages();
});
afterEach(() => vi.restoreAllMocks());

async function limitTo(limits: Record<string, number>): Promise<void> {
  applicationId = await createApplication({ storage_limits: limits });
  ada = await logIn(applicationId);
}

const send = (path: string, body: object): Promise<Response> =>
  call(`/nutrition_records/${path}`, { method: "POST", headers: ada, body: JSON.stringify(body) });
const typeIn = (): Promise<Response> => send("manual", { dish_name: "soup", serving_size: 300, unit: "g" });
const counted = () =>
  env.DB.prepare("SELECT user_id, records, bytes FROM user_storage WHERE application_id = ?")
    .bind(applicationId)
    .all()
    .then(({ results }) => results);
const idOf = async (response: Response): Promise<string> => (await response.json<{ record_id: string }>()).record_id;

describe("a user who stores as many records as the application allows", () => {
  it.each([
    ["photo", () => upload(ada, photo)],
    ["photo with a key", () => sendRaw(photo)(newKey(), ada)],
    ["sentence", () => send("text", { text: "two eggs" })],
    ["label", () => sendRaw(photo, "/nutrition_records/ingredients/label")(newKey(), ada, "?wait_on_process=false")],
    ["meal typed in", typeIn],
  ])("is refused another: a %s, of which nothing is left", async (_, create) => {
    await limitTo({ user_records: 2 });
    await typeIn();
    await typeIn();
    const before = await stored();
    expect(await codeOf(await create())).toEqual([409, "quota_exceeded"]);
    expect(await stored()).toEqual(before);
    expect(await counted()).toMatchObject([{ user_id: "ada", records: 2 }]);
  });

  it("is counted alone, and once however many uploads there are at the same time", async () => {
    await limitTo({ user_records: 5 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => upload(ada, photo)));
    const statuses = answers.map(({ status }) => status);
    expect([statuses.filter((s) => s === 202).length, statuses.filter((s) => s === 409).length]).toEqual([5, 7]);
    expect((await upload(await logIn(applicationId, "bob"), photo)).status).toBe(202);
  });

  it("has room again after a deletion, and leaves nothing behind after the last", async () => {
    await limitTo({ user_records: 1 });
    const id = await idOf(await typeIn());
    expect((await typeIn()).status).toBe(409);
    await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    await vi.waitFor(async () => expect(await counted()).toEqual([]));
    expect((await typeIn()).status).toBe(201);
  });

  it("may change a meal into a larger one, which counts: the next is refused", async () => {
    await limitTo({ user_bytes: 2_000 });
    const id = await idOf(await typeIn());
    const ingredients = Array.from({ length: 40 }, (_, place) => ({
      name: `food ${place}`,
      serving_size: 10,
      unit: "g",
    }));
    const body = JSON.stringify({ dish_name: "feast", serving_size: 400, unit: "g", ingredients });
    expect((await call(`/nutrition_records/${id}`, { method: "PUT", headers: ada, body })).status).toBe(200);
    await vi.waitFor(async () => expect((await counted())[0]?.["bytes"]).toBeGreaterThan(2_000));
    expect(await codeOf(await typeIn())).toEqual([409, "quota_exceeded"]);
  });

  it("may still delete when the limit was lowered, and is let in when it is raised", async () => {
    await limitTo({ user_records: 3 });
    const ids = await Promise.all([typeIn(), typeIn(), typeIn()].map(async (made) => idOf(await made)));
    const change = (limits: object) =>
      call(`/admin/applications/${applicationId}`, {
        method: "PATCH",
        headers: ADMIN,
        body: JSON.stringify({ storage_limits: limits }),
      });
    await change({ user_records: 1 });
    await call(`/nutrition_records/${ids[0]}`, { method: "DELETE", headers: ada });
    await vi.waitFor(async () => expect(await counted()).toMatchObject([{ records: 2 }]));
    expect((await typeIn()).status).toBe(409);
    await change({});
    expect((await typeIn()).status).toBe(201);
  });
});

describe("the bytes of a user's photos", () => {
  it("are limited", async () => {
    await limitTo({ user_bytes: 2 * photo.length });
    expect([(await upload(ada, photo)).status, (await upload(ada, photo)).status]).toEqual([202, 202]);
    expect(await codeOf(await upload(ada, photo))).toEqual([409, "quota_exceeded"]);
    expect(await counted()).toMatchObject([{ records: 2, bytes: 2 * photo.length }]);
  });

  it("count no more once the photos have been kept for as long as the application wants", async () => {
    await limitTo({});
    await upload(ada, photo);
    await env.DB.prepare("UPDATE records SET status = 'failed' WHERE application_id = ?").bind(applicationId).run();
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 91 * DAY_MS);
    for (let runs = 0; runs < 40 && (await counted())[0]?.["bytes"] !== 0; runs++) {
      await worker.scheduled(createScheduledController(), env as never);
    }
    clock.mockRestore();
    expect(await counted()).toMatchObject([{ records: 1, bytes: 0 }]);
  });
});

it("what is stored, and who is near a limit, is part of the usage", async () => {
  const read = async () => {
    const response = await call("/admin/usage", { headers: ADMIN });
    return (await response.json<{ storage: Record<string, number> }>()).storage;
  };
  const before = await read();
  await limitTo({ user_records: 4 });
  for (let made = 0; made < 4; made++) await typeIn();
  const after = await read();
  expect(after["users"]).toBe((before["users"] ?? 0) + 1);
  expect(after["records"]).toBe((before["records"] ?? 0) + 4);
  expect(after["users_near_limit"]).toBe((before["users_near_limit"] ?? 0) + 1);
});
