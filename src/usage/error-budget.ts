import type { FailureCode } from "../records/record.ts";
import type { RecordCount } from "./counted.ts";

/** What the service promises itself: so large a share of the analyses does not fail through its own fault. */
const OBJECTIVE = 0.995;

/** Failures that no other photo or sentence would have prevented. */
const OWN_FAULT: ReadonlySet<FailureCode> = new Set(["analysis_unavailable", "timed_out"]);

/** How much of what may fail has failed. */
export interface ErrorBudget {
  objective: number;
  /** Analyses that ended, canceled ones aside, and those that are late: they count although they continue. */
  finished: number;
  /** Those that failed through the service's own fault, or are late. */
  failed: number;
  /** How many of them may. */
  allowed: number;
  /**
   * Which share of the budget is left: 1 when nothing failed, negative when too much did; null when nothing finished.
   */
  remaining: number | null;
}

const isEnd = ({ status, inputType }: RecordCount): boolean =>
  inputType !== "manual" && (status === "completed" || status === "updated" || status === "failed");

const sum = (counts: readonly RecordCount[]): number => counts.reduce((total, { records }) => total + records, 0);

/** The error budget of what was counted. */
export function errorBudgetOf(counts: readonly RecordCount[]): ErrorBudget {
  const late = counts.reduce((total, count) => total + count.late, 0);
  const finished = sum(counts.filter(isEnd)) + late;
  const failed = sum(counts.filter(({ failureCode }) => failureCode !== null && OWN_FAULT.has(failureCode))) + late;
  const allowed = finished * (1 - OBJECTIVE);
  return { objective: OBJECTIVE, finished, failed, allowed, remaining: allowed === 0 ? null : 1 - failed / allowed };
}
