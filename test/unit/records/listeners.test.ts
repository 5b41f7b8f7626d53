import { describe, expect, it, vi } from "vitest";
import { withEvent } from "../../../src/records/history.ts";
import type { Timers } from "../../../src/records/live/listener.ts";
import { Listeners, type Opened } from "../../../src/records/live/listeners.ts";
import type { NutritionRecord, Stage, Status } from "../../../src/records/record.ts";
import { pendingRecord } from "../../support/records.ts";

/** A clock that tests wind by hand, and how much of it is still wound up. */
function handClock() {
  const wound = new Set<() => void>();
  const wind = (_ms: number, action: () => void): (() => void) => {
    wound.add(action);
    return () => void wound.delete(action);
  };
  const timers: Timers = { every: wind, after: wind };
  return { timers, wound, strike: () => wound.forEach((action) => action()) };
}

/** The record after these moments: a new status is a new version. */
const lived = (...moments: [Status, Stage][]): NutritionRecord =>
  moments.reduce((record, [status, stage], at) => {
    const version = status === record.status ? record.version : record.version + 1;
    return withEvent({ ...record, status, version }, stage, at);
  }, pendingRecord());

const QUEUED: [Status, Stage] = ["pending", "queued"];
const READING: [Status, Stage] = ["processing", "reading"];
const COMPUTING: [Status, Stage] = ["processing", "computing"];
const DONE: [Status, Stage] = ["completed", "done"];

const known = (record: NutritionRecord, knownVersion = record.version) => ({ record, knownVersion });

function bodyOf(opened: Opened): ReadableStream<Uint8Array> {
  if (opened.outcome !== "open") throw new Error(`expected a stream, got ${opened.outcome}`);
  return opened.body;
}

/** Reads a stream to its end: the ids of its events, in order. */
async function idsOf(opened: Opened): Promise<number[]> {
  const text = await new Response(bodyOf(opened)).text();
  return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
}

describe("a stream of events", () => {
  it("begins with the present state, tells each event once and ends after the final one", async () => {
    const listeners = new Listeners(handClock().timers);
    const opened = listeners.open(known(lived(QUEUED, READING)), null);
    listeners.tell(known(lived(QUEUED, READING)));
    listeners.tell(known(lived(QUEUED, READING, COMPUTING)));
    listeners.tell(known(lived(QUEUED, READING, COMPUTING, DONE)));
    expect(await idsOf(opened)).toEqual([2, 3, 4]);
  });

  it("is made of lines that an EventSource understands", async () => {
    const listeners = new Listeners(handClock().timers);
    const record = {
      ...lived(QUEUED, ["failed", "done"]),
      failure: { code: "no_food_found", reason: "None." } as const,
    };
    const text = await new Response(bodyOf(listeners.open(known(record), null))).text();
    const [event, id, data, ...rest] = text.split("\n");
    expect([event, id, ...rest]).toEqual(["event: status", "id: 2", "", ""]);
    expect(JSON.parse(data?.replace(/^data: /, "") ?? "")).toEqual({
      record_id: record.id,
      status: "failed",
      progress: { stage: "done", percent: 100 },
      modified_at: "1970-01-01T00:00:00.001Z",
      failure_code: "no_food_found",
      failure_reason: "None.",
    });
  });

  it("says of a stage when its status began, and nothing of a failure that came later", async () => {
    const listeners = new Listeners(handClock().timers);
    const record = { ...lived(QUEUED, READING, COMPUTING, ["failed", "done"]), modifiedAt: 3 };
    const failed = { ...record, failure: { code: "timed_out", reason: "Late." } as const };
    const text = await new Response(bodyOf(listeners.open(known(failed), 0))).text();
    const told = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
    expect(told.map(({ status, modified_at: at }) => `${status} ${at.slice(-4)}`)).toEqual([
      "pending 000Z",
      "processing 001Z",
      "processing 001Z",
      "failed 003Z",
    ]);
    expect(told.map((one) => one.failure_code)).toEqual([undefined, undefined, undefined, "timed_out"]);
  });

  it.each([
    ["none", null, [4]],
    ["the first", 1, [2, 3, 4]],
    ["one in the middle", 3, [4]],
    ["one before the first", 0, [1, 2, 3, 4]],
    ["one that never was", 5, [4]],
    ["one far out", 999_999_999, [4]],
  ])("for a client that last heard of %s goes on with what it has missed", async (_which, lastId, expected) => {
    const listeners = new Listeners(handClock().timers);
    expect(await idsOf(listeners.open(known(lived(QUEUED, READING, COMPUTING, DONE)), lastId))).toEqual(expected);
  });

  it("is over before it begins for a client that has heard of the final event", () => {
    const listeners = new Listeners(handClock().timers);
    expect(listeners.open(known(lived(QUEUED, READING, DONE)), 3)).toEqual({ outcome: "over" });
  });

  it("stays open while a complete record is analyzed anew, and ends when that is done", async () => {
    const listeners = new Listeners(handClock().timers);
    const again: [Status, Stage][] = [QUEUED, READING, DONE, ["completed", "queued"]];
    const opened = listeners.open(known(lived(...again)), null);
    listeners.tell(known(lived(...again, ["completed", "computing"])));
    listeners.tell(known(lived(...again, ["completed", "computing"], ["updated", "done"])));
    expect(await idsOf(opened)).toEqual([4, 5, 6]);
  });

  it("tells of a status when D1 knows it, and not before", async () => {
    const listeners = new Listeners(handClock().timers);
    const record = lived(QUEUED, READING, COMPUTING, DONE);
    const opened = listeners.open(known(record, 1), null);
    const reader = bodyOf(opened).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toContain("id: 1\n");
    listeners.tell(known(record, 2));
    expect(await read()).toContain("id: 2\n");
    expect(await read()).toContain("id: 3\n");
    listeners.tell(known(record));
    expect(await read()).toContain("id: 4\n");
    expect((await reader.read()).done).toBe(true);
  });

  it("ends without another word when the record is deleted", async () => {
    const listeners = new Listeners(handClock().timers);
    const opened = listeners.open(known(lived(QUEUED)), null);
    listeners.endAll();
    expect(await idsOf(opened)).toEqual([1]);
  });

  it("carries a comment while nothing happens, and no longer than anybody reads", async () => {
    const clock = handClock();
    const listeners = new Listeners(clock.timers);
    const reader = bodyOf(listeners.open(known(lived(QUEUED)), null)).getReader();
    await reader.read();
    clock.strike();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^:.*\n\n$/);
    expect(listeners.wantStages).toBe(true);
    await reader.cancel();
    await vi.waitFor(() => expect(clock.wound.size).toBe(0));
    expect(listeners.wantStages).toBe(false);
  });

  it("is refused to the fifty-first who would read the same record", () => {
    const listeners = new Listeners(handClock().timers);
    const open = () => listeners.open(known(lived(QUEUED)), null).outcome;
    expect(new Set(Array.from({ length: 50 }, open))).toEqual(new Set(["open"]));
    expect(open()).toBe("full");
  });
});

describe("waiting", () => {
  it("ends when the status changes, and not with a stage", async () => {
    const clock = handClock();
    const listeners = new Listeners(clock.timers);
    let over = false;
    const waiting = listeners.wait(known(lived(QUEUED, READING)), "processing", 1_000).then(() => (over = true));
    listeners.tell(known(lived(QUEUED, READING, COMPUTING)));
    await Promise.resolve();
    expect(over).toBe(false);
    listeners.tell(known(lived(QUEUED, READING, COMPUTING, DONE)));
    await waiting;
    expect(clock.wound.size).toBe(0);
  });

  it("ends when the time is up", async () => {
    const clock = handClock();
    const listeners = new Listeners(clock.timers);
    const waiting = listeners.wait(known(lived(QUEUED)), "pending", 1_000);
    clock.strike();
    await waiting;
  });

  it("ends when the record is deleted", async () => {
    const listeners = new Listeners(handClock().timers);
    const waiting = listeners.wait(known(lived(QUEUED)), "pending", 1_000);
    listeners.endAll();
    await waiting;
  });

  it.each([
    ["has another status", lived(QUEUED, READING), "pending"],
    ["is final", lived(QUEUED, READING, DONE), "completed"],
  ] as const)("does not begin when the record %s", async (_why, record, status) => {
    await new Listeners(handClock().timers).wait(known(record), status, 1_000);
  });

  it("does not ask for stages", () => {
    const listeners = new Listeners(handClock().timers);
    void listeners.wait(known(lived(QUEUED)), "pending", 1_000);
    expect(listeners.wantStages).toBe(false);
  });
});
