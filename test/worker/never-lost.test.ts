import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import { models } from "../support/worker/scripted-models.ts";
import {
  createApplication,
  finalRecord,
  logIn,
  readRecord,
  stored,
  upload,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
const workerEnv = env as unknown as Env;
let ada: { authorization: string };
let webhooks: ReceivedWebhook[];
const webhooksOf = (id: string) => webhooks.filter(({ body }) => body.includes(id));

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => {
  webhooks = listenForWebhooks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** Lets the service's clock run ahead. */
const skip = (ms: number) => {
  const later = Date.now() + ms;
  return vi.spyOn(Date, "now").mockReturnValue(later);
};

/** Runs the object's alarm, which was set by a clock that ran ahead. */
const ring = (id: string) => runDurableObjectAlarm(env.RECORDS.get(env.RECORDS.idFromName(id)));

const sweepNow = () => worker.scheduled(createScheduledController({ cron: "* * * * *" }), workerEnv);

/** Hands one message to the consumer and tells what became of it. */
async function consume(recordId: string) {
  const message = { id: "message-1", timestamp: new Date(), attempts: 1, body: { record_id: recordId } };
  const batch = createMessageBatch("morsel-analysis", [message]);
  const context = createExecutionContext();
  await worker.queue(batch, workerEnv);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, context);
  return explicitAcks.length === 1 ? "acked" : retryMessages.length === 1 ? "retried" : "neither";
}

describe("an upload that stops halfway", () => {
  it("before the photo is stored tells the client, and leaves no row", async () => {
    const before = await stored();
    vi.spyOn(env.PHOTOS, "put").mockRejectedValueOnce(new Error("R2 is down"));
    const response = await upload(ada, photo);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ code: "temporarily_unavailable", retryable: true });
    expect(await stored()).toEqual(before);
  });

  it("before the row is stored tells the client, and leaves no photo", async () => {
    const before = await stored();
    const prepare = env.DB.prepare.bind(env.DB);
    vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/^insert into "records"/i.test(sql)) throw new Error("D1 is down");
      return prepare(sql);
    });
    expect((await upload(ada, photo)).status).toBe(503);
    expect(await stored()).toEqual(before);
  });

  it("before the queue knows tells the client; the sweep sends the call all the same", async () => {
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockRejectedValueOnce(new Error("the queue is down"));
    expect((await upload(ada, photo)).status).toBe(503);
    const row = await env.DB.prepare("SELECT id FROM records ORDER BY uploaded_at DESC LIMIT 1").first<{
      id: string;
    }>();
    const id = row?.id ?? "";
    const clock = skip(61_000);
    await sweepNow();
    clock.mockRestore();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
  });

  it("with a row whose photo is missing ends as unreadable", async () => {
    const id = await uploadUnheard(ada, photo);
    const { objects } = await env.PHOTOS.list();
    await env.PHOTOS.delete(objects.filter(({ key }) => key.endsWith(id)).map(({ key }) => key));
    expect(await consume(id)).toBe("acked");
    expect(await finalRecord(ada, id)).toMatchObject({ status: "failed", failure_code: "image_unreadable" });
  });
});

describe("a wake-up call that gets lost", () => {
  it("is sent again by the sweep, a minute after the upload and not before", async () => {
    const id = await uploadUnheard(ada, photo);
    await sweepNow();
    expect(await readRecord(ada, id)).toMatchObject({ status: "pending" });
    const clock = skip(61_000);
    await sweepNow();
    clock.mockRestore();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
  });

  it("is sent once by sweeps that follow each other", async () => {
    await uploadUnheard(ada, photo);
    const send = vi.spyOn(env.ANALYSIS_QUEUE, "sendBatch").mockResolvedValue({ metadata: { metrics: {} } } as never);
    skip(61_000);
    await sweepNow();
    await sweepNow();
    expect(send).toHaveBeenCalledTimes(1);
  });
});

describe("a consumer that stops", () => {
  it("after begin leaves the record to the next one, when its lease has run out", async () => {
    const id = await uploadUnheard(ada, photo);
    await sequencer.begin(id);
    expect(await consume(id)).toBe("retried");
    const clock = skip(90_001);
    expect(await consume(id)).toBe("acked");
    await ring(id);
    clock.mockRestore();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
  });

  it("after begin, with its message gone too, is made good by the sweep", async () => {
    const id = await uploadUnheard(ada, photo);
    await sequencer.begin(id);
    await vi.waitFor(async () => expect(await readRecord(ada, id)).toMatchObject({ status: "processing" }));
    const clock = skip(96_000);
    await sweepNow();
    await vi.waitFor(async () => expect(await ring(id)).toBe(true));
    clock.mockRestore();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
  });

  it("while the models are down gives the record back, says until when, and acknowledges its message", async () => {
    const id = await uploadUnheard(ada, photo);
    const send = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValue({ metadata: { metrics: {} } } as never);
    models.answer = () => {
      throw new Error("3040: Capacity temporarily exceeded, please try again.");
    };
    expect(await consume(id)).toBe("acked");
    expect(await readRecord(ada, id)).toMatchObject({ status: "processing", retry_reason: "models_unavailable" });
    // The first retry is due within seconds: its own call is on its way.
    expect(send).toHaveBeenCalledWith({ record_id: id }, { delaySeconds: expect.any(Number) });
    models.answer = () => ({ choices: [{ message: { content: '{"food_present":false,"foods":[]}' } }] });
    expect(await consume(id)).toBe("acked");
    const record = await finalRecord(ada, id);
    expect(record).toMatchObject({ failure_code: "no_food_found" });
    expect(record).not.toHaveProperty("retry_at");
  });

  it("because the daily quota is used up waits for its reset", async () => {
    const id = await uploadUnheard(ada, photo);
    models.answer = () => {
      throw new Error("3036: You have used up your daily free allocation of 10,000 neurons");
    };
    expect(await consume(id)).toBe("acked");
    const record = await readRecord(ada, id);
    expect(record).toMatchObject({ status: "processing", retry_reason: "quota_exhausted" });
    // It resets at 00:00 UTC; those who wait for it return within ten minutes of that.
    const reset = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
    const retryAt = Date.parse(String(record["retry_at"]));
    expect(retryAt).toBeGreaterThanOrEqual(reset);
    expect(retryAt).toBeLessThanOrEqual(reset + 600_000);
  });

  it("between its answer and finish is repeated by the redelivered message", async () => {
    const id = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(id);
    const leaseId = begun?.outcome === "leased" ? begun.lease.id : "";
    await sequencer.finish(id, leaseId, completedOutcome());
    expect(await consume(id)).toBe("acked");
    expect(models.calls).toHaveLength(0);
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
  });

  it("drops messages that are none, and messages for records that are gone", async () => {
    expect(await consume("01932c2e-0000-7000-8000-0000000000ff")).toBe("acked");
    const batch = createMessageBatch("morsel-analysis", [
      { id: "m", timestamp: new Date(), attempts: 1, body: "what?" },
    ]);
    await worker.queue(batch, workerEnv);
    expect((await getQueueResult(batch, createExecutionContext())).explicitAcks).toEqual(["m"]);
  });
});

describe("an alarm that never fires", () => {
  it("is made good by the sweep: the webhook arrives", async () => {
    const id = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(id);
    webhooks = listenForWebhooks(() => new Response("later", { status: webhooksOf(id).length === 1 ? 503 : 200 }));
    await sequencer.finish(id, begun?.outcome === "leased" ? begun.lease.id : "", completedOutcome());
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
    await finalRecord(ada, id);
    const stub = env.RECORDS.get(env.RECORDS.idFromName(id));
    await vi.waitFor(() =>
      runInDurableObject(stub, async (_, state) => {
        expect(await state.storage.getAlarm()).not.toBeNull();
        await state.storage.deleteAlarm();
      }),
    );
    const clock = skip(70_000);
    await sweepNow();
    await ring(id);
    clock.mockRestore();
    expect(webhooksOf(id)).toHaveLength(2);
  });
});
