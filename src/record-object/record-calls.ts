import type { BeginResult, FinishResult, PostponeResult } from "../records/analysis-steps.ts";
import type { RecordChange } from "../records/changes/record-change.ts";
import type { AnalysisOutcome, Stage, Status } from "../records/record.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import type { ChangeResult } from "../records/sequence.ts";
import type { ReanalyzeResult, UpdateResult } from "../records/user-steps.ts";
import type { RepairOutcome } from "../webhooks/repair.ts";

/** A call: what is sent to the object as JSON, and what comes back. */
interface Call<Sent, Result> {
  sent: { recordId: string } & Sent;
  result: Result;
}

// eslint-disable-next-line typescript/no-empty-object-type -- nothing is sent but the record's id
type IdAlone = {};

/** Every call to a record's object. A result is null when there is no such record. */
export interface RecordCalls {
  begin: Call<IdAlone, BeginResult | null>;
  /** When it `isAwaited`, somebody is about to show the record: D1 has it when this returns, unless D1 is down. */
  finish: Call<{ leaseId: string; outcome: AnalysisOutcome; isAwaited: boolean }, FinishResult | null>;
  progress: Call<{ leaseId: string; stage: Stage }, ChangeResult | null>;
  postpone: Call<{ leaseId: string; why: Postponement }, PostponeResult | null>;
  cancel: Call<IdAlone, ChangeResult | null>;
  update: Call<{ change: RecordChange; expectedVersion: number | null }, UpdateResult | null>;
  reanalyze: Call<{ hint: string | null; expectedVersion: number | null }, ReanalyzeResult | null>;
  remove: Call<IdAlone, { outcome: "removed" }>;
  wake: Call<IdAlone, { outcome: "woken" | "waiting" | "settled" }>;
  resend: Call<{ eventId: string }, { outcome: RepairOutcome } | null>;
  recover: Call<{ eventId: string; until: number }, { outcome: RepairOutcome } | null>;
  /** The stream of events is the body of the response; `EVENTS_STATUS` is its status. */
  events: Call<{ lastEventId: number | null }, Response>;
  /** Returns when the record is no longer in `status`, after `waitMs` at the latest. */
  wait: Call<{ status: Status; waitMs: number }, null>;
}

export type CallName = keyof RecordCalls;

/** What the object has to offer. */
export type RecordMethods = {
  [Name in CallName]: (sent: RecordCalls[Name]["sent"]) => Promise<RecordCalls[Name]["result"]>;
};

/** Where a call is posted to; nothing but the object's own router resolves the host. */
export const callUrl = (name: CallName): string => `https://record-object.invalid/${name}`;

/** The path of every call in the object's router. */
export const CALL_PATH = "/:name";

/** The HTTP status by which an `events` call says how it went. */
export const EVENTS_STATUS = { open: 200, over: 204, unknown: 404, full: 429 } as const;
