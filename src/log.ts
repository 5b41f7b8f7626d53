type Level = "info" | "warn" | "error";

/** What a log line may carry besides its message: ids, counts and codes. Never a key, a token, a photo or a user's words. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one JSON line. An error's name and message go into the log and nowhere else. */
export function log(level: Level, message: string, fields: LogFields = {}, error?: unknown): void {
  const reason = error instanceof Error ? { error: `${error.name}: ${error.message}` } : {};
  // oxlint-disable-next-line no-console -- Workers collect what the console prints; this is the only place that does
  console[level](JSON.stringify({ level, message, ...fields, ...reason }));
}
