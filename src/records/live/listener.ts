import type { LifeEvent, NutritionRecord } from "../record.ts";

/** Somebody who is told of a record's events when they happen. */
export interface Listener {
  /** The number of the last event that it has heard of. */
  after: number;
  /** Whether it hears of stages, so that a consumer should report them. */
  readonly wantsStages: boolean;
  hear(record: NutritionRecord, event: LifeEvent): void;
  /** Nothing will follow. */
  end(): void;
}

/** The clock of those who listen; both functions answer with one that calls it off. Times in milliseconds. */
export interface Timers {
  every(ms: number, action: () => void): () => void;
  after(ms: number, action: () => void): () => void;
}
