import { describe, expect, it } from "vitest";
import { alarmTime, pauseAfterFailedAlarms, pauseAfterLostBeginnings } from "../../../src/records/retry-schedule.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

describe("the pause after alarms that failed", () => {
  it.each([
    [1, 30 * SECOND_MS],
    [2, MINUTE_MS],
    [3, 2 * MINUTE_MS],
    [5, 8 * MINUTE_MS],
    [6, 10 * MINUTE_MS],
    [1_000, 10 * MINUTE_MS],
  ])("after %i in a row is %i ms: it doubles, up to ten minutes", (failures, pause) => {
    expect(pauseAfterFailedAlarms(failures)).toBe(pause);
  });
});

describe("the pause after beginnings that never came to an end", () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, MINUTE_MS],
    [4, 4 * MINUTE_MS],
    [9, 10 * MINUTE_MS],
  ])("after %i is %i ms", (begins, pause) => {
    expect(pauseAfterLostBeginnings(begins)).toBe(pause);
  });
});

describe("the alarm of an object whose clock is behind the platform's", () => {
  const DUE = Date.UTC(2026, 11, 1);

  it("is set to the time at first, and when the last one was for something earlier", () => {
    expect(alarmTime(DUE, null, DUE - SECOND_MS)).toBe(DUE);
    expect(alarmTime(DUE, DUE - 1, DUE - SECOND_MS)).toBe(DUE);
  });

  it("rings a few times before the clock has come to it, not thousands of times", () => {
    const behind = 10 * SECOND_MS;
    let rangFor = DUE;
    let rings = 0;
    for (let now = DUE; now - behind < DUE; now = Math.max(now, rangFor)) {
      rangFor = alarmTime(DUE, rangFor, now - behind);
      rings += 1;
    }
    expect(rings).toBeLessThanOrEqual(2);
    expect(rangFor - DUE).toBeLessThanOrEqual(2 * behind);
  });

  it("is a second later each time, where little is missing", () => {
    expect(alarmTime(DUE, DUE + 20, DUE - 20)).toBe(DUE + 20 + SECOND_MS);
  });
});
