import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../time.ts";

/** How numbers and times are written on the console's pages: short, in English, times in UTC. */

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const formatCount = (count: number): string => whole.format(count);

/** At most one decimal: an amount of food, a nutrient. */
export const formatAmount = (amount: number): string => tenths.format(amount);

/** "84 ms", "2.3 s", "4 min", "3 h", "5 days". */
export function formatDuration(ms: number): string {
  if (ms < SECOND_MS) return `${whole.format(ms)} ms`;
  if (ms < MINUTE_MS) return `${tenths.format(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${whole.format(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${whole.format(ms / HOUR_MS)} h`;
  return `${whole.format(ms / DAY_MS)} days`;
}

/** "214 kB", "2.1 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${whole.format(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${tenths.format(bytes / 1e6)} MB` : `${tenths.format(bytes / 1e9)} GB`;
}

/** "92 %", of a share that is itself an estimate. */
export const formatPercent = (share: number): string => `${whole.format(share * 100)} %`;

/** "99.6 %": never rounded up to a whole that it is not. */
export const formatShare = (share: number): string => `${tenths.format(Math.floor(share * 1000) / 10)} %`;

/** "$0.26"; less than a cent is not told apart. */
export function formatUsd(usd: number): string {
  if (usd === 0) return "$0";
  return usd < 0.005 ? "< $0.01" : dollars.format(usd);
}

/** The beginning of a record's id, as a list shows it: the millisecond of its upload tells it from almost all others. */
export const shortId = (recordId: string): string => recordId.slice(0, 13);

/** "23 Nov" or "10:00", the beginning of a day or an hour. */
export const formatBucket = (time: string, bucket: "hour" | "day"): string =>
  bucket === "hour"
    ? time.slice(11, 16)
    : new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
