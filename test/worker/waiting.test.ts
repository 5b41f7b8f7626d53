import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import { countOperations } from "../support/worker/counted-bindings.ts";
import { stopObject } from "../support/worker/stop-object.ts";
import { call, createApplication, finalRecord, logIn, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  call(`/nutrition_records/${path}`, { method, headers: { ...ada, ...headers } });

async function lease(id: string): Promise<string> {
  const answer = await sequencer.begin(id);
  if (answer?.outcome !== "leased") throw new Error(`expected a lease, got ${JSON.stringify(answer)}`);
  return answer.lease.id;
}

/** Resolves when a request that waits has come to the record's object. */
async function untilHeld(): Promise<() => Promise<void>> {
  const { RecordObject } = await import("../../src/index.ts");
  const arrived = vi.spyOn(RecordObject.prototype, "fetch");
  return () =>
    vi.waitFor(() => {
      const paths = arrived.mock.calls.map(([request]) => new URL(request.url).pathname);
      expect(paths).toContain("/wait");
    });
}

describe.each(["", "/status"])("Prefer: wait on a record%s", (suffix) => {
  it("holds the answer until the status changes", async () => {
    const id = await uploadUnheard(ada, photo);
    const held = await untilHeld();
    const answer = get(`${id}${suffix}`, { prefer: "wait=30" });
    await held();
    const leaseId = await lease(id);
    const first = await answer;
    expect(first.headers.get("preference-applied")).toBe("wait=30");
    expect(await first.json()).toMatchObject({ status: "processing" });
    const next = get(`${id}${suffix}`, { prefer: "wait=30" });
    await sequencer.finish(id, leaseId, completedOutcome());
    const second = await next;
    expect(second.headers.get("retry-after")).toBeNull();
    expect(await second.json()).toMatchObject({ status: "completed" });
  });

  it("answers as things stand when the time is up", async () => {
    const id = await uploadUnheard(ada, photo);
    const answer = await get(`${id}${suffix}`, { prefer: "wait=1" });
    expect(await answer.json()).toMatchObject({ status: "pending" });
    expect(answer.headers.get("retry-after")).toBe("2");
  });

  it("answers at once for a final record", async () => {
    const id = await uploadUnheard(ada, photo);
    await sequencer.cancel(id);
    await finalRecord(ada, id);
    const answer = await get(`${id}${suffix}`, { prefer: "wait=60" });
    expect(await answer.json()).toMatchObject({ status: "canceled" });
    expect(answer.headers.get("preference-applied")).toBe("wait=60");
  });

  it("answers at once a client that has an older version, and holds one that has the present one", async () => {
    const id = await uploadUnheard(ada, photo);
    const old = (await get(`${id}${suffix}`)).headers.get("etag") ?? "";
    const leaseId = await lease(id);
    await vi.waitFor(async () =>
      expect(await (await get(`${id}${suffix}`)).json()).toMatchObject({ status: "processing" }),
    );
    const news = await get(`${id}${suffix}`, { prefer: "wait=60", "if-none-match": old });
    expect(news.status).toBe(200);
    const present = news.headers.get("etag") ?? "";
    const held = await untilHeld();
    const answer = get(`${id}${suffix}`, { prefer: "wait=60", "if-none-match": present });
    await held();
    await sequencer.finish(id, leaseId, completedOutcome());
    expect(await (await answer).json()).toMatchObject({ status: "completed" });
  });

  it("answers 304 to a client that has the present version still when the time is up", async () => {
    const id = await uploadUnheard(ada, photo);
    const etag = (await get(`${id}${suffix}`)).headers.get("etag") ?? "";
    const answer = await get(`${id}${suffix}`, { prefer: "wait=1", "if-none-match": etag });
    expect(answer.status).toBe(304);
    expect(answer.headers.get("preference-applied")).toBe("wait=1");
  });

  it("answers 404 when the record is deleted meanwhile", async () => {
    const id = await uploadUnheard(ada, photo);
    const held = await untilHeld();
    const answer = get(`${id}${suffix}`, { prefer: "wait=60" });
    await held();
    await get(id, {}, "DELETE");
    expect((await answer).status).toBe(404);
  });

  it("answers as things stand when the record's object is stopped meanwhile", async () => {
    const id = await uploadUnheard(ada, photo);
    const silenced = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const held = await untilHeld();
    const answer = get(`${id}${suffix}`, { prefer: "wait=60" });
    await held();
    await stopObject(id);
    expect(await (await answer).json()).toMatchObject({ status: "pending" });
    silenced.mockRestore();
  });

  it.each(["wait=0", "wait=-1", "wait=soon", "respond-async"])("passes over %s", async (prefer) => {
    const id = await uploadUnheard(ada, photo);
    const answer = await get(`${id}${suffix}`, { prefer });
    expect(await answer.json()).toMatchObject({ status: "pending" });
    expect(answer.headers.get("preference-applied")).toBeNull();
  });

  it("tells strangers nothing, and does not let them wait", async () => {
    const id = await uploadUnheard(ada, photo);
    const bob = await logIn(await createApplication());
    for (const headers of [{}, bob]) {
      const answer = await call(`/nutrition_records/${id}${suffix}`, { headers: { ...headers, prefer: "wait=60" } });
      expect([401, 404]).toContain(answer.status);
    }
  });
});

describe("one who waits", () => {
  it("costs one call of the object and three looks into D1, however long it takes", async () => {
    const id = await uploadUnheard(ada, photo);
    const operations = countOperations();
    await get(`${id}/status`, { prefer: "wait=1" });
    expect(operations).toMatchObject({ objectRequests: 1, d1Statements: 3, d1WriteStatements: 0 });
  });
});

describe("many who wait for one record", () => {
  it("all wake with its change", async () => {
    const id = await uploadUnheard(ada, photo);
    const answers = Array.from({ length: 20 }, () => get(`${id}/status`, { prefer: "wait=60" }));
    await sequencer.cancel(id);
    for (const answer of await Promise.all(answers)) expect(await answer.json()).toMatchObject({ status: "canceled" });
  });
});
