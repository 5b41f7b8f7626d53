import { MINUTE_MS } from "../time.ts";

/** A time as people read it, in UTC because the server does not know the reader's zone; `at` in Unix milliseconds. */
export const Time = ({ at }: { at: number }) => {
  const text = new Date(at).toISOString();
  return (
    <time class="time" datetime={text} title={text}>
      {`${text.slice(0, 10)} ${text.slice(11, 19)} UTC`}
    </time>
  );
};

const UNITS = [
  ["day", 24 * 60 * MINUTE_MS],
  ["hour", 60 * MINUTE_MS],
  ["minute", MINUTE_MS],
] as const;

/** A length of time in its largest unit, rounded, such as `3 days`. */
export function spanText(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, length]) => ms >= length) ?? ["minute", MINUTE_MS];
  const count = Math.max(0, Math.round(ms / unitMs));
  if (count === 0) return "moments";
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** How long ago something was, or how long it still takes; the exact time on pointing at it. Unix milliseconds. */
export const Since = ({ at, now }: { at: number; now: number }) => (
  <time datetime={new Date(at).toISOString()} title={new Date(at).toISOString()}>
    {at <= now ? `${spanText(now - at)} ago` : `in ${spanText(at - now)}`}
  </time>
);

/** When something is due. What is due already, and only waits for its turn, is not said to be in the past. */
export const Due = ({ at, now }: { at: number; now: number }) => (at > now ? <Time at={at} /> : <>due now</>);
