import { describe, expect, it } from "vitest";
import {
  formatBucket,
  formatBytes,
  formatDuration,
  formatPercent,
  formatShare,
  formatUsd,
} from "../../../src/pages/format.ts";

describe("numbers on the console's pages", () => {
  it.each<[string, string]>([
    [formatDuration(84), "84 ms"],
    [formatDuration(2_310), "2.3 s"],
    [formatDuration(240_000), "4 min"],
    [formatDuration(3 * 3_600_000), "3 h"],
    [formatDuration(5 * 86_400_000), "5 days"],
    [formatBytes(94_733), "95 kB"],
    [formatBytes(2_147_330), "2.1 MB"],
    [formatBytes(3.2e9), "3.2 GB"],
    [formatShare(0.995), "99.5 %"],
    [formatShare(0.9999), "99.9 %"],
    [formatShare(1), "100 %"],
    [formatPercent(0.504), "50 %"],
    [formatUsd(0), "$0"],
    [formatUsd(0.0049), "< $0.01"],
    [formatUsd(0.257), "$0.26"],
    [formatUsd(1234.5), "$1,234.50"],
    [formatBucket("2026-11-23T10:00:00.000Z", "hour"), "10:00"],
    [formatBucket("2026-11-23T00:00:00.000Z", "day"), "23 Nov"],
  ])("are short: %s", (text, expected) => {
    expect(text).toBe(expected);
  });
});
