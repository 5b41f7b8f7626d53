import { describe, expect, it } from "vitest";
import { MAX_ATTEMPTS, RETRY_DELAYS_MS, retryDelayMs } from "../../../src/webhooks/schedule.ts";

const MIDDLE = 0.5;

describe("the retry schedule", () => {
  it("waits 5 s, 2 min, 30 min, 2 h and then 12 h five times: ten attempts in all", () => {
    const seconds = RETRY_DELAYS_MS.map((_, index) => (retryDelayMs(index + 1, MIDDLE) ?? 0) / 1000);
    expect(seconds).toEqual([5, 120, 1800, 7200, 43_200, 43_200, 43_200, 43_200, 43_200]);
    expect(retryDelayMs(10, MIDDLE)).toBeNull();
    expect(MAX_ATTEMPTS).toBe(10);
  });

  it("spreads each wait by ten percent, both ways", () => {
    expect(retryDelayMs(2, 0)).toBe(108_000);
    expect(retryDelayMs(2, 1)).toBe(132_000);
    expect(retryDelayMs(2, 0.123)).toBe(110_952);
  });

  it.each([
    ["less than planned", 1_000, 120_000],
    ["more than planned", 180_000, 180_000],
    ["more than twice as long", 86_400_000, 240_000],
  ])("honors a Retry-After of %s between 1× and 2×", (_, asked, expected) => {
    expect(retryDelayMs(2, MIDDLE, asked)).toBe(expected);
  });
});
