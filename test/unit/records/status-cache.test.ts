import { beforeEach, describe, expect, it } from "vitest";
import {
  createStatusCache,
  statusResponse,
  type StatusResponse,
  type StatusCache,
} from "../../../src/records/status-cache.ts";
import { pendingRecord } from "../../support/records.ts";

const ADA = { applicationId: 1, userId: "ada" };
const ID = "01932c2e-0000-7000-8000-000000000001";
const OPEN: StatusResponse = { body: '{"status":"pending"}', etag: '"1"', status: "pending", final: false };
const DONE: StatusResponse = { body: '{"status":"completed"}', etag: '"3"', status: "completed", final: true };

let now: number;
let marks: number;
let entries: Map<string, Response>;
let cache: StatusCache;

/** The edge's cache, as far as it is used: it keeps what it is given, and tells each reader a copy. */
const edge = {
  match: async (url: string) => entries.get(url)?.clone(),
  put: async (url: string, response: Response) => void entries.set(url, response),
  delete: async (url: string) => entries.delete(url),
};

const cacheAt = (edgeCache: typeof edge): StatusCache =>
  createStatusCache(
    edgeCache as unknown as Cache,
    () => now,
    () => `mark ${(marks += 1)}`,
  );

beforeEach(() => {
  now = 1_800_000_000_000;
  marks = 0;
  entries = new Map();
  cache = cacheAt(edge);
});

/** Polls once; `load` reads the database. Returns the answer, and whether the database was asked. */
async function poll(load: () => StatusResponse | null = () => OPEN, owner = ADA, id = ID) {
  let asked = false;
  const keeping: Promise<void>[] = [];
  const answer = await cache.through(
    owner,
    id,
    async () => {
      asked = true;
      return load();
    },
    (work) => void keeping.push(work),
  );
  await Promise.all(keeping);
  return { answer, asked };
}

describe("a status that was polled", () => {
  it("is the same from the edge as from the database, which is not asked again", async () => {
    for (const stored of [OPEN, DONE]) {
      entries.clear();
      expect(await poll(() => stored)).toEqual({ answer: stored, asked: true });
      expect(await poll(() => null)).toEqual({ answer: stored, asked: false });
    }
  });

  it.each([
    [OPEN, 1_000, "max-age=1"],
    [DONE, 60_000, "max-age=60"],
  ])("is kept for its time and not a millisecond longer: %j", async (stored, maxAge, cacheControl) => {
    await poll(() => stored);
    expect([...entries.values()][0]?.headers.get("cache-control")).toBe(cacheControl);
    now += maxAge;
    expect((await poll()).asked).toBe(false);
    now += 1;
    expect((await poll()).asked).toBe(true);
  });

  it("is as old as the look into the database, however long that took", async () => {
    await poll(() => {
      now += 900;
      return OPEN;
    });
    now += 100;
    expect((await poll()).asked).toBe(false);
    now += 1;
    expect((await poll()).asked).toBe(true);
  });

  it("of a record that is not there is not kept", async () => {
    expect(await poll(() => null)).toEqual({ answer: null, asked: true });
    expect(entries.size).toBe(0);
  });

  it("is of one record, one user and one application", async () => {
    await poll();
    expect((await poll(() => DONE, { ...ADA, applicationId: 2 })).asked).toBe(true);
    expect((await poll(() => DONE, { ...ADA, userId: "bob" })).asked).toBe(true);
    expect((await poll(() => DONE, ADA, ID.replace("1", "2"))).asked).toBe(true);
    expect((await poll(() => DONE)).asked).toBe(false);
  });

  it("is kept under a host that no route serves", async () => {
    await poll();
    expect([...entries.keys()].every((url) => new URL(url).host === "status-cache.invalid")).toBe(true);
  });

  it("that nobody can read any more is read anew", async () => {
    await poll();
    const [url = ""] = entries.keys();
    entries.set(url, new Response("{}", { headers: { "x-stored-at": String(now), "x-status": "unheard-of" } }));
    expect((await poll()).asked).toBe(true);
  });

  it("has an empty tag where the edge has lost it", async () => {
    await poll();
    const [url = ""] = entries.keys();
    entries.set(url, new Response("{}", { headers: { "x-stored-at": String(now), "x-status": "pending" } }));
    expect(await poll()).toEqual({ answer: { ...OPEN, body: "{}", etag: "" }, asked: false });
  });
});

describe("a change of a record", () => {
  it("has its status read anew", async () => {
    await poll();
    await cache.drop(ADA, ID);
    expect(await poll(() => DONE)).toEqual({ answer: DONE, asked: true });
    expect((await poll()).asked).toBe(false);
  });

  it("leaves a mark for as long as a poll may be under way", async () => {
    await cache.drop(ADA, ID);
    const [mark] = entries.values();
    expect(mark?.headers.get("cache-control")).toBe("max-age=60");
    expect(await mark?.text()).toBe("mark 1");
  });

  it("during a poll that has read the database before it keeps that poll from keeping its answer", async () => {
    const keeping: Promise<void>[] = [];
    await cache.through(
      ADA,
      ID,
      async () => {
        await cache.drop(ADA, ID);
        return OPEN;
      },
      (work) => void keeping.push(work),
    );
    await Promise.all(keeping);
    expect((await poll(() => DONE)).answer).toEqual(DONE);
  });

  it("is told from the one before it, whose mark is still there", async () => {
    await cache.drop(ADA, ID);
    const keeping: Promise<void>[] = [];
    await cache.through(
      ADA,
      ID,
      async () => {
        await cache.drop(ADA, ID);
        return OPEN;
      },
      (work) => void keeping.push(work),
    );
    await Promise.all(keeping);
    expect((await poll(() => DONE)).answer).toEqual(DONE);
  });

  it("of another record has nothing to do with it", async () => {
    await poll(() => {
      void cache.drop(ADA, ID.replace("1", "2"));
      return OPEN;
    });
    expect((await poll(() => DONE)).answer).toEqual(OPEN);
  });

  it("while the answer is being kept has it taken back", async () => {
    cache = cacheAt({
      ...edge,
      async put(url, response) {
        // The drop comes between the look for its mark and the keeping.
        if (!url.endsWith("/dropped") && marks === 0) await cache.drop(ADA, ID);
        await edge.put(url, response);
      },
    });
    expect((await poll(() => OPEN)).answer).toEqual(OPEN);
    expect((await poll(() => DONE)).answer).toEqual(DONE);
  });
});

describe("the answer to a poll", () => {
  it("says the status, has the record's tag, and is final when the analysis is over", () => {
    for (const status of ["pending", "completed"] as const) {
      const record = pendingRecord({ status, version: 3 });
      const answer = statusResponse(record);
      expect(answer).toMatchObject({ status, final: status === "completed" });
      expect(JSON.parse(answer.body)).toMatchObject({ record_id: record.id, status });
      expect(answer.etag).toMatch(/^"/);
    }
  });
});
