import type { LifeEvent, NutritionRecord, Stage, Status } from "./record.ts";
import { isFinal } from "./transitions.ts";

/**
 * A user may change a record any number of times; its row must not grow with it. A client that returns to the events
 * after more than this many is notified of the latest ones only.
 */
const MAX_EVENTS = 50;

/** The progress of each stage, percent: shown to people, so it only has to be plausible. */
const PERCENT: Record<Stage, number> = { queued: 0, reading: 10, recognising: 30, computing: 80, done: 100 };

/** Where a record is in its analysis. */
export type Progress = Pick<LifeEvent, "stage" | "percent">;

const progressAt = (stage: Stage): Progress => ({ stage, percent: PERCENT[stage] });

/** The progress of an analysis, inferred from its status alone: recognition takes almost all of the time. */
export function progressOf(status: Status): Progress {
  if (status === "pending") return progressAt("queued");
  return progressAt(status === "processing" ? "recognising" : "done");
}

/** A restarted analysis reports the furthest progress so far: progress never goes backwards. */
function furthest(last: LifeEvent | undefined, stage: Stage): Progress {
  if (last === undefined || last.stage === "done" || last.percent <= PERCENT[stage]) return progressAt(stage);
  return { stage: last.stage, percent: last.percent };
}

/** The record with one more event at the end of its history: it has this `stage` in its present status and version. */
export function withEvent(record: NutritionRecord, stage: Stage, at: number): NutritionRecord {
  const { status, version, history, retry } = record;
  const last = history.at(-1);
  const event: LifeEvent = {
    n: (last?.n ?? 0) + 1,
    status,
    version,
    ...furthest(last, stage),
    at,
    ...(retry !== null && { retry }),
  };
  return { ...record, history: [...history, event].slice(-MAX_EVENTS) };
}

/** The record's events, at least one: a row from before there was a history begins with event 0, its present state. */
export function eventsOf(record: NutritionRecord): readonly LifeEvent[] {
  const { status, version, history, modifiedAt } = record;
  return history.length > 0 ? history : [{ n: 0, status, version, ...progressOf(status), at: modifiedAt }];
}

/**
 * Whether an analysis is in progress or waits for its turn. A record that is analyzed again keeps its final status
 * meanwhile; its stages tell: every analysis, the first and any later one, ends with an event whose stage is `done`.
 */
export function isAnalysisUnderWay({ status, history }: Pick<NutritionRecord, "status" | "history">): boolean {
  const last = history.at(-1);
  return !isFinal(status) || (last !== undefined && isFinal(last.status) && last.stage !== "done");
}
