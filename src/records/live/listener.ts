import type { LifeEvent, NutritionRecord } from "../record.ts";

/** A listener that receives a record's events as they happen. */
export interface Listener {
  /** The number of the last event it received. */
  after: number;
  /** Whether it receives stages, so that a consumer should report them. */
  readonly wantsStages: boolean;
  hear(record: NutritionRecord, event: LifeEvent): void;
  /** No more events will follow. */
  end(): void;
}

/** The clock of listeners; both functions return one that cancels. Times in milliseconds. */
export interface Timers {
  every(ms: number, action: () => void): () => void;
  after(ms: number, action: () => void): () => void;
}
