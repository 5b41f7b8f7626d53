import { DAY_MS } from "../time.ts";
import { DELIVERY_RETENTION_DAYS } from "../bounds.ts";

/** The hour of the day (UTC) in which the clean-up runs, with every sweep: what one leaves, the next one takes. */
const CLEAN_UP_HOUR = 3;

/** How much one statement deletes, and how many of them one sweep runs: together 5,000 a minute, 300,000 a day. */
const BATCH_SIZE = 500;
const MAX_BATCHES = 10;

export interface DeliveryCleanUpPorts {
  /** Deletes at most `limit` deliveries that have ended and were made before then; returns how many. */
  deleteOldDeliveries(before: number, limit: number): Promise<number>;
  /** Deletes the jobs of administrators that finished before then. */
  deleteOldJobs(before: number): Promise<void>;
  now: () => number;
}

/** Deletes what is older than the retention, once a day. Stopped anywhere, the next minute goes on. Returns how many. */
export async function cleanUpDeliveries(ports: DeliveryCleanUpPorts): Promise<number> {
  const now = ports.now();
  if (new Date(now).getUTCHours() !== CLEAN_UP_HOUR) return 0;
  const before = now - DELIVERY_RETENTION_DAYS * DAY_MS;
  let deleted = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const count = await ports.deleteOldDeliveries(before, BATCH_SIZE);
    deleted += count;
    if (count < BATCH_SIZE) {
      await ports.deleteOldJobs(before);
      break;
    }
  }
  return deleted;
}
