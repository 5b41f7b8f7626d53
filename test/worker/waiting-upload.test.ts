import { createMessageBatch, createExecutionContext, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { asGiven } from "../support/worker/keyed-uploads.ts";
import { models } from "../support/worker/scripted-models.ts";
import { BASE, call, createApplication, finalRecord, logIn, readRecord, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
let ada: { authorization: string };
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => {
  webhooks = listenForWebhooks();
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const WAIT = "?wait_on_process=true";
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface RecordBody {
  record_id: string;
  status: string;
}

const webhooksOf = (id: string): unknown[] =>
  webhooks.filter(({ body }) => body.includes(id)).map(({ body }) => JSON.parse(body) as unknown);

const idOfLatest = async (): Promise<string> =>
  (await env.DB.prepare("SELECT id FROM records ORDER BY id DESC LIMIT 1").first<{ id: string }>())?.id ?? "";

/** The messages that were sent, with their delays in seconds. */
const watchQueue = () => {
  const send = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValue({ metadata: { metrics: {} } } as never);
  return () => send.mock.calls.map(([, options]) => options?.delaySeconds ?? 0);
};

/** Hands the record's wake-up call to the consumer, as the queue does later. */
async function consume(recordId: string): Promise<number> {
  const message = { id: "message-1", timestamp: new Date(), attempts: 1, body: { record_id: recordId } };
  const batch = createMessageBatch("morsel-analysis", [message]);
  await worker.queue(batch, env as unknown as Env);
  return (await getQueueResult(batch, createExecutionContext())).explicitAcks.length;
}

describe("an upload that waits", () => {
  it("is answered with the finished record, and the queue has nothing left to do", async () => {
    const delays = watchQueue();
    const response = await upload(ada, photo, `${WAIT}&include_ingredients=true`);
    const record = await response.json<RecordBody>();
    expect(response.status).toBe(200);
    expect(record).toMatchObject({
      status: "completed",
      dish_name: "apple",
      nutritional_fields: { energy_kcal: 95 },
      ingredients: [{ name: "apple" }],
      failure_code: null,
    });
    expect(response.headers.get("location")).toBe(`${BASE}/nutrition_records/${record.record_id}`);
    expect(response.headers.get("retry-after")).toBeNull();
    expect(delays()).toEqual([90]);
    expect(models.calls).toHaveLength(1);
    expect(await consume(record.record_id)).toBe(1);
    expect(models.calls).toHaveLength(1);
  });

  it("shows the very record that is read from then on and that its one webhook carries", async () => {
    const response = await upload(ada, photo, WAIT);
    const record = await response.json<RecordBody>();
    expect(await readRecord(ada, record.record_id)).toEqual(record);
    await vi.waitFor(() => expect(webhooksOf(record.record_id)).toEqual([record]));
  });

  it("is answered with a failed record too", async () => {
    models.answer = () => ({ choices: [{ message: { content: '{"food_present":false,"foods":[]}' } }] });
    const response = await upload(ada, photo, WAIT);
    const record = await response.json<RecordBody>();
    expect([response.status, record.status]).toEqual([200, "failed"]);
    expect(record).toMatchObject({ failure_code: "no_food_found" });
    expect(await readRecord(ada, record.record_id)).toEqual(record);
  });

  it("as `Prefer: wait` asks says that it did", async () => {
    const response = await call("/nutrition_records/image", {
      method: "POST",
      headers: {
        ...ada,
        "content-type": "image/jpeg",
        "content-length": String(photo.length),
        prefer: "respond-async, wait=20",
      },
      body: photo,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("preference-applied")).toBe("wait=20");
    expect(await response.json()).toMatchObject({ status: "completed" });
  });

  it("in a form or in JSON waits as well", async () => {
    const form = new FormData();
    form.set("image", new Blob([photo]), "lunch.jpg");
    form.set("wait_on_process", "true");
    expect((await call("/nutrition_records", { method: "POST", headers: ada, body: form })).status).toBe(200);
    const body = JSON.stringify({ body: photo.toBase64(), wait_on_process: true, max_duration_seconds: 10 });
    const headers = { ...ada, "content-type": "application/json" };
    expect((await call("/v3/nutrition_records", { method: "POST", headers, body })).status).toBe(200);
  });

  it("longer than it may is answered with the record as it stands, and the work goes on", async () => {
    const delays = watchQueue();
    const answer = models.answer.bind(models);
    models.answer = async (model, input) => {
      await sleep(1_400);
      return answer(model, input);
    };
    const response = await upload(ada, photo, `${WAIT}&max_duration_seconds=1`);
    const record = await response.json<RecordBody>();
    expect([response.status, record.status]).toEqual([202, "processing"]);
    expect(record).toMatchObject({ uploaded_at: expect.any(String) });
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await finalRecord(ada, record.record_id)).toMatchObject({ status: "completed" });
    expect(delays()).toEqual([90]);
    expect(models.calls).toHaveLength(1);
  });

  it.each(["0", "61", "1.5", "soon"])("for %s seconds is refused", async (seconds) => {
    const response = await upload(ada, photo, `${WAIT}&max_duration_seconds=${seconds}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ location: "query.max_duration_seconds" }] });
  });

  it("with an Idempotency-Key gets the finished record again, not another analysis", async () => {
    const headers = {
      ...ada,
      "content-type": "image/jpeg",
      "content-length": String(photo.length),
      "idempotency-key": crypto.randomUUID(),
    };
    const send = () => call(`/nutrition_records/image${WAIT}`, { method: "POST", headers, body: photo });
    const [first, second] = await Promise.all([send(), send()]);
    const given = await asGiven(first);
    expect(given.status).toBe(200);
    expect(await asGiven(second)).toEqual(given);
    expect(await asGiven(await send())).toEqual(given);
    expect(models.calls).toHaveLength(1);
  });
});

describe("an upload that waits, when something stops", () => {
  const breakObject = (times: number) => {
    const get = env.RECORDS.get.bind(env.RECORDS);
    let left = times;
    return vi.spyOn(env.RECORDS, "get").mockImplementation((id) => {
      const stub = get(id);
      if (left-- <= 0) return stub;
      return new Proxy(stub, {
        get: (target, property) =>
          property === "fetch"
            ? () => Promise.reject(new Error("the object is unreachable"))
            : (Reflect.get(target, property, target) as unknown),
      });
    });
  };

  it("before it has the lease is answered as if it had not waited; the queue is called at once", async () => {
    const delays = watchQueue();
    breakObject(1);
    const response = await upload(ada, photo, WAIT);
    const { record_id: id, status } = await response.json<RecordBody>();
    expect([response.status, status]).toEqual([202, "pending"]);
    expect(delays()).toEqual([90, 0]);
    expect(await consume(id)).toBe(1);
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
  });

  it("while the models are down is answered with the record as it stands; the queue tries again", async () => {
    const delays = watchQueue();
    const answer = models.answer.bind(models);
    models.answer = () => {
      throw new Error("3040: Capacity temporarily exceeded, please try again.");
    };
    const response = await upload(ada, photo, WAIT);
    const { record_id: id, status } = await response.json<RecordBody>();
    expect([response.status, status]).toEqual([202, "processing"]);
    const [safetyNet, retry] = delays();
    expect(safetyNet).toBe(90);
    // Five seconds, spread by a fifth either way, in whole seconds.
    expect([4, 5, 6]).toContain(retry);
    models.answer = answer;
    expect(await consume(id)).toBe(1);
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
  });

  it("before the queue knows tells the client, and nothing is analyzed", async () => {
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockRejectedValueOnce(new Error("the queue is down"));
    expect((await upload(ada, photo, WAIT)).status).toBe(503);
    expect(models.calls).toHaveLength(0);
  });

  it.each([
    ["canceled", (id: string) => sequencer.cancel(id), 200, "canceled"],
    ["deleted", (id: string) => sequencer.remove(id), 202, "pending"],
  ] as const)("because it is %s meanwhile says so", async (_, end, httpStatus, status) => {
    let id = "";
    const answer = models.answer.bind(models);
    models.answer = async (model, input) => {
      id = await idOfLatest();
      await end(id);
      await sleep(100);
      return answer(model, input);
    };
    const response = await upload(ada, photo, WAIT);
    expect([response.status, (await response.json<RecordBody>()).status]).toEqual([httpStatus, status]);
    expect(webhooksOf(id)).toEqual([]);
  });

  it("does the work once, though the queue's message is there at the same time", async () => {
    const begin = env.ANALYSIS_QUEUE.send.bind(env.ANALYSIS_QUEUE);
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockImplementation((body) => begin(body));
    const response = await upload(ada, photo, WAIT);
    const { record_id: id } = await response.json<RecordBody>();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
    expect(models.calls).toHaveLength(1);
    await vi.waitFor(() => expect(webhooksOf(id)).toHaveLength(1));
  });
});
