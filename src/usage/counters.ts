import type { NutritionRecord } from "../records/record.ts";
import type { AttemptOutcome } from "../webhooks/outbox.ts";
import type { CountedAttempt } from "../webhooks/send-events.ts";

/** Counts what ends. A point that gets lost is not missed: D1 has the truth. */
export interface Counters {
  /** A record whose first analysis has ended. */
  countRecord: (record: NutritionRecord) => void;
  countAttempt: (attempt: CountedAttempt) => void;
}

/** A dataset of Workers Analytics Engine, as far as it is used here. */
interface Dataset {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void;
}

const NOBODY_COUNTS: Counters = { countRecord: () => undefined, countAttempt: () => undefined };

/** The response's status, or in one word why there was none. */
const outcomeName = ({ httpStatus, error }: AttemptOutcome): string =>
  httpStatus === null ? (error?.split(":")[0] ?? "none") : String(httpStatus);

/**
 * Counters in Workers Analytics Engine, each point under its application's id; without a dataset nothing is counted. No
 * point says whose record it was, or what was in it:
 * - `record`: blobs status, input type, failure code, mode; doubles milliseconds from upload to end, bytes, model
 *   calls.
 * - `attempt`: blobs event, trigger, outcome; double milliseconds until the response.
 */
export function createCounters(dataset: Dataset | undefined): Counters {
  if (dataset === undefined) return NOBODY_COUNTS;
  return {
    countRecord({ applicationId, status, inputType, failure, options, uploadedAt, modifiedAt, photo, modelCalls }) {
      dataset.writeDataPoint({
        indexes: [String(applicationId)],
        blobs: ["record", status, inputType, failure?.code ?? "", options.analysis_mode],
        doubles: [modifiedAt - uploadedAt, photo?.bytes ?? 0, modelCalls.length],
      });
    },
    countAttempt({ applicationId, eventType, trigger, startedAt, outcome }) {
      dataset.writeDataPoint({
        indexes: [String(applicationId)],
        blobs: ["attempt", eventType, trigger, outcomeName(outcome)],
        doubles: [outcome.finishedAt - startedAt],
      });
    },
  };
}
