import type { RecordStatus, Status } from "./types.ts";

/** Statuses are only ever seen in this order; the last four are ends of an analysis. */
const RANK: Readonly<Record<Status, number>> = {
  pending: 0,
  processing: 1,
  completed: 2,
  failed: 2,
  canceled: 2,
  updated: 3,
};

/** Whether a record with this status has had its analysis. */
export const isFinal = (status: Status): boolean => RANK[status] >= RANK.completed;

/** Whether the analysis is over. A record that is analyzed again keeps its final status meanwhile. */
export const isOver = ({ status, progress }: RecordStatus): boolean => isFinal(status) && progress.stage === "done";

/** Whether a response is a status, as far as the client relies on it. */
export function isRecordStatus(value: unknown): value is RecordStatus {
  const { status = "", progress } = (value ?? {}) as Partial<RecordStatus>;
  return typeof progress?.percent === "number" && Object.hasOwn(RANK, status);
}

/** Reads the status of an event; null when it is none. */
export function parseStatus(text: string): RecordStatus | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecordStatus(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Whether a status is newer than the last one: a poll may be served from a cache that is behind the events.
 */
export function isNews(status: RecordStatus, last: RecordStatus | null): boolean {
  if (last === null) return true;
  if (status.status !== last.status) return RANK[status.status] > RANK[last.status];
  return status.progress.percent > last.progress.percent || status.progress.stage !== last.progress.stage;
}
