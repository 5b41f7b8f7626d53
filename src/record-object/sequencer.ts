import type { RepairOutcome } from "../webhooks/repair.ts";
import type { AnalysisOutcome, Stage, Status } from "../records/record.ts";
import { callUrl, EVENTS_STATUS, type CallName, type RecordCalls } from "./record-calls.ts";
import type { RecordChange } from "../records/changes/record-change.ts";
import type { Opened } from "../records/live/listeners.ts";
import type { BeginResult, FinishResult, PostponeResult } from "../records/analysis-steps.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import type { ChangeResult } from "../records/sequence.ts";
import type { ReanalyzeResult, UpdateResult } from "../records/user-steps.ts";

/**
 * The calls to a record's object, the only way to it. A result is null when there is no such record. Outages throw.
 */
export interface Sequencer {
  begin(recordId: string): Promise<BeginResult | null>;
  /** Hands in how an analysis ended. When it `isAwaited`, D1 has the end when this returns. */
  finish(
    recordId: string,
    leaseId: string,
    outcome: AnalysisOutcome,
    isAwaited?: boolean,
  ): Promise<FinishResult | null>;
  /** Tells those who listen how far the analysis is; worth its price only when `begin` said that somebody does. */
  progress(recordId: string, leaseId: string, stage: Stage): Promise<ChangeResult | null>;
  /** Gives the record back unfinished: it is tried again later, unless the cause has lasted too long. */
  postpone(recordId: string, leaseId: string, why: Postponement): Promise<PostponeResult | null>;
  cancel(recordId: string): Promise<ChangeResult | null>;
  update(recordId: string, change: RecordChange, expectedVersion: number | null): Promise<UpdateResult | null>;
  /** Notes that the user wants the record analyzed again; the caller sends the wake-up call. */
  reanalyze(recordId: string, hint: string | null, expectedVersion: number | null): Promise<ReanalyzeResult | null>;
  /** Deletes the record, its photo and its deliveries; resolves when they are gone. */
  remove(recordId: string): Promise<{ outcome: "removed" }>;
  /** `waiting`: a re-analysis needs a wake-up call for a consumer. */
  wake(recordId: string): Promise<{ outcome: "woken" | "waiting" | "settled" }>;
  /** One more attempt of an event, now. */
  resend(recordId: string, eventId: string): Promise<{ outcome: RepairOutcome } | null>;
  /** The schedule of an undelivered event anew, unless it was tried after `until` (Unix milliseconds). */
  recover(recordId: string, eventId: string, until: number): Promise<{ outcome: RepairOutcome } | null>;
  /** Opens the record's events after `lastEventId` as a stream; null for that: from the present state on. */
  events(recordId: string, lastEventId: number | null): Promise<Opened | null>;
  /** Resolves when the record is no longer in this status, or is gone, or after `waitMs` milliseconds. */
  wait(recordId: string, status: Status, waitMs: number): Promise<void>;
}

export function createSequencer(namespace: DurableObjectNamespace): Sequencer {
  const post = async <Name extends CallName>(name: Name, sent: RecordCalls[Name]["sent"]): Promise<Response> => {
    const stub = namespace.get(namespace.idFromName(sent.recordId));
    return stub.fetch(callUrl(name), { method: "POST", body: JSON.stringify(sent) });
  };
  const call = async <Name extends Exclude<CallName, "events">>(
    name: Name,
    sent: RecordCalls[Name]["sent"],
  ): Promise<RecordCalls[Name]["result"]> => {
    const response = await post(name, sent);
    if (!response.ok) throw new Error(`the record object responded ${response.status} to ${name}`);
    return response.json();
  };
  return {
    begin: (recordId) => call("begin", { recordId }),
    finish: (recordId, leaseId, outcome, isAwaited = false) =>
      call("finish", { recordId, leaseId, outcome, isAwaited }),
    progress: (recordId, leaseId, stage) => call("progress", { recordId, leaseId, stage }),
    postpone: (recordId, leaseId, why) => call("postpone", { recordId, leaseId, why }),
    cancel: (recordId) => call("cancel", { recordId }),
    update: (recordId, change, expectedVersion) => call("update", { recordId, change, expectedVersion }),
    reanalyze: (recordId, hint, expectedVersion) => call("reanalyze", { recordId, hint, expectedVersion }),
    remove: (recordId) => call("remove", { recordId }),
    wake: (recordId) => call("wake", { recordId }),
    resend: (recordId, eventId) => call("resend", { recordId, eventId }),
    recover: (recordId, eventId, until) => call("recover", { recordId, eventId, until }),
    async events(recordId, lastEventId) {
      const { status, body } = await post("events", { recordId, lastEventId });
      switch (status) {
        case EVENTS_STATUS.open:
          return body === null ? { outcome: "over" } : { outcome: "open", body };
        case EVENTS_STATUS.over:
          return { outcome: "over" };
        case EVENTS_STATUS.full:
          return { outcome: "full" };
        case EVENTS_STATUS.unknown:
          return null;
        default:
          throw new Error(`the record object responded ${status} to events`);
      }
    },
    async wait(recordId, status, waitMs) {
      await call("wait", { recordId, status, waitMs });
    },
  };
}
