const STOP_SIGNALS = ["SIGINT", "SIGTERM"] as const;

const ORPHAN_POLL_MS = 500;

/**
 * Calls `stop`, perhaps more than once, when the program is asked to end. npm runs it through a shell that dies of a
 * signal without passing it on, so under npm the death of the parent is such a request too. A hang-up is left to its
 * default, or `nohup` could not override it.
 */
export function onStopRequest(stop: () => void): void {
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), ORPHAN_POLL_MS).unref();
}
