import { proxyDurable } from "itty-durable";
import type { AnalysisOutcome } from "./record.ts";
import type { FinishCall } from "./record-object.ts";
import type { BeginAnswer, ChangeAnswer, GiveUpAnswer, RecordChange, UpdateAnswer } from "./sequence.ts";

/**
 * The calls to a record's object. Every answer is null when there is no such record. Outages throw.
 * This file and the object itself are the only ones that know of itty-durable.
 */
export interface Sequencer {
  begin(recordId: string): Promise<BeginAnswer | null>;
  finish(recordId: string, leaseId: string, outcome: AnalysisOutcome): Promise<ChangeAnswer | null>;
  /** Gives the record back unfinished; its message comes back after `retryAfterMs`. */
  release(recordId: string, leaseId: string, retryAfterMs: number): Promise<ChangeAnswer | null>;
  giveUp(recordId: string): Promise<GiveUpAnswer | null>;
  cancel(recordId: string): Promise<ChangeAnswer | null>;
  update(recordId: string, change: RecordChange, expectedVersion: number | null): Promise<UpdateAnswer | null>;
  /** Deletes the record, its photo and its deliveries; resolves when they are gone. */
  remove(recordId: string): Promise<{ outcome: "removed" }>;
  wake(recordId: string): Promise<{ outcome: "woken" | "settled" }>;
}

/** The same calls as itty-durable's proxy offers them; its arguments travel in a header and are ids and codes only. */
type ProxiedCalls = Omit<Sequencer, "finish">;

export function createSequencer(namespace: DurableObjectNamespace): Sequencer {
  const objects = proxyDurable(namespace, { name: "RECORDS", parse: true });
  // The stub must never be awaited or returned from an async function: the proxy answers `then` and hangs.
  const object = (recordId: string): ProxiedCalls => objects.get(recordId, {}) as ProxiedCalls;
  return {
    begin: (recordId) => object(recordId).begin(recordId),
    release: (recordId, leaseId, retryAfterMs) => object(recordId).release(recordId, leaseId, retryAfterMs),
    giveUp: (recordId) => object(recordId).giveUp(recordId),
    cancel: (recordId) => object(recordId).cancel(recordId),
    update: (recordId, change, expectedVersion) => object(recordId).update(recordId, change, expectedVersion),
    remove: (recordId) => object(recordId).remove(recordId),
    wake: (recordId) => object(recordId).wake(recordId),
    async finish(recordId, leaseId, outcome) {
      const call: FinishCall = { recordId, leaseId, outcome };
      const stub = namespace.get(namespace.idFromName(recordId));
      const response = await stub.fetch("https://record-object/finish", { method: "POST", body: JSON.stringify(call) });
      if (!response.ok) throw new Error(`the record object answered ${response.status} to finish`);
      return response.json<ChangeAnswer | null>();
    },
  };
}
