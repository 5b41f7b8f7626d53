import { describe, expect, it } from "vitest";
import { begin, finish, postpone, progress } from "../../../src/records/analysis-steps.ts";
import { isAtWork, isSettledSequence, nextDueAt, projectedSweepAt, sweepAt } from "../../../src/records/next-step.ts";
import type { Postponement, AnalysisRetryPolicy } from "../../../src/records/retry-schedule.ts";
import { startSequence, type StepContext, type Sequence } from "../../../src/records/sequence.ts";
import { cancel, remove } from "../../../src/records/user-steps.ts";
import { withEvent } from "../../../src/records/history.ts";
import { LEASE_MS } from "../../../src/records/sweep-times.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const HOUR_MS = 3_600_000;
const at = (now: number): StepContext => {
  let ids = 0;
  return { now, newId: () => `id-${now}-${(ids += 1)}` };
};

const fresh = (): Sequence => startSequence(pendingRecord(), null, at(1_000));

function begun(now = 2_000): { sequence: Sequence; leaseId: string } {
  const { next, result } = begin(fresh(), at(now));
  if (result.outcome !== "leased") throw new Error(`expected a lease, got ${result.outcome}`);
  return { sequence: next, leaseId: result.lease.id };
}

describe("begin", () => {
  it("leases a pending record to one consumer", () => {
    const { next, result } = begin(fresh(), at(2_000));
    expect(result).toMatchObject({ outcome: "leased", lease: { expiresAt: 2_000 + LEASE_MS } });
    expect(next.record).toMatchObject({ status: "processing", version: 2, modifiedAt: 2_000 });
  });

  it("tells a second consumer how long the first one holds the record", () => {
    const { sequence } = begun(2_000);
    const { next, result } = begin(sequence, at(12_000));
    expect(result).toEqual({ outcome: "busy", retryAfterMs: LEASE_MS - 10_000 });
    expect(next).toBe(sequence);
  });

  it("hands a lease that ran out to the next consumer, and the old one can no longer finish", () => {
    const { sequence, leaseId } = begun(2_000);
    const second = begin(sequence, at(2_000 + LEASE_MS));
    expect(second.result.outcome).toBe("leased");
    const late = finish(second.next, leaseId, completedOutcome(), at(200_000));
    expect(late).toEqual({ next: second.next, result: { outcome: "stale", status: "processing" } });
  });

  it("ends a record that took ten consumers down with it", () => {
    let sequence = fresh();
    // They are spaced out, the later ones by ten minutes.
    for (let round = 0; round < 10; round++) sequence = begin(sequence, at(round * HOUR_MS)).next;
    expect(sequence.begins).toBe(10);
    const { next, result } = begin(sequence, at(10 * HOUR_MS));
    expect(result).toEqual({ outcome: "stale", status: "failed" });
    expect(next.record.failure?.code).toBe("timed_out");
    expect(next.outbox).toHaveLength(1);
  });
});

describe("finish", () => {
  it("completes the record and puts its webhook into the outbox in the same step", () => {
    const { sequence, leaseId } = begun();
    const { next, result } = finish(sequence, leaseId, completedOutcome(), at(3_000));
    expect(result).toEqual({
      outcome: "changed",
      status: "completed",
      version: next.record.version,
      modifiedAt: next.record.modifiedAt,
    });
    expect(next.record).toMatchObject({ status: "completed", version: 3, content: { dishName: "apple" } });
    expect(next.lease).toBeNull();
    expect(next.outbox).toHaveLength(1);
    const [event] = next.outbox;
    expect(event).toMatchObject({ eventType: "completed", createdAt: 3_000 });
    expect(JSON.parse(event?.body ?? "")).toMatchObject({
      status: "completed",
      dish_name: "apple",
      application_user_id: "ada",
    });
  });

  it("fails the record with a reason", () => {
    const { sequence, leaseId } = begun();
    const failure = { code: "no_food_found", reason: "No food was found in the photo." } as const;
    const { next } = finish(sequence, leaseId, { status: "failed", failure }, at(3_000));
    expect(next.record).toMatchObject({ status: "failed", failure });
    expect(JSON.parse(next.outbox[0]?.body ?? "")).toMatchObject({ failure_code: "no_food_found" });
  });

  it("is refused without a lease, after a cancel and a second time", () => {
    const outcome = completedOutcome();
    expect(finish(fresh(), "nobody's", outcome, at(3_000)).result).toEqual({ outcome: "stale", status: "pending" });
    const { sequence, leaseId } = begun();
    const canceled = cancel(sequence, at(2_500)).next;
    expect(finish(canceled, leaseId, outcome, at(3_000)).result).toEqual({ outcome: "stale", status: "canceled" });
    const done = finish(sequence, leaseId, outcome, at(3_000)).next;
    expect(finish(done, leaseId, outcome, at(3_001)).result).toEqual({ outcome: "stale", status: "completed" });
  });
});

describe("what an empty object begins with", () => {
  const typed = pendingRecord({ status: "completed", content: completedOutcome().content });

  it("is the announcement of a record that was complete when it was made, while the sweep still looks for it", () => {
    const { outbox } = startSequence(typed, 61_000, at(2_000));
    expect(outbox).toMatchObject([
      { eventId: `evt_${typed.id}_1`, eventType: "completed", delivery: { dueAt: 2_000 } },
    ]);
    expect(startSequence(typed, null, at(2_000)).outbox).toEqual([]);
  });

  it("is nothing to announce of any other record, even when the sweep looks for it", () => {
    for (const other of [pendingRecord(), { ...typed, version: 3 }, pendingRecord({ status: "failed", version: 3 })]) {
      expect(startSequence(other, 61_000, at(2_000)).outbox).toEqual([]);
    }
  });
});

const OUTAGE: Postponement = { reason: "models_unavailable", detail: "3040" };
const POLICY: AnalysisRetryPolicy = { giveUpAfterMs: 24 * HOUR_MS, failsFast: false, random: () => 0.5 };

/** Puts the analysis off again and again, each time when it was due; returns the last sequence and the waits. */
function postponed(times: number, why = OUTAGE, policy = POLICY) {
  let sequence = fresh();
  let now = 2_000;
  const waits: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const started = begin(sequence, at(now));
    if (started.result.outcome !== "leased") throw new Error(started.result.outcome);
    const step = postpone(started.next, started.result.lease.id, why, policy, at(now));
    sequence = step.next;
    if (step.result.outcome !== "put_off") break;
    waits.push(step.result.retryAt - now);
    now = step.result.retryAt;
  }
  return { sequence, waits, now };
}

describe("an analysis that is put off", () => {
  it("says why and until when, in a version of its own, and nothing is announced", () => {
    const { sequence, leaseId } = begun(2_000);
    const { next, result } = postpone(sequence, leaseId, OUTAGE, POLICY, at(3_000));
    expect(result).toEqual({ outcome: "put_off", retryAt: 8_000 });
    expect(next.record).toMatchObject({
      status: "processing",
      version: 3,
      modifiedAt: 3_000,
      retry: { at: 8_000, reason: "models_unavailable" },
    });
    expect(next.record.history.at(-1)).toMatchObject({ retry: { at: 8_000, reason: "models_unavailable" } });
    expect(next.outbox).toEqual([]);
  });

  it("waits longer each time, up to ten minutes", () => {
    const seconds = postponed(10).waits.map((ms) => ms / 1_000);
    expect(seconds).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
  });

  it("is begun again when it is due, not before, and then waits no longer", () => {
    const { sequence, now } = postponed(8);
    expect(begin(sequence, at(now - 60_000)).result).toEqual({ outcome: "put_off", retryAt: now });
    const { next, result } = begin(sequence, at(now));
    expect(result.outcome).toBe("leased");
    expect(next.record.retry).toBeNull();
  });

  it("ends when its cause has lasted for a day, however often it was tried, and says what to do", () => {
    const { sequence, waits } = postponed(1_000);
    expect(sequence.record).toMatchObject({ status: "failed", failure: { code: "analysis_unavailable" } });
    expect(sequence.record.failure?.reason).toContain("Re-analyze the record later.");
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(24 * HOUR_MS);
    expect(waits.length).toBeGreaterThan(140);
    expect(sequence.outbox.map(({ eventType }) => eventType)).toEqual(["failed"]);
  });

  it("never counts as one that was begun and did not come to an end", () => {
    expect(postponed(50).sequence.begins).toBe(0);
  });

  it("waits for the reset of a quota, and those who wait for it do not return at the same moment", () => {
    const reset = { reason: "quota_exhausted", detail: "3036", notBefore: 5 * HOUR_MS } as const;
    expect(postponed(1, reset).now).toBe(5 * HOUR_MS + 300_000);
    expect(postponed(1, reset, { ...POLICY, random: () => 0 }).now).toBe(5 * HOUR_MS);
  });

  it("waits for nothing beyond the time at which it would be given up", () => {
    const month = { reason: "quota_exhausted", detail: "9422", notBefore: 700 * HOUR_MS } as const;
    expect(postponed(1, month).now).toBe(2_000 + 24 * HOUR_MS);
  });

  it("because a model is misconfigured waits in production, and ends at once on one's own machine", () => {
    const wrong = { reason: "model_misconfigured", detail: "The model @cf/x does not exist." } as const;
    expect(postponed(1, wrong).sequence.record).toMatchObject({ retry: { reason: "model_misconfigured" } });
    const { record } = postponed(1, wrong, { ...POLICY, failsFast: true }).sequence;
    expect(record).toMatchObject({ status: "failed", failure: { reason: "The model @cf/x does not exist." } });
  });

  it("is put off by the consumer that holds it alone", () => {
    const { sequence } = begun(2_000);
    const late = postpone(sequence, "another's", OUTAGE, POLICY, at(3_000));
    expect(late).toEqual({ next: sequence, result: { outcome: "stale", status: "processing" } });
  });

  it("is left alone by the sweep until it is due, and D1 hears of that", () => {
    const late = postponed(8);
    expect(projectedSweepAt(late.sequence)).toBe(late.now);
    // A call for one that is due within a minute is on its way: the sweep is its safety net.
    const soon = postponed(1);
    expect(projectedSweepAt(soon.sequence)).toBe(soon.now + 60_000);
    const working = begin(late.sequence, at(late.now)).next;
    expect(projectedSweepAt(working)).toBe(late.now + LEASE_MS + 60_000);
  });
});

describe("consumers that begin and are never heard of again", () => {
  it("are spaced out more and more: a platform that is failing does not end its records", () => {
    let sequence = fresh();
    let now = 0;
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      sequence = begin(sequence, at(now)).next;
      const { result } = begin(sequence, at(now + 1));
      if (result.outcome !== "busy") throw new Error(result.outcome);
      waits.push((result.retryAfterMs + 1 - LEASE_MS) / 60_000);
      now += result.retryAfterMs + 1;
    }
    expect(waits).toEqual([0, 1, 2, 4, 8, 10, 10, 10, 10]);
  });
});

describe("what is left to do", () => {
  it("is the webhook once the record is final, and nothing when that has ended", () => {
    const { sequence, leaseId } = begun();
    const done = finish(sequence, leaseId, completedOutcome(), at(3_000)).next;
    expect(nextDueAt(done)).toBe(3_000);
    expect(sweepAt(done)).toBeGreaterThan(3_000);
    expect(isSettledSequence(done)).toBe(false);
    const delivered = { ...done, outbox: [] };
    expect(sweepAt(delivered)).toBeNull();
    expect(isSettledSequence(delivered)).toBe(true);
  });

  it("is nothing for a record that was canceled: no webhook is due by default", () => {
    expect(isSettledSequence(cancel(fresh(), at(2_000)).next)).toBe(true);
  });
});

describe("the stages of an analysis", () => {
  const stagesOf = ({ record }: Sequence): string[] => record.history.map(({ stage }) => stage);

  it("are asked of the consumer when somebody listens", () => {
    const { next, result } = begin(fresh(), { ...at(2_000), watched: true });
    expect(result).toMatchObject({ outcome: "leased", watched: true });
    expect(stagesOf(next)).toEqual(["reading"]);
  });

  it("are one where nobody listens", () => {
    const { next, result } = begin(fresh(), at(2_000));
    expect(result).toMatchObject({ outcome: "leased", watched: false });
    expect(stagesOf(next)).toEqual(["recognising"]);
  });

  it("change neither the status nor the version", () => {
    const { sequence, leaseId } = begun();
    const { next } = progress(sequence, leaseId, "computing", at(3_000));
    expect(next.record).toMatchObject({ status: "processing", version: 2, modifiedAt: 2_000 });
    expect(next.record.history.at(-1)).toMatchObject({ status: "processing", stage: "computing", at: 3_000 });
  });

  it("of a consumer that has lost its lease are not told", () => {
    const { sequence, leaseId } = begun();
    const { next } = cancel(sequence, at(2_500));
    expect(progress(next, leaseId, "computing", at(3_000)).next).toBe(next);
  });
});

describe("a record is at work", () => {
  it("until its analysis is over, and while a later one is under way", () => {
    const { sequence, leaseId } = begun();
    expect(isAtWork(fresh())).toBe(true);
    expect(isAtWork(sequence)).toBe(true);
    const { next: done } = finish(sequence, leaseId, completedOutcome(), at(3_000));
    expect(isAtWork(done)).toBe(false);
    expect(isAtWork({ ...done, record: withEvent(done.record, "queued", 4_000) })).toBe(true);
  });

  it("no more once it is deleted", () => {
    expect(isAtWork(remove(begun().sequence).next)).toBe(false);
  });
});

describe("what is announced", () => {
  const ALL = new Set(["processing", "completed", "failed", "updated", "canceled"]);
  const curious = (now: number): StepContext => ({ ...at(now), announced: ALL });
  const events = ({ outbox }: Sequence) => outbox.map(({ eventType }) => eventType);

  it("is how an analysis ended, and nothing else unless the application asks", () => {
    expect(events(begun().sequence)).toEqual([]);
    expect(events(cancel(fresh(), at(2_000)).next)).toEqual([]);
    const { sequence, leaseId } = begun();
    expect(events(finish(sequence, leaseId, completedOutcome(), at(3_000)).next)).toEqual(["completed"]);
  });

  it("is every step that the application asks for", () => {
    const { next, result } = begin(fresh(), curious(2_000));
    if (result.outcome !== "leased") throw new Error("expected a lease");
    const completed = finish(next, result.lease.id, completedOutcome(), curious(3_000)).next;
    expect(events(completed)).toEqual(["processing", "completed"]);
    expect(events(cancel(fresh(), curious(2_000)).next)).toEqual(["canceled"]);
  });

  it("is not a second processing when a second consumer takes over", () => {
    const first = begin(fresh(), curious(2_000)).next;
    expect(events(begin(first, curious(2_000 + LEASE_MS)).next)).toEqual(["processing"]);
  });

  it("keeps the sweep's eye on an open record until its lease must have ended", () => {
    const { next } = begin(fresh(), curious(2_000));
    expect(sweepAt(next)).toBe(2_000 + LEASE_MS + 60_000);
  });
});
