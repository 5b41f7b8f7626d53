import { DAY_MS, HOUR_MS } from "../../../time.ts";

/** What the usage page can show, up to now. */
export const RANGES = [
  { name: "day", text: "24 hours", lengthMs: DAY_MS, bucketMs: HOUR_MS },
  { name: "week", text: "7 days", lengthMs: 7 * DAY_MS, bucketMs: DAY_MS },
  { name: "month", text: "30 days", lengthMs: 30 * DAY_MS, bucketMs: DAY_MS },
  { name: "quarter", text: "90 days", lengthMs: 90 * DAY_MS, bucketMs: DAY_MS },
] as const;

export type Range = (typeof RANGES)[number];
export type RangeName = Range["name"];

/** The range of that name; a week for any other. */
export const rangeOf = (name: string | undefined): Range => RANGES.find((range) => range.name === name) ?? RANGES[1];
