import { isOpen, type RecordStory } from "./ledger.ts";
import type { Transition } from "./stored.ts";

/** An event that the application must hear of. */
export interface DueEvent {
  eventId: string;
  version: number;
  event: string;
}

/**
 * The events of a record, as its timeline and the answers to its user tell of them. A step is announced when the status
 * is another one, or `updated` by a change. A re-analysis takes steps of its own that are not announced while it runs,
 * and none at its end when it fails: where only the timeline speaks of such an `updated`, it is not counted.
 */
export function announcedEvents(
  { id, changes }: RecordStory,
  transitions: readonly Transition[],
  wants: ReadonlySet<string>,
): DueEvent[] {
  const event = (version: number, status: string): DueEvent => ({
    eventId: `evt_${id}_${version}`,
    version,
    event: status,
  });
  const due = new Map<number, DueEvent>();
  transitions.forEach(({ status, version, stage }, index) => {
    const before = transitions[index - 1];
    // Of a long life only the latest steps are known.
    if (before === undefined && version > 1) return;
    const isNews = status !== before?.status;
    const isChange = status === "updated" && stage === "done" && before?.stage === "done";
    if (isNews || isChange) due.set(version, event(version, status));
  });
  for (const { what, version } of changes)
    if (version !== null && what !== "reanalyze" && what !== "cancel") due.set(version, event(version, "updated"));
  return [...due.values()].filter((one) => wants.has(one.event)).sort((a, b) => a.version - b.version);
}

/** When the analysis ended, Unix milliseconds; null while it is open, or when that is too long ago to be known. */
export function endedAt(transitions: readonly Transition[]): number | null {
  const index = transitions.findIndex(({ status }) => !isOpen(status));
  const end = transitions[index];
  return end === undefined || (index === 0 && end.version > 1) ? null : end.at;
}
