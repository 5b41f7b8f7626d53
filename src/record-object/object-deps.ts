import type { NutritionRecord } from "../records/record.ts";
import type { AnalysisRetryPolicy } from "../records/retry-schedule.ts";
import type { AnnouncedEvents } from "../webhooks/announced-events.ts";
import type { StoredDelivery } from "../webhooks/repair.ts";
import type { WebhookDeps } from "../webhooks/send-events.ts";

/** What a record's object needs of the outside world. */
export interface ObjectDeps {
  now: () => number;
  newId: () => string;
  /** The record's row, with when the sweep looks at it. */
  readRecord(recordId: string): Promise<(NutritionRecord & { sweepAt: number | null }) | null>;
  readDelivery(eventId: string): Promise<StoredDelivery | null>;
  announcedEvents: AnnouncedEvents;
  projectRecord(record: NutritionRecord, sweepAt: number | null | undefined): Promise<void>;
  /** Removes the photo, the row with its deliveries, and the cached status. */
  deleteRecord(record: NutritionRecord): Promise<void>;
  /** Is told of each record whose first analysis has ended. */
  countRecord(record: NutritionRecord): void;
  webhooks: WebhookDeps;
  retries: AnalysisRetryPolicy;
}
