import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginErasure, continueErasures, type ErasurePorts } from "../../../src/erasure/erase.ts";
import { newErasure, type Erasure } from "../../../src/erasure/erasure.ts";

const MINUTE_MS = 60_000;
const START = 1_800_000_000_000;

let now: number;
/** What is stored of the user: the records, and the erasure's own row. */
let records: Set<string>;
let stored: Erasure;
let rest: number;
let ports: ErasurePorts;

beforeEach(() => {
  now = START;
  records = new Set(Array.from({ length: 130 }, (_, index) => `record-${String(index).padStart(3, "0")}`));
  stored = newErasure({ scope: "user", applicationId: 1, userId: "ada" }, "receipt", now);
  rest = 0;
  ports = {
    dueErasures: async (at) => (stored.status === "running" && stored.nextAt <= at ? [stored] : []),
    async saveErasure(next, previousRevision) {
      if (stored.revision !== previousRevision) return false;
      stored = next;
      return true;
    },
    recordsOf: async (_, limit) => [...records].slice(0, limit),
    count: async (_, ids) => ({ records: ids.length, photos: ids.length, deliveries: ids.length * 2 }),
    removeRecord: async (id) => records.delete(id),
    async removeRest() {
      if (rest === 0) return true;
      rest -= 1;
      return false;
    },
    now: () => now,
  };
});

/** What the cron trigger does, minute by minute, until the erasure is done. */
async function runToTheEnd(running: ErasurePorts = ports): Promise<void> {
  for (let minute = 0; minute < 60 && stored.status === "running"; minute++) {
    now += MINUTE_MS;
    await continueErasures(running);
  }
}

const ALL = { records: 130, photos: 130, deliveries: 260 };

describe("an erasure", () => {
  it("removes everything, counts it, and leaves a receipt that names nobody", async () => {
    await beginErasure(stored, ports);
    await runToTheEnd();
    expect(records.size).toBe(0);
    expect(stored).toMatchObject({ ...ALL, status: "done", userId: "", toDelete: [], finishedAt: expect.any(Number) });
    expect(JSON.stringify(stored)).not.toMatch(/ada|record-/);
  });

  it("removes at most 160 records in the request that asks for it, and at most 1,000 in a run", async () => {
    for (let index = 0; index < 3_000; index++) records.add(`more-${index}`);
    await beginErasure(stored, ports);
    expect(records.size).toBe(3_130 - 3 * 40);
    now += MINUTE_MS;
    const before = records.size;
    await continueErasures(ports);
    expect(before - records.size).toBeLessThanOrEqual(1_000);
    expect(before - records.size).toBeGreaterThan(900);
  });

  it("is not done before nothing can come late any more, and takes what comes until then", async () => {
    await beginErasure(stored, ports);
    await runToTheEnd();
    expect(stored.finishedAt).toBeGreaterThanOrEqual(START + 5 * MINUTE_MS);

    stored = newErasure({ scope: "user", applicationId: 1, userId: "ada" }, "receipt", now);
    await beginErasure(stored, ports);
    now += 4 * MINUTE_MS;
    records.add("an upload that took long");
    await runToTheEnd();
    expect(records.size).toBe(0);
    expect(stored).toMatchObject({ status: "done", records: 1 });
  });

  it("removes what else there is, however many steps that takes, before it is done", async () => {
    rest = 40;
    await runToTheEnd();
    expect([rest, stored.status]).toEqual([0, "done"]);
  });
});

describe("an erasure that is stopped", () => {
  const CALLS = ["recordsOf", "count", "saveErasure", "removeRecord", "removeRest"] as const;

  /** The same ports, which fail at the given call, before it or after it has done its work. */
  function failingAt(call: (typeof CALLS)[number], turn: number, after: boolean): ErasurePorts {
    let calls = 0;
    const original: (...values: never[]) => Promise<unknown> = ports[call];
    const failing = async (...values: never[]) => {
      calls += 1;
      if (calls === turn && !after) throw new Error("stopped right there");
      const result = await original(...values);
      if (calls === turn) throw new Error("stopped right there");
      return result;
    };
    return { ...ports, [call]: failing };
  }

  const cases = CALLS.flatMap((call) =>
    [1, 2, 3].flatMap((turn) => [false, true].map((after) => [after ? "after" : "before", call, turn] as const)),
  );

  it.each(cases)("%s %s, the %i. time, goes on and counts everything once", async (when, call, turn) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const failing = failingAt(call, turn, when === "after");
    await beginErasure(stored, failing);
    await runToTheEnd(failing);
    expect(records.size).toBe(0);
    expect(stored).toMatchObject({ ...ALL, status: "done", userId: "" });
  });

  it("is not counted twice by two runs at the same time", async () => {
    now += MINUTE_MS;
    await Promise.all([continueErasures(ports), continueErasures(ports), continueErasures(ports)]);
    await runToTheEnd();
    expect(stored).toMatchObject(ALL);
  });
});
