import { describe, expect, it } from "vitest";
import { pauseAfterFailedAlarms, pauseAfterLostBeginnings } from "../../../src/records/retry-schedule.ts";

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
