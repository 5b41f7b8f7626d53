import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { jpeg } from "../support/images.ts";
import {
  asGiven,
  codeOf,
  counts,
  idOf,
  loseMessages,
  newKey,
  ONCE,
  sendForm,
  sendJson,
  sendRaw,
  type Send,
} from "../support/worker/keyed-uploads.ts";
import { call, createApplication, finalRecord, logIn, stored } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const size = { width: 1024, height: 768 };
const photo = jpeg(size);
const otherPhoto = jpeg({ ...size, bytes: 9000 });
const DAY_MS = 24 * 60 * 60 * 1000;
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
});
let lost: ReturnType<typeof loseMessages>;
beforeEach(() => {
  lost = loseMessages();
  listenForWebhooks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const WAYS: [string, Send][] = [
  ["raw bytes", sendRaw(photo)],
  ["a form, with a boundary of its own each time", sendForm(photo)],
  ["base64 in JSON", sendJson({ body: photo.toBase64(), metadata: { meal: "lunch" } })],
];

describe("an upload that is sent again with its Idempotency-Key", () => {
  it.each(WAYS)("as %s gets the first answer again and makes nothing new", async (_, send) => {
    lost.mockRestore();
    const made = await counts();
    const key = newKey();
    const first = await send(key, ada);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const second = await send(key, ada);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    const given = await asGiven(first);
    expect(given).toMatchObject({ status: 202, retryAfter: "2" });
    expect(await asGiven(second)).toEqual(given);
    await finalRecord(ada, idOf(given));
    const third = await send(key, ada);
    expect(await asGiven(third)).toEqual(given);
    expect(await made()).toEqual(ONCE);
  });

  it("may come by another way, as long as it asks for the same", async () => {
    const made = await counts();
    const key = newKey();
    const given = await asGiven(await sendRaw(photo)(key, ada));
    for (const send of [
      sendForm(photo),
      sendJson({ body: photo.toBase64() }),
      sendRaw(photo, "/v3/nutrition_records"),
    ]) {
      expect(await asGiven(await send(key, ada))).toEqual(given);
    }
    expect(await made()).toEqual(ONCE);
  });

  it("may write its metadata in another order", async () => {
    const key = newKey();
    const body = photo.toBase64();
    const given = await asGiven(await sendJson({ body, metadata: { a: "1", b: "2" } })(key, ada));
    expect(await asGiven(await sendJson({ metadata: { b: "2", a: "1" }, body })(key, ada))).toEqual(given);
  });

  it("is refused when it asks for something else", async () => {
    const made = await counts();
    const key = newKey();
    expect((await sendRaw(photo)(key, ada)).status).toBe(202);
    const others: Response[] = [
      await sendRaw(otherPhoto)(key, ada),
      await sendRaw(jpeg({ ...size, orientation: 6 }))(key, ada),
      await sendRaw(Uint8Array.from([1, 2, 3]))(key, ada),
      await sendForm(otherPhoto)(key, ada),
      await sendRaw(photo)(key, ada, "?analysis_mode=fast"),
      await sendRaw(photo)(key, ada, "?wait_on_process=true"),
      await sendJson({ body: photo.toBase64(), metadata: { meal: "dinner" } })(key, ada),
      await sendJson({ body_url: "https://photos.example.com/lunch.jpg" })(key, ada),
    ];
    for (const response of others) expect(await codeOf(response)).toEqual([422, "idempotency_key_reused"]);
    expect(await made()).toEqual(ONCE);
  });

  it("belongs to its user: another user or application is free to use the same key", async () => {
    const key = newKey();
    const eve = await logIn(applicationId, "eve");
    const stranger = await logIn(await createApplication());
    const ids = await Promise.all(
      [ada, eve, stranger].map(async (who) => idOf(await asGiven(await sendRaw(photo)(key, who)))),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it("is new again after 24 hours, and not before", async () => {
    const key = newKey();
    const first = idOf(await asGiven(await sendRaw(photo)(key, ada)));
    const start = Date.now();
    const clock = vi.spyOn(Date, "now");
    clock.mockReturnValue(start + DAY_MS - 1000);
    const fresh = await logIn(applicationId);
    expect(idOf(await asGiven(await sendRaw(photo)(key, fresh)))).toBe(first);
    clock.mockReturnValue(start + DAY_MS + 1000);
    const other = await sendRaw(otherPhoto)(key, await logIn(applicationId));
    expect(other.status).toBe(202);
    expect(other.headers.get("idempotent-replayed")).toBeNull();
    clock.mockRestore();
  });
});

describe("two uploads with one Idempotency-Key at the same time", () => {
  it.each(WAYS)("as %s make one record, one photo and one queue message", async (_, send) => {
    const made = await counts();
    const key = newKey();
    const responses = await Promise.all([send(key, ada), send(key, ada), send(key, ada)]);
    const given = await Promise.all(responses.map(asGiven));
    expect(new Set(given.map((result) => JSON.stringify(result))).size, JSON.stringify(given)).toBe(1);
    expect(given[0]?.status).toBe(202);
    const replayed = responses.map((response) => response.headers.get("idempotent-replayed"));
    expect(replayed.filter((value) => value === null)).toHaveLength(1);
    expect(await made()).toEqual(ONCE);
  });

  it("that ask for different things: one is accepted and the other refused", async () => {
    const made = await counts();
    const key = newKey();
    const responses = await Promise.all([sendRaw(photo)(key, ada), sendRaw(otherPhoto)(key, ada)]);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([202, 422]));
    expect(await made()).toEqual(ONCE);
  });
});

describe("an Idempotency-Key", () => {
  it.each([
    ["empty", ""],
    ["longer than 255 characters", "k".repeat(256)],
    ["not printable", "a\tb"],
  ])("that is %s is refused", async (_, key) => {
    const before = await stored();
    const response = await sendRaw(photo)(key, ada);
    const body = await response.json<{ code: string; errors: { location: string }[] }>();
    expect([response.status, body.code]).toEqual([422, "invalid_request"]);
    expect(body.errors[0]?.location).toBe("header.idempotency-key");
    expect(await stored()).toEqual(before);
  });

  it("of 255 characters is accepted", async () => {
    expect((await sendRaw(photo)("~ ".repeat(127) + "k", ada)).status).toBe(202);
  });

  const keys = async (): Promise<number> =>
    (await env.DB.prepare("SELECT count(*) AS n FROM idempotency_keys").first<{ n: number }>())?.n ?? 0;

  it("goes with its record when that is deleted", async () => {
    const before = await keys();
    const key = newKey();
    const first = idOf(await asGiven(await sendRaw(photo)(key, ada)));
    expect(await keys()).toBe(before + 1);
    await call(`/nutrition_records/${first}`, { method: "DELETE", headers: ada });
    expect(await keys()).toBe(before);
    expect(idOf(await asGiven(await sendRaw(photo)(key, ada)))).not.toBe(first);
  });

  it("is cleaned up by the cron trigger once its time is over", async () => {
    await sendRaw(photo)(newKey(), ada);
    const kept = await keys();
    const clean = () => worker.scheduled(createScheduledController({ cron: "* * * * *" }), env as unknown as Env);
    await clean();
    expect(await keys()).toBe(kept);
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    vi.spyOn(env.ANALYSIS_QUEUE, "sendBatch").mockResolvedValue({ metadata: { metrics: {} } } as never);
    const later = Date.now() + 3 * DAY_MS;
    vi.spyOn(Date, "now").mockReturnValue(later);
    await clean();
    expect(await keys()).toBe(0);
  });
});
