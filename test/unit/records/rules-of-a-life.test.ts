import { describe, expect, it } from "vitest";
import { begin, finish, postpone } from "../../../src/records/analysis-steps.ts";
import type { ModelCall, NutritionRecord } from "../../../src/records/record.ts";
import type { AnalysisRetryPolicy } from "../../../src/records/retry-schedule.ts";
import { startSequence, type StepContext, type Sequence } from "../../../src/records/sequence.ts";
import { update } from "../../../src/records/user-steps.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const at = (now: number, change: Partial<StepContext> = {}): StepContext => ({
  now,
  newId: () => `lease-${now}`,
  ...change,
});

function begun(change: Partial<NutritionRecord> = {}): { sequence: Sequence; leaseId: string } {
  const { next, result } = begin(startSequence(pendingRecord(change), null, at(1_000)), at(2_000));
  if (result.outcome !== "leased") throw new Error(`expected a lease, got ${result.outcome}`);
  return { sequence: next, leaseId: result.lease.id };
}

describe("a consumer that holds the lease", () => {
  const policy: AnalysisRetryPolicy = { giveUpAfterMs: 86_400_000, failsFast: false, random: () => 0.5 };
  const outage = { reason: "models_unavailable", detail: "3040" } as const;

  it("is the only one that gives the record back: another takes nothing away from it", () => {
    const { sequence, leaseId } = begun();
    const { next, result } = postpone(sequence, "somebody else's", outage, policy, at(3_000));
    expect(result).toEqual({ outcome: "stale", status: "processing" });
    expect(next).toBe(sequence);
    expect(begin(next, at(3_001)).result.outcome).toBe("busy");
    expect(postpone(sequence, leaseId, outage, policy, at(3_000)).result.outcome).toBe("put_off");
  });
});

describe("the model calls of a record", () => {
  it("are kept, the latest thirty of them, however often it is analyzed", () => {
    const call = (n: number): ModelCall => ({
      model: `@cf/${n}`,
      startedAt: n,
      durationMs: 1,
      outcome: "answered",
      inputTokens: null,
      outputTokens: null,
    });
    const earlier = Array.from({ length: 28 }, (_, n) => call(n));
    const calls = [call(28), call(29), call(30)];
    const { sequence, leaseId } = begun({ modelCalls: earlier });
    const done = finish(sequence, leaseId, { ...completedOutcome(), calls }, at(3_000)).next;
    expect(done.record.modelCalls).toEqual([...earlier, ...calls].slice(1));
  });
});

describe("a user's changes", () => {
  it("have an event each, with what the record was then", () => {
    const { sequence, leaseId } = begun();
    const done = finish(sequence, leaseId, completedOutcome(), at(3_000)).next;
    const announced = new Set(["updated"]);
    const change = { kind: "portion", servingSize: 91 } as const;
    const once = update({ ...done, outbox: [] }, change, null, at(4_000, { announced })).next;
    const twice = update(once, { ...change, servingSize: 364 }, null, at(5_000, { announced })).next;
    expect(twice.outbox.map(({ eventId, eventType }) => [eventId, eventType])).toEqual([
      [`evt_${done.record.id}_4`, "updated"],
      [`evt_${done.record.id}_5`, "updated"],
    ]);
    const sizes = twice.outbox.map(({ body }) => (JSON.parse(body) as { serving_size: number }).serving_size);
    expect(sizes).toEqual([91, 364]);
  });
});
