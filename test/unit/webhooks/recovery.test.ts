import { describe, expect, it } from "vitest";
import {
  continueRecoveries,
  continueRecovery,
  newRecovery,
  type GivenUp,
  type Recovery,
  type RecoveryPorts,
} from "../../../src/webhooks/recovery.ts";
import type { RepairOutcome } from "../../../src/webhooks/repair.ts";

const SINCE = 1_000;
const NOW = 900_000;
const PAGE = 90;

const job = (change: Partial<Recovery> = {}): Recovery => ({ ...newRecovery("r1", 7, SINCE, 500, NOW), ...change });

/** Events that were given up, one a millisecond; three of each record. */
const events = (count: number): GivenUp[] =>
  Array.from({ length: count }, (_, index) => ({
    eventId: `evt_${String(index).padStart(4, "0")}`,
    recordId: `record_${Math.floor(index / 3)}`,
    createdAt: SINCE + index,
  }));

/** A store of jobs and events, and what was asked of it. */
function world(given: readonly GivenUp[], jobs: readonly Recovery[] = []) {
  const saved: Recovery[] = [];
  const recovered: { recordId: string; eventId: string; until: number }[] = [];
  const limits: number[] = [];
  const ports: RecoveryPorts = {
    runningRecoveries: async (limit) => jobs.slice(0, limit),
    async givenUpDeliveries({ cursorAt, cursorId }, limit) {
      limits.push(limit);
      const isBehind = ({ createdAt, eventId }: GivenUp): boolean =>
        createdAt > cursorAt || (createdAt === cursorAt && eventId > cursorId);
      return given.filter(isBehind).slice(0, limit);
    },
    async recover(recordId, eventId, until) {
      recovered.push({ recordId, eventId, until });
      return { outcome: "queued" };
    },
    async saveRecovery(_from, next) {
      saved.push(next);
      return true;
    },
    now: () => NOW + 5,
  };
  return { ports, saved, recovered, limits };
}

describe("a recovery", () => {
  it("begins at its time, with nothing put back, and is about events up to now", () => {
    expect(newRecovery("r1", 7, SINCE, 500, NOW)).toEqual({
      id: "r1",
      applicationId: 7,
      since: SINCE,
      until: NOW,
      total: 500,
      requeued: 0,
      cursorAt: SINCE,
      cursorId: "",
      finishedAt: null,
    });
  });

  it("puts every event back once, those of one record in their order, and says when it has ended", async () => {
    const given = events(200);
    const { ports, saved, recovered } = world(given);
    expect(await continueRecovery(job(), ports)).toBe(200);
    expect(recovered.map(({ eventId }) => eventId).toSorted()).toEqual(given.map(({ eventId }) => eventId));
    expect(recovered.every(({ until }) => until === NOW)).toBe(true);
    for (const [index, { eventId, recordId }] of recovered.entries()) {
      const before = recovered.slice(0, index).filter((other) => other.recordId === recordId);
      expect(before.every((other) => other.eventId < eventId)).toBe(true);
    }
    expect(saved.map(({ requeued, finishedAt }) => [requeued, finishedAt])).toEqual([
      [PAGE, null],
      [2 * PAGE, null],
      [200, NOW + 5],
    ]);
    expect(saved.at(-1)).toMatchObject({ cursorAt: SINCE + 199, cursorId: "evt_0199" });
  });

  it("does records side by side: one that is slow does not hold the others up", async () => {
    const { ports } = world(events(6));
    const begun: string[] = [];
    const { promise: slow, resolve } = Promise.withResolvers<{ outcome: RepairOutcome }>();
    const recover = async (recordId: string) => {
      begun.push(recordId);
      return recordId === "record_0" ? slow : { outcome: "queued" as const };
    };
    const done = continueRecovery(job(), { ...ports, recover });
    await expect.poll(() => begun).toEqual(["record_0", "record_1", "record_1", "record_1"]);
    resolve({ outcome: "queued" });
    expect(await done).toBe(6);
  });

  it("ends at once where there is nothing, and stays where it was", async () => {
    const { ports, saved } = world([]);
    expect(await continueRecovery(job({ cursorAt: 5_000, cursorId: "evt_x", requeued: 3 }), ports)).toBe(0);
    expect(saved).toEqual([job({ cursorAt: 5_000, cursorId: "evt_x", requeued: 3, finishedAt: NOW + 5 })]);
  });

  it("looks once more behind a full page, and ends there", async () => {
    const { ports, saved, limits } = world(events(PAGE));
    await continueRecovery(job(), ports);
    expect(saved.map(({ finishedAt }) => finishedAt)).toEqual([null, NOW + 5]);
    expect(limits).toEqual([PAGE, PAGE]);
  });

  it("takes ten steps in one sweep, and leaves the rest to the next", async () => {
    const { ports, saved } = world(events(2_000));
    expect(await continueRecovery(job(), ports)).toBe(10 * PAGE);
    expect(saved).toHaveLength(10);
    expect(saved.at(-1)?.finishedAt).toBeNull();
  });

  it("counts what this sweep has put back, not what earlier ones had", async () => {
    const { ports, saved } = world(events(10));
    expect(await continueRecovery(job({ requeued: 40 }), ports)).toBe(10);
    expect(saved.at(-1)?.requeued).toBe(50);
  });

  it.each<[string, { outcome: RepairOutcome } | null]>([
    ["wait already", { outcome: "waiting" }],
    ["were not kept", { outcome: "not_kept" }],
    ["have lost their record", null],
  ])("does not count events that %s", async (_, result) => {
    const { ports, saved } = world(events(5));
    expect(await continueRecovery(job(), { ...ports, recover: async () => result })).toBe(0);
    expect(saved.at(-1)).toMatchObject({ requeued: 0, finishedAt: NOW + 5 });
  });

  it("leaves a job alone that another sweep has brought further", async () => {
    const { ports, limits } = world(events(500));
    expect(await continueRecovery(job(), { ...ports, saveRecovery: async () => false })).toBe(0);
    expect(limits).toHaveLength(1);
  });

  it("does nothing for a job that has ended", async () => {
    const { ports, limits } = world(events(5));
    expect(await continueRecovery(job({ finishedAt: 5 }), ports)).toBe(0);
    expect(limits).toEqual([]);
  });
});

describe("a sweep", () => {
  it("goes on with every job that runs, ten at most", async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => job({ id: `r${index}` }));
    const { ports, saved } = world(events(3), jobs);
    expect(await continueRecoveries(ports)).toBe(30);
    expect(new Set(saved.map(({ id }) => id)).size).toBe(10);
  });
});
