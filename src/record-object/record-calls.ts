import type { RecordChange } from "../records/changes/record-change.ts";
import type { AnalysisOutcome, Status } from "../records/record.ts";
import type { Postponement } from "../records/retry-schedule.ts";

/**
 * The calls to a record's object whose request or answer has a body of its own: they go past itty-durable, as POSTs of
 * these bodies to a path of that name.
 */
export interface RecordCalls {
  /** When it `isAwaited`, somebody is about to show the record: D1 has it when this answers, unless D1 is down. */
  finish: { recordId: string; leaseId: string; outcome: AnalysisOutcome; isAwaited: boolean };
  /** Gives a record back unfinished. */
  postpone: { recordId: string; leaseId: string; why: Postponement };
  /** Changes a complete record. */
  update: { recordId: string; change: RecordChange; expectedVersion: number | null };
  /** Notes that the user wants the record analysed again. */
  reanalyze: { recordId: string; hint: string | null; expectedVersion: number | null };
  /** `lastEventId` is what the client has heard of last. */
  events: { recordId: string; lastEventId: number | null };
  /** Answered when the record is no longer in `status`, after `waitMs` at the latest. */
  wait: { recordId: string; status: Status; waitMs: number };
}

/** Where a call is posted to; nothing but the object's own code resolves the host. */
export const callUrl = (call: keyof RecordCalls): string => `https://record-object.invalid/${call}`;

/** Which call a request to the object is; null for those of itty-durable. */
export function callOf(request: Request): keyof RecordCalls | null {
  if (request.method !== "POST") return null;
  return new URL(request.url).pathname.slice(1) as keyof RecordCalls;
}

/** The HTTP status by which an `events` call says how it went. */
export const EVENTS_STATUS = { open: 200, over: 204, unknown: 404, full: 429 } as const;
