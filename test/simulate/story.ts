/** What happens all the time and explains nothing. */
const EVERYDAY =
  /^(?:sweep: d1 (?:select|delete)|.*: d1 select|.*: d1 with|.*: d1 batch \((?:select \w+(?:, )?)+\)|.*: dns |.*: cache |setup:|POST \/(?:admin\/applications|auth\/hmac): )/;
const TROUBLE = /FAILS|LOST|CRASH|DOWN|refused|DEPLOYMENT/;
const LINE = /^\s*(\d+) (.*)$/s;

const clock = (ms: number): string => {
  const seconds = String(Math.floor(ms / 1000) % 60).padStart(2, "0");
  return `${String(Math.floor(ms / 60_000)).padStart(3)}:${seconds}.${String(ms % 1000).padStart(3, "0")}`;
};

/** A run in words: who did what, what failed, and what came of it. Times are minutes since the beginning. */
export function tellStory(trace: readonly string[]): string {
  const lines = trace.flatMap((line) => {
    const [, ms = "0", text = ""] = LINE.exec(line) ?? [];
    if (EVERYDAY.test(text) && !TROUBLE.test(text)) return [];
    return [`${clock(Number(ms))}  ${text}`];
  });
  return lines.join("\n");
}
