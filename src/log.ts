import { AsyncLocalStorage } from "node:async_hooks";

type Level = "info" | "warn" | "error";

/** What a log line may carry besides its event and message: ids, counts and codes. Never a key, a token, a photo or a user's words. */
export type LogFields = Record<string, string | number | boolean | null | undefined> & { event?: never };

const ambient = new AsyncLocalStorage<LogFields>();

/** Runs `work`. Every line logged in the meantime, including by tasks that it leaves running, carries these fields. */
export const withLogContext = <Returned>(about: LogFields, work: () => Returned): Returned => ambient.run(about, work);

/** The database driver's own message quotes every value that was sent, including users' words; its cause does not. */
const rootOf = (error: Error): Error => (error.cause instanceof Error ? rootOf(error.cause) : error);

/**
 * Writes one JSON line. `event` is the stable name to filter and alert on, `noun.verb_phrase`, and is documented in
 * docs/operations.md; the message may change. An error's root cause goes into the log and nowhere else.
 */
export function log(level: Level, event: string, message: string, fields: LogFields = {}, error?: unknown): void {
  const cause = error instanceof Error ? rootOf(error) : null;
  const reason = cause === null ? {} : { error: `${cause.name}: ${cause.message}` };
  // oxlint-disable-next-line no-console -- Workers collect console output; this is the only place that writes to it
  console[level](JSON.stringify({ level, event, message, ...ambient.getStore(), ...fields, ...reason }));
}
