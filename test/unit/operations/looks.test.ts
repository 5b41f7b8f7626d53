import { describe, expect, it } from "vitest";
import {
  lookAtAnalyses,
  lookAtErrorBudget,
  nextUnavailableLook,
  type LatestEvent,
  type LookPorts,
} from "../../../src/operations/looks.ts";
import type { OperationsEvent } from "../../../src/operations/events.ts";
import { newOutboxEvent } from "../../../src/operations/outbox.ts";
import type { RecordCount } from "../../../src/usage/counted.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.UTC(2026, 11, 1, 12);

/** An outbox in memory, records by when they failed, and a clock. */
function setUp({ failedAt = [], counts = [] }: { failedAt?: number[]; counts?: RecordCount[] } = {}) {
  const events: OperationsEvent[] = [];
  const clock = { now: NOON };
  const counted = { times: 0 };
  const latest = (type: string): LatestEvent | null => {
    const place = events.findLastIndex((event) => event.type === type);
    const event = events[place];
    return event === undefined ? null : { ...newOutboxEvent(event, true, `ops_${place}`) };
  };
  const ports: LookPorts = {
    now: () => clock.now,
    failingEndpoints: async () => [],
    recordFindings: async () => 0,
    latestEvent: async (type) => latest(type),
    countUnavailable: async (since, until) => {
      const found = failedAt.filter((at) => at >= since && at < until);
      return { records: found.length, applications: found.length === 0 ? 0 : 1 };
    },
    countRecords: async () => {
      counted.times += 1;
      return counts;
    },
    async record(given) {
      const fresh = given.filter(({ key }) => !events.some((event) => event.key === key));
      events.push(...fresh);
      return fresh.length;
    },
  };
  return { ports, events, clock, counted };
}

describe("records that fail for want of models", () => {
  it("are told of within two minutes, then once in fifteen, each of them in one event", async () => {
    const failedAt = Array.from({ length: 3 * 60 * 6 }, (_, n) => NOON + n * 10_000);
    const { ports, events, clock } = setUp({ failedAt });
    for (; clock.now <= NOON + 4 * HOUR_MS; clock.now += MINUTE_MS) await lookAtAnalyses(ports);
    const told = events.map(({ at, data }) => ({ at, ...(data as { records: number; since: string; until: string }) }));
    expect(told[0]).toMatchObject({ at: NOON + 2 * MINUTE_MS, records: 6 });
    expect(told.reduce((sum, { records }) => sum + records, 0)).toBe(failedAt.length);
    for (const [place, { at, since }] of told.entries()) {
      if (place === 0) continue;
      expect(since).toBe(told[place - 1]?.until);
      expect(at - (told[place - 1]?.at ?? 0)).toBeGreaterThanOrEqual(15 * MINUTE_MS);
    }
    expect(told.length).toBeLessThanOrEqual(13);
  });

  it("are told of once by two sweeps that look at the same time", async () => {
    const { ports, events } = setUp({ failedAt: [NOON - 5 * MINUTE_MS] });
    expect(await Promise.all([lookAtAnalyses(ports), lookAtAnalyses(ports)])).toEqual([1, 0]);
    expect(events).toHaveLength(1);
  });

  it("are not looked for further back than two hours when nothing was told for a day", () => {
    const old = newOutboxEvent(
      {
        type: "analysis.unavailable",
        key: "k",
        at: NOON - 2 * DAY_MS,
        data: { records: 1, applications: 1, since: new Date(0).toISOString(), until: new Date(1).toISOString() },
      },
      true,
      "ops_old",
    );
    for (const latest of [null, old]) {
      expect(nextUnavailableLook(latest, NOON)).toEqual({ since: NOON - 2 * HOUR_MS, until: NOON - MINUTE_MS });
    }
  });
});

describe("the error budget", () => {
  const count = (records: number, failed: number): RecordCount[] => {
    const common = { bucket: 0, inputType: "image", photoBytes: 0, late: 0, firstAt: 0 } as const;
    return [
      { ...common, status: "completed", failureCode: null, records: records - failed },
      { ...common, status: "failed", failureCode: "analysis_unavailable", records: failed },
    ];
  };

  it.each([
    [1_000, 4, 0],
    [1_000, 5, 1],
    [1_000, 6, 1],
    [10, 1, 0],
    [10, 2, 1],
    [0, 0, 0],
  ])("of %i analyses, of which %i failed through the service, makes %i events", async (records, failed, expected) => {
    const { ports, events } = setUp({ counts: count(records, failed) });
    await lookAtErrorBudget(ports);
    expect(events).toHaveLength(expected);
  });

  it("is told of once in seven days, and not counted again meanwhile", async () => {
    const { ports, events, clock, counted } = setUp({ counts: count(1_000, 5) });
    for (; clock.now < NOON + 7 * DAY_MS; clock.now += 5 * MINUTE_MS) await lookAtErrorBudget(ports);
    expect(events).toHaveLength(1);
    expect(counted.times).toBe(1);
    await lookAtErrorBudget(ports);
    expect(events).toHaveLength(2);
  });

  it("is counted four times an hour at most", async () => {
    const { ports, clock, counted } = setUp({ counts: count(1_000, 0) });
    for (; clock.now < NOON + HOUR_MS; clock.now += MINUTE_MS) await lookAtErrorBudget(ports);
    expect(counted.times).toBe(4);
  });

  it("is told of once by two sweeps that look at the same time", async () => {
    const { ports, events } = setUp({ counts: count(1_000, 5) });
    await Promise.all([lookAtErrorBudget(ports), lookAtErrorBudget(ports)]);
    expect(events).toHaveLength(1);
  });
});
