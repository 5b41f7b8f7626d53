import { env, exports } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSequencer } from "../../src/record-object/sequencer.ts";
import { createStatusCache, statusResponse, type StatusResponse } from "../../src/records/status-cache.ts";
import { jpeg } from "../support/images.ts";
import { completedOutcome } from "../support/records.ts";
import { BASE, call, createApplication, finalRecord, logIn, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
const sequencer = createSequencer(env.RECORDS);
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const poll = (id: string, headers: Record<string, string> = ada) =>
  call(`/nutrition_records/${id}/status`, { headers });

/** A record whose status answer is in the cache. */
async function cachedRecord(): Promise<string> {
  const id = await uploadUnheard(ada, photo);
  await poll(id);
  await poll(id);
  return id;
}

async function completed(): Promise<string> {
  const id = await uploadUnheard(ada, photo);
  const begun = await sequencer.begin(id);
  await sequencer.finish(id, begun?.outcome === "leased" ? begun.lease.id : "", completedOutcome());
  await finalRecord(ada, id);
  return id;
}

/** Holds the next look into D1 at a record's status back after it was taken, until it is let go. */
function holdNextStatusRead(): { taken: () => Promise<void>; letGo: () => void } {
  const state = { isTaken: false, isHeld: true };
  const prepare = env.DB.prepare.bind(env.DB);
  const held = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== "function") return member;
        if (property === "bind") return (...values: unknown[]) => held(target.bind(...values));
        return async (...values: unknown[]) => {
          const result: unknown = await Reflect.apply(member, target, values);
          state.isTaken = true;
          // A promise that the test resolves would go on in the test's own request, which workerd forbids.
          while (state.isHeld) await new Promise((resolve) => setTimeout(resolve, 5));
          return result;
        };
      },
    });
  const spy = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    if (!sql.startsWith('select "id", "status", "version"')) return prepare(sql);
    spy.mockImplementation(prepare);
    return held(prepare(sql));
  });
  return {
    taken: () => vi.waitFor(() => expect(state.isTaken).toBe(true)),
    letGo: () => void (state.isHeld = false),
  };
}

describe("a cached status", () => {
  it("is shown to nobody but its owner, by any path, host or method", async () => {
    const id = await cachedRecord();
    const path = `/nutrition_records/${id}/status`;
    const sameNameElsewhere = await logIn(await createApplication(), "ada");
    const colleague = await logIn(applicationId, "bob");
    const attempts: [string, RequestInit][] = [
      [path, {}],
      [path, { headers: sameNameElsewhere }],
      [path, { headers: colleague }],
      [path, { method: "HEAD" }],
      [path, { method: "HEAD", headers: colleague }],
      [`${path}.css`, { headers: ada }],
      [`${path}.css`, {}],
      [`${path}/x.css`, {}],
      [`${path}?x=.css`, { headers: colleague }],
      [`/v3${path}`, {}],
      [`/v3${path}`, { headers: colleague }],
      [`/status-cache.invalid/${applicationId}/ada/${id}`, { headers: ada }],
    ];
    for (const [attempt, init] of attempts) {
      const response = await call(attempt, init);
      expect([401, 404], `${init.method ?? "GET"} ${attempt}`).toContain(response.status);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.text()).not.toContain('"pending"');
    }
  });

  it.each(["https://elsewhere.test", "https://status-cache.invalid"])("is no other on the host %s", async (host) => {
    const id = await cachedRecord();
    const ask = (path: string, init?: RequestInit) => exports.default.fetch(new Request(`${host}${path}`, init));
    expect((await ask(`/nutrition_records/${id}/status`)).status).toBe(401);
    expect((await ask(`/${applicationId}/ada/${id}`, { headers: ada })).status).toBe(404);
    const owner = await ask(`/nutrition_records/${id}/status`, { headers: ada });
    expect(await owner.json()).toMatchObject({ record_id: id, status: "pending" });
  });

  it("is not kept under the address that clients use", async () => {
    const id = await cachedRecord();
    for (const url of [`${BASE}/nutrition_records/${id}/status`, `${BASE}/nutrition_records/${id}`]) {
      expect(await caches.default.match(url)).toBeUndefined();
    }
  });

  it("is answered to HEAD as to GET, without the body", async () => {
    const id = await cachedRecord();
    const headersOf = async (method: string) => {
      const { status, headers, body } = await call(`/nutrition_records/${id}/status`, { method, headers: ada });
      const kept = ["cache-control", "content-type", "etag", "retry-after"];
      return { status, headers: kept.map((name) => headers.get(name)), hasBody: body !== null };
    };
    const got = await headersOf("GET");
    expect(await headersOf("HEAD")).toEqual({ ...got, hasBody: false });
  });

  it("is shown no more to a token that was revoked", async () => {
    const eve = await logIn(applicationId, "eve");
    const id = await uploadUnheard(eve, photo);
    expect((await poll(id, eve)).status).toBe(200);
    expect((await poll(id, eve)).status).toBe(200);
    expect((await call("/auth/revoke", { method: "POST", headers: eve })).ok).toBe(true);
    expect((await poll(id, eve)).status).toBe(401);
  });

  it.each([
    ["an open", cachedRecord],
    ["a final", completed],
  ])("of %s record is gone at once after DELETE", async (_which, make) => {
    const id = await make();
    await poll(id);
    expect((await poll(id)).status).toBe(200);
    await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    expect((await poll(id)).status).toBe(404);
  });
});

describe("a poll that read D1 just before a change", () => {
  it("leaves nothing in the cache after a DELETE", async () => {
    const id = await completed();
    const read = holdNextStatusRead();
    const late = poll(id);
    await read.taken();
    await call(`/nutrition_records/${id}`, { method: "DELETE", headers: ada });
    read.letGo();
    expect((await late).status).toBe(200);
    await vi.waitFor(async () => expect((await poll(id)).status).toBe(404));
    expect((await poll(id)).status).toBe(404);
  });

  it("leaves no older status in the cache after a PATCH", async () => {
    const id = await completed();
    const read = holdNextStatusRead();
    const late = poll(id);
    await read.taken();
    await call(`/nutrition_records/${id}`, { method: "PATCH", headers: ada, body: '{"serving_size": 100}' });
    read.letGo();
    expect(await (await late).json()).toMatchObject({ status: "completed" });
    for (let round = 0; round < 3; round++) expect(await (await poll(id)).json()).toMatchObject({ status: "updated" });
  });

  it("leaves nothing, whenever during the poll the change begins and ends", async () => {
    const answers = { old: answer("completed", 3), new: answer("updated", 4) };
    for (let begin = 0; begin <= POLL_OPERATIONS; begin++) {
      for (let end = begin; end <= POLL_OPERATIONS; end++) {
        const id = crypto.randomUUID();
        await interleave(id, answers, begin, end);
        const seen = await cacheOver(caches.default).through(owner, id, async () => answers.new, ignore);
        expect(seen?.status, `a change that begins at ${begin} and ends at ${end}`).toBe("updated");
      }
    }
  });

  it("keeps its answer when nothing changes", async () => {
    const cache = cacheOver(caches.default);
    const id = crypto.randomUUID();
    const keeping: Promise<void>[] = [];
    await cache.through(
      owner,
      id,
      async () => answer("completed", 3),
      (work) => keeping.push(work),
    );
    await Promise.all(keeping);
    expect(await cache.through(owner, id, async () => null, ignore)).toEqual(answer("completed", 3));
  });
});

const owner = { applicationId: 77, userId: "ada" };
const ignore = (): void => {};
const cacheOver = (cache: Cache) => createStatusCache(cache, Date.now, () => crypto.randomUUID());
const answer = (status: "completed" | "updated", version: number): StatusResponse =>
  statusResponse({
    id: "01932c2e-0000-7000-8000-000000000001",
    status,
    version,
    failure: null,
    retry: null,
    modifiedAt: 1_000,
  });

/** How many operations a poll asks of the cache, at most; one more than that is "after the poll". */
const POLL_OPERATIONS = 7;

/**
 * One poll, during which the record changes: before the poll's cache operation `begin` D1 has the new answer and the
 * change leaves its mark; before its operation `end` the change deletes the kept answer.
 */
async function interleave(
  id: string,
  answers: { old: StatusResponse; new: StatusResponse },
  begin: number,
  end: number,
): Promise<void> {
  let inD1 = answers.old;
  const marked = Promise.withResolvers<void>();
  const mayDelete = Promise.withResolvers<void>();
  const slow = wrapped(caches.default, {
    put: async (put) => put().then(() => marked.resolve()),
    delete: async (remove) => mayDelete.promise.then(remove),
  });
  let dropping: Promise<void> = Promise.resolve();
  let operation = 0;
  const before = async (): Promise<void> => {
    if (operation === begin) {
      inD1 = answers.new;
      dropping = cacheOver(slow).drop(owner, id);
      await marked.promise;
    }
    if (operation === end) {
      mayDelete.resolve();
      await dropping;
    }
    operation += 1;
  };
  const step = async (run: () => Promise<unknown>): Promise<unknown> => before().then(run);
  const polled = cacheOver(wrapped(caches.default, { match: step, put: step, delete: step }));
  const keeping: Promise<void>[] = [];
  await polled.through(
    owner,
    id,
    async () => inD1,
    (work) => keeping.push(work),
  );
  await Promise.all(keeping);
  for (let left = POLL_OPERATIONS - operation; left >= 0; left--) await before();
}

type Around = (run: () => Promise<unknown>) => Promise<unknown>;

/** The cache, with something around some of its operations. */
const wrapped = (cache: Cache, around: Partial<Record<"match" | "put" | "delete", Around>>): Cache =>
  new Proxy(cache, {
    get(target, property) {
      const member = Reflect.get(target, property, target) as (...values: unknown[]) => Promise<unknown>;
      const step = around[property as "match"];
      return (...values: unknown[]) => {
        const run = (): Promise<unknown> => Reflect.apply(member, target, values);
        return step === undefined ? run() : step(run);
      };
    },
  });
