import type { LifeEvent, NutritionRecord, Stage } from "./record.ts";

/**
 * A user may change a record any number of times; its row must not grow with it. Whoever comes back to the events after
 * more than this many is told of the latest ones only.
 */
const MAX_EVENTS = 50;

/** How far each stage is, percent: told to people, so it need not be more than plausible. */
const PERCENT: Record<Stage, number> = { queued: 0, reading: 10, recognising: 30, computing: 80, done: 100 };

/** The record with one more event at the end of its history: it has this `stage` in its present status and version. */
export function withEvent(record: NutritionRecord, stage: Stage, at: number): NutritionRecord {
  const { status, version, history } = record;
  const n = (history.at(-1)?.n ?? 0) + 1;
  const event: LifeEvent = { n, status, version, stage, percent: PERCENT[stage], at };
  return { ...record, history: [...history, event].slice(-MAX_EVENTS) };
}
