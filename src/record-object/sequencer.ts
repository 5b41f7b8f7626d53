import { proxyDurable } from "itty-durable";
import type { RepairOutcome } from "../webhooks/repair.ts";
import type { AnalysisOutcome, Stage, Status } from "../records/record.ts";
import { callUrl, EVENTS_STATUS, type RecordCalls } from "./record-calls.ts";
import type { RecordChange } from "../records/changes/record-change.ts";
import type { Opened } from "../records/live/listeners.ts";
import type { BeginAnswer, FinishAnswer, PostponeAnswer } from "../records/analysis-steps.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import type { ChangeAnswer } from "../records/sequence.ts";
import type { ReanalyzeAnswer, UpdateAnswer } from "../records/user-steps.ts";

/**
 * The calls to a record's object. Every answer is null when there is no such record. Outages throw.
 * This file and the object itself are the only ones that know of itty-durable.
 */
export interface Sequencer {
  begin(recordId: string): Promise<BeginAnswer | null>;
  /** Hands in how an analysis ended. When it `isAwaited`, D1 has the end when this answers. */
  finish(
    recordId: string,
    leaseId: string,
    outcome: AnalysisOutcome,
    isAwaited?: boolean,
  ): Promise<FinishAnswer | null>;
  /** Tells those who listen how far the analysis is; worth its price only when `begin` said that somebody does. */
  progress(recordId: string, leaseId: string, stage: Stage): Promise<ChangeAnswer | null>;
  /** Gives the record back unfinished: it is tried again later, unless the cause has lasted too long. */
  postpone(recordId: string, leaseId: string, why: Postponement): Promise<PostponeAnswer | null>;
  cancel(recordId: string): Promise<ChangeAnswer | null>;
  update(recordId: string, change: RecordChange, expectedVersion: number | null): Promise<UpdateAnswer | null>;
  /** Notes that the user wants the record analysed again; the caller sends the wake-up call. */
  reanalyze(recordId: string, hint: string | null, expectedVersion: number | null): Promise<ReanalyzeAnswer | null>;
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

/** The same calls as itty-durable's proxy offers them; its arguments travel in a header and are ids and codes only. */
type ProxiedCalls = Omit<Sequencer, keyof RecordCalls>;

export function createSequencer(namespace: DurableObjectNamespace): Sequencer {
  const objects = proxyDurable(namespace, { name: "RECORDS", parse: true });
  // The stub must never be awaited or returned from an async function: the proxy answers `then` and hangs.
  const object = (recordId: string): ProxiedCalls => objects.get(recordId, {}) as ProxiedCalls;
  const post = async <Name extends keyof RecordCalls>(name: Name, call: RecordCalls[Name]): Promise<Response> => {
    const stub = namespace.get(namespace.idFromName(call.recordId));
    const response = await stub.fetch(callUrl(name), { method: "POST", body: JSON.stringify(call) });
    if (response.status >= 500) throw new Error(`the record object responded with ${response.status} to ${name}`);
    return response;
  };
  return {
    begin: (recordId) => object(recordId).begin(recordId),
    cancel: (recordId) => object(recordId).cancel(recordId),
    remove: (recordId) => object(recordId).remove(recordId),
    wake: (recordId) => object(recordId).wake(recordId),
    resend: (recordId, eventId) => object(recordId).resend(recordId, eventId),
    recover: (recordId, eventId, until) => object(recordId).recover(recordId, eventId, until),
    async finish(recordId, leaseId, outcome, isAwaited = false) {
      const response = await post("finish", { recordId, leaseId, outcome, isAwaited });
      return response.json<FinishAnswer | null>();
    },
    async postpone(recordId, leaseId, why) {
      const response = await post("postpone", { recordId, leaseId, why });
      return response.json<PostponeAnswer | null>();
    },
    async update(recordId, change, expectedVersion) {
      const response = await post("update", { recordId, change, expectedVersion });
      return response.json<UpdateAnswer | null>();
    },
    async reanalyze(recordId, hint, expectedVersion) {
      const response = await post("reanalyze", { recordId, hint, expectedVersion });
      return response.json<ReanalyzeAnswer | null>();
    },
    progress: (recordId, leaseId, stage) => object(recordId).progress(recordId, leaseId, stage),
    async events(recordId, lastEventId) {
      const { status, body } = await post("events", { recordId, lastEventId });
      if (status === EVENTS_STATUS.open && body !== null) return { outcome: "open", body };
      if (status === EVENTS_STATUS.unknown) return null;
      return { outcome: status === EVENTS_STATUS.full ? "full" : "over" };
    },
    async wait(recordId, status, waitMs) {
      await post("wait", { recordId, status, waitMs });
    },
  };
}
