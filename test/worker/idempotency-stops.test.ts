import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import {
  asGiven,
  codeOf,
  counts,
  idOf,
  loseMessages,
  newKey,
  ONCE,
  sendRaw,
  type Send,
} from "../support/worker/keyed-uploads.ts";
import { createApplication, finalRecord, logIn, stored } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const size = { width: 1024, height: 768 };
const photo = jpeg(size);
const otherPhoto = jpeg({ ...size, bytes: 9000 });
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(() => {
  listenForWebhooks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** Lets the next transaction that binds a key fail, before it does anything or after it has done it all. */
function breakCommit(when: "before" | "after") {
  let isNext = false;
  const prepare = env.DB.prepare.bind(env.DB);
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    if (/^insert into "idempotency_keys"/i.test(sql)) isNext = true;
    return prepare(sql);
  });
  const batch = env.DB.batch.bind(env.DB);
  const broken = vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
    if (!isNext) return batch(statements);
    broken.mockRestore();
    if (when === "after") await batch(statements);
    throw new Error("D1 is down");
  });
}

describe("an upload with an Idempotency-Key that comes to nothing", () => {
  const REFUSED: [string, Send, number][] = [
    ["is no photo", sendRaw(Uint8Array.from(new TextEncoder().encode("not a photo at all"))), 415],
    ["is truncated", sendRaw(photo.slice(0, 6000)), 422],
    ["has a wrong option", (key, who) => sendRaw(photo)(key, who, "?analysis_mode=magic"), 422],
  ];

  it.each(REFUSED)("because it %s leaves the key free", async (_, send, status) => {
    const key = newKey();
    loseMessages();
    expect((await send(key, ada)).status).toBe(status);
    const again = await sendRaw(photo)(key, ada);
    expect(again.status).toBe(202);
    expect(again.headers.get("idempotent-replayed")).toBeNull();
  });

  it("because R2 is down leaves the key free, and nothing behind", async () => {
    const before = await stored();
    const key = newKey();
    vi.spyOn(env.PHOTOS, "put").mockRejectedValueOnce(new Error("R2 is down"));
    expect(await codeOf(await sendRaw(photo)(key, ada))).toEqual([503, "temporarily_unavailable"]);
    expect(await stored()).toEqual(before);
    loseMessages();
    expect((await sendRaw(otherPhoto)(key, ada)).status).toBe(202);
  });

  it("because D1 is down leaves the key free, and nothing behind", async () => {
    const before = await stored();
    const key = newKey();
    breakCommit("before");
    expect(await codeOf(await sendRaw(photo)(key, ada))).toEqual([503, "temporarily_unavailable"]);
    expect(await stored()).toEqual(before);
    loseMessages();
    expect((await sendRaw(photo)(key, ada)).status).toBe(202);
  });
});

describe("an upload with an Idempotency-Key that stops halfway", () => {
  it("when D1 stores the record and its answer is lost goes on all the same", async () => {
    const made = await counts();
    const key = newKey();
    breakCommit("after");
    const given = await asGiven(await sendRaw(photo)(key, ada));
    expect(given.status).toBe(202);
    expect(await asGiven(await sendRaw(photo)(key, ada))).toEqual(given);
    await finalRecord(ada, idOf(given));
    expect(await made()).toEqual(ONCE);
  });

  it("before the queue knows tells the client; the same upload then finds the record and queues it", async () => {
    const made = await counts();
    const key = newKey();
    const send = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockRejectedValueOnce(new Error("the queue is down"));
    expect(await codeOf(await sendRaw(photo)(key, ada))).toEqual([503, "temporarily_unavailable"]);
    const again = await sendRaw(photo)(key, ada);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    const given = await asGiven(again);
    expect(given.status).toBe(202);
    expect(await finalRecord(ada, idOf(given))).toMatchObject({ status: "completed" });
    expect(await asGiven(await sendRaw(photo)(key, ada))).toEqual(given);
    expect(send).toHaveBeenCalledTimes(2);
    expect(await made()).toMatchObject({ photos: 1, records: 1 });
  });

  it("after the row and without a word is brought to its end by the next one", async () => {
    const key = newKey();
    const made = await counts();
    const lost = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValueOnce({ metadata: { metrics: {} } } as never);
    const unheard = await asGiven(await sendRaw(photo)(key, ada));
    expect(lost).toHaveBeenCalledTimes(1);
    // As the isolate leaves it that ends before it has called the queue.
    await env.DB.prepare("UPDATE idempotency_keys SET answer = NULL WHERE key = ?").bind(key).run();
    const later = Date.now() + 11_000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(later);
    const again = await sendRaw(photo)(key, ada);
    clock.mockRestore();
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await asGiven(again)).toEqual(unheard);
    expect(await finalRecord(ada, idOf(unheard))).toMatchObject({ status: "completed" });
    expect(await made()).toMatchObject({ photos: 1, records: 1, messages: 2 });
  });

  it("while it is still at work makes the next one wait for its answer", async () => {
    const key = newKey();
    const send = env.ANALYSIS_QUEUE.send.bind(env.ANALYSIS_QUEUE);
    const spy = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockImplementationOnce(async (...message) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return send(...message);
    });
    const first = sendRaw(photo)(key, ada);
    await vi.waitFor(() => expect(spy).toHaveBeenCalledTimes(1));
    const repeated = await sendRaw(photo)(key, ada);
    expect(repeated.headers.get("idempotent-replayed")).toBe("true");
    const given = await asGiven(await first);
    expect(await asGiven(repeated)).toEqual(given);
    expect(spy).toHaveBeenCalledTimes(1);
    await finalRecord(ada, idOf(given));
  });

  it("with its answer not kept is answered anew", async () => {
    const key = newKey();
    loseMessages();
    const prepare = env.DB.prepare.bind(env.DB);
    const broken = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/^update "idempotency_keys" set "answer"/i.test(sql)) throw new Error("D1 is down");
      return prepare(sql);
    });
    const given = await asGiven(await sendRaw(photo)(key, ada));
    expect(given.status).toBe(202);
    broken.mockRestore();
    const later = Date.now() + 11_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect(await asGiven(await sendRaw(photo)(key, ada))).toEqual(given);
  });
});
