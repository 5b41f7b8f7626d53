import { AsyncLocalStorage } from "node:async_hooks";

type Level = "info" | "warn" | "error";

/** What a log line may carry besides its message: ids, counts and codes. Never a key, a token, a photo or a user's words. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

const ambient = new AsyncLocalStorage<LogFields>();

/** Does the work. Every line that is written meanwhile, also by what it leaves running, says what it is about. */
export const whileLogging = <Returned>(about: LogFields, work: () => Returned): Returned => ambient.run(about, work);

/** The database wrapper's own message quotes every value that was sent, users' words included; its cause does not. */
const rootOf = (error: Error): Error => (error.cause instanceof Error ? rootOf(error.cause) : error);

/** Writes one JSON line. The name and message of an error's first cause go into the log and nowhere else. */
export function log(level: Level, message: string, fields: LogFields = {}, error?: unknown): void {
  const cause = error instanceof Error ? rootOf(error) : null;
  const reason = cause === null ? {} : { error: `${cause.name}: ${cause.message}` };
  // oxlint-disable-next-line no-console -- Workers collect what the console prints; this is the only place that does
  console[level](JSON.stringify({ level, message, ...ambient.getStore(), ...fields, ...reason }));
}
