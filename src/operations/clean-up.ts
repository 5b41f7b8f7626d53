import { DAY_MS } from "../time.ts";
import { OPERATIONS_EVENT_RETENTION_DAYS } from "../bounds.ts";

/** However much happens, no more events than this are kept: the newest, at about 1 KB each. */
const MAX_KEPT = 10_000;

/** The hour of the day (UTC) in which the clean-up runs, with that of the deliveries. */
const CLEAN_UP_HOUR = 3;

export interface OperationsCleanUpPorts {
  /** Deletes events made before then, and all but the newest `keep`. Returns how many. */
  deleteOldEvents(before: number, keep: number): Promise<number>;
  now: () => number;
}

/** Deletes what is older than the retention, or beyond the bound, once a day. Returns how much. */
export async function cleanUpEvents(ports: OperationsCleanUpPorts): Promise<number> {
  const now = ports.now();
  if (new Date(now).getUTCHours() !== CLEAN_UP_HOUR) return 0;
  return ports.deleteOldEvents(now - OPERATIONS_EVENT_RETENTION_DAYS * DAY_MS, MAX_KEPT);
}
