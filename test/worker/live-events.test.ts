import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import { readEvents, type ReceivedEvent } from "../support/event-reader.ts";
import { OUTAGE } from "../support/worker/record-lives.ts";
import { stopObject } from "../support/worker/stop-object.ts";
import { models } from "../support/worker/scripted-models.ts";
import { call, createApplication, finalRecord, logIn, readRecord, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
const stubOf = (id: string) => env.RECORDS.get(env.RECORDS.idFromName(id));
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const open = (id: string, headers: Record<string, string> = {}, query = "") =>
  call(`/nutrition_records/${id}/events${query}`, { headers: { ...ada, ...headers } });

const listen = async (id: string, headers: Record<string, string> = {}) => readEvents(await open(id, headers));

async function lease(id: string): Promise<string> {
  const result = await sequencer.begin(id);
  if (result?.outcome !== "leased") throw new Error(`expected a lease, got ${JSON.stringify(result)}`);
  return result.lease.id;
}

/** Leads a record to its end, the object's clean-up included. */
async function complete(id: string): Promise<void> {
  await sequencer.finish(id, await lease(id), completedOutcome());
  await finalRecord(ada, id);
  await vi.waitFor(async () => expect(await storedSequences(id)).toBe(0));
}

const storedSequences = (id: string) =>
  runInDurableObject(stubOf(id), (_, { storage: { sql } }) => {
    const [table] = sql.exec("SELECT name FROM sqlite_master WHERE name = 'sequence'").toArray();
    return table === undefined ? 0 : sql.exec("SELECT * FROM sequence").toArray().length;
  });

const told = (events: ReceivedEvent[]) => events.map(({ id, status, progress }) => `${id} ${status} ${progress.stage}`);

describe("the events of a record", () => {
  it("tell every status and every stage in order, and end after the final one", async () => {
    const id = await uploadUnheard(ada, photo);
    const events = await listen(id);
    expect(await events.next()).toMatchObject({ id: 1, status: "pending" });
    await env.ANALYSIS_QUEUE.send({ record_id: id });
    const rest = await events.rest();
    expect(told(rest)).toEqual([
      "2 processing reading",
      "3 processing recognising",
      "4 processing computing",
      "5 completed done",
    ]);
    expect(rest.map(({ progress }) => progress.percent)).toEqual([10, 30, 80, 100]);
  });

  it("go on when a record is analyzed again: it keeps its status, and the last one says that it was updated", async () => {
    const id = await uploadUnheard(ada, photo);
    await complete(id);
    const before = (await listen(id)).rest();
    expect(told(await before).at(-1)).toMatch(/ completed done$/);
    const lost = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValueOnce({ metadata: { metrics: {} } } as never);
    await call(`/nutrition_records/${id}/reanalyze`, { method: "POST", headers: ada, body: "{}" });
    lost.mockRestore();
    const events = await listen(id);
    expect(await events.next()).toMatchObject({ status: "completed", progress: { stage: "queued" } });
    await env.ANALYSIS_QUEUE.send({ record_id: id });
    expect((await events.rest()).map(({ status, progress }) => `${status} ${progress.stage}`)).toEqual([
      "completed reading",
      "completed recognising",
      "completed computing",
      "updated done",
    ]);
  });

  it("are followed by a record, a status and a webhook that know as much as they told", async () => {
    const id = await uploadUnheard(ada, photo);
    const status = async () =>
      (await (await call(`/nutrition_records/${id}/status`, { headers: ada })).json<{ status: string }>()).status;
    const events = await listen(id);
    await status();
    const leaseId = await lease(id);
    await events.next();
    expect(await events.next()).toMatchObject({ status: "processing" });
    expect(await status()).toBe("processing");
    await sequencer.finish(id, leaseId, completedOutcome());
    expect(await events.next()).toMatchObject({ status: "completed" });
    expect(await status()).toBe("completed");
    expect(await readRecord(ada, id)).toMatchObject({ status: "completed", dish_name: "apple" });
  });

  it("are told alike to all who listen, whenever they came", async () => {
    const id = await uploadUnheard(ada, photo);
    const early = [await listen(id), await listen(id)];
    const leaseId = await lease(id);
    const late = await listen(id);
    await sequencer.finish(id, leaseId, completedOutcome());
    for (const listener of early) {
      expect(told(await listener.rest())).toEqual(["1 pending queued", "2 processing reading", "3 completed done"]);
    }
    expect(told(await late.rest()).at(-1)).toBe("3 completed done");
  });

  it("of a record that is over are its present state alone", async () => {
    const id = await uploadUnheard(ada, photo);
    await complete(id);
    expect(told(await (await listen(id)).rest())).toEqual(["3 completed done"]);
  });

  it("end without another word when the record is deleted, and are not there afterwards", async () => {
    const id = await uploadUnheard(ada, photo);
    const events = await listen(id);
    await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    expect(told(await events.rest())).toEqual(["1 pending queued"]);
    expect((await open(id)).status).toBe(404);
  });

  it("come as a stream that no cache keeps and no proxy holds back", async () => {
    const id = await uploadUnheard(ada, photo);
    const response = await open(id);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    await response.body?.cancel();
  });

  it("are shown to the record's owner alone, whose token is never taken from the URL", async () => {
    const id = await uploadUnheard(ada, photo);
    const bob = await logIn(await createApplication(), "ada");
    const token = ada.authorization.replace("Bearer ", "");
    const refused: [string, RequestInit][] = [
      ["", {}],
      ["", { headers: bob }],
      [`?access_token=${token}`, {}],
      [`?token=${token}`, {}],
    ];
    for (const [query, init] of refused) {
      const { status } = await call(`/nutrition_records/${id}/events${query}`, init);
      expect([401, 404]).toContain(status);
    }
  });

  it("are refused to more clients than a record has readers, and told them when one has left", async () => {
    const id = await uploadUnheard(ada, photo);
    const listeners = await Promise.all(Array.from({ length: 50 }, () => listen(id)));
    const refused = await open(id);
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(await refused.json()).toMatchObject({ status: 429, code: "too_many_listeners" });
    await listeners[0]?.leave();
    await vi.waitFor(async () => expect((await open(id)).status).toBe(200));
  });

  it("answer HEAD with the same headers and no listener", async () => {
    const id = await uploadUnheard(ada, photo);
    const response = await call(`/nutrition_records/${id}/events`, { method: "HEAD", headers: ada });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.body).toBeNull();
    expect(await sequencer.begin(id)).toMatchObject({ watched: false });
  });
});

describe("a client that comes back", () => {
  it.each([
    ["the header", async (id: string, n: number) => open(id, { "last-event-id": String(n) })],
    ["the query", async (id: string, n: number) => open(id, {}, `?last_event_id=${n}`)],
  ])("with %s hears what it has missed, once", async (_where, reopen) => {
    const id = await uploadUnheard(ada, photo);
    const first = await listen(id);
    expect(await first.next()).toMatchObject({ id: 1 });
    await first.leave();
    const leaseId = await lease(id);
    const second = readEvents(await reopen(id, 1));
    expect(await second.next()).toMatchObject({ id: 2, status: "processing" });
    await sequencer.finish(id, leaseId, completedOutcome());
    expect(told(await second.rest())).toEqual(["3 completed done"]);
  });

  it("hears the rest from D1 after the object has forgotten everything", async () => {
    const id = await uploadUnheard(ada, photo);
    await complete(id);
    await evictDurableObject(stubOf(id));
    const events = await listen(id, { "last-event-id": "1" });
    expect(told(await events.rest())).toEqual(["2 processing recognising", "3 completed done"]);
  });

  it("with the final event is told that there is nothing to come back for", async () => {
    const id = await uploadUnheard(ada, photo);
    await complete(id);
    const response = await open(id, { "last-event-id": "3" });
    expect(response.status).toBe(204);
    expect(response.body).toBeNull();
  });

  it.each(["999", "-1", "1.5", "two", "", "9".repeat(400)])(
    "with the id %j, which no event has, begins with the present state",
    async (lastEventId) => {
      const id = await uploadUnheard(ada, photo);
      await lease(id);
      const events = await listen(id, { "last-event-id": lastEventId });
      expect(await events.next()).toMatchObject({ id: 2, status: "processing" });
      await events.leave();
    },
  );

  it("misses and repeats nothing when the object is stopped after every single event", async () => {
    const id = await uploadUnheard(ada, photo);
    const heard: ReceivedEvent[] = [];
    /** Listens until the next event, which `step` brings about; then the object is stopped. */
    const hear = async (step: () => Promise<unknown>): Promise<"ended" | "broken"> => {
      const last = heard.at(-1);
      const events = await listen(id, last === undefined ? {} : { "last-event-id": String(last.id) });
      await step();
      const event = await events.next();
      if (event !== null) heard.push(event);
      const end = events.rest().then(
        () => "ended" as const,
        () => "broken" as const,
      );
      await stopObject(id);
      return end;
    };
    let leaseId = "";
    expect(await hear(async () => undefined)).toBe("broken");
    expect(await hear(async () => (leaseId = await lease(id)))).toBe("broken");
    expect(await hear(() => sequencer.progress(id, leaseId, "recognising"))).toBe("broken");
    expect(await hear(() => sequencer.progress(id, leaseId, "computing"))).toBe("broken");
    expect(await hear(() => sequencer.finish(id, leaseId, completedOutcome()))).toBe("ended");
    expect(told(heard)).toEqual([
      "1 pending queued",
      "2 processing reading",
      "3 processing recognising",
      "4 processing computing",
      "5 completed done",
    ]);
  });
});

describe("nobody who listens", () => {
  it("costs the consumer no report of its stages", async () => {
    const progress = vi.spyOn(await prototypeOf(), "progress");
    const id = await uploadUnheard(ada, photo);
    await env.ANALYSIS_QUEUE.send({ record_id: id });
    await finalRecord(ada, id);
    expect(progress).not.toHaveBeenCalled();
  });

  it("is left of those who went away", async () => {
    const id = await uploadUnheard(ada, photo);
    const events = await listen(id);
    await events.next();
    await events.leave();
    await vi.waitFor(async () => {
      const begun = await sequencer.begin(id);
      if (begun?.outcome === "leased") await sequencer.postpone(id, begun.lease.id, OUTAGE);
      expect(begun).toMatchObject({ watched: false });
    });
  });
});

describe("a stage that cannot be reported", () => {
  it("does not stop the analysis", async () => {
    vi.spyOn(await prototypeOf(), "progress").mockRejectedValue(new Error("the object is away"));
    const silenced = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const id = await uploadUnheard(ada, photo);
    const events = await listen(id);
    await env.ANALYSIS_QUEUE.send({ record_id: id });
    expect((await events.rest()).at(-1)).toMatchObject({ status: "completed" });
    expect(models.calls).toHaveLength(1);
    expect(silenced).toHaveBeenCalled();
  });
});

const prototypeOf = async () => (await import("../../src/index.ts")).RecordObject.prototype;
