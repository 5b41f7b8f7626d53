import { describe, expect, it } from "vitest";
import {
  begin,
  cancel,
  finish,
  giveUp,
  isSettledSequence,
  isAtWork,
  nextDueAt,
  progress,
  release,
  remove,
  startSequence,
  sweepAt,
  type Moment,
  type Sequence,
} from "../../../src/records/sequence.ts";
import { withEvent } from "../../../src/records/history.ts";
import { LEASE_MS } from "../../../src/records/sweep-times.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const at = (now: number): Moment => {
  let ids = 0;
  return { now, newId: () => `id-${now}-${(ids += 1)}` };
};

const fresh = (): Sequence => startSequence(pendingRecord(), null, at(1_000));

function begun(now = 2_000): { sequence: Sequence; leaseId: string } {
  const { next, answer } = begin(fresh(), at(now));
  if (answer.outcome !== "leased") throw new Error(`expected a lease, got ${answer.outcome}`);
  return { sequence: next, leaseId: answer.lease.id };
}

describe("begin", () => {
  it("leases a pending record to one consumer", () => {
    const { next, answer } = begin(fresh(), at(2_000));
    expect(answer).toMatchObject({ outcome: "leased", lease: { expiresAt: 2_000 + LEASE_MS } });
    expect(next.record).toMatchObject({ status: "processing", version: 2, modifiedAt: 2_000 });
  });

  it("tells a second consumer how long the first one holds the record", () => {
    const { sequence } = begun(2_000);
    const { next, answer } = begin(sequence, at(12_000));
    expect(answer).toEqual({ outcome: "busy", retryAfterMs: LEASE_MS - 10_000 });
    expect(next).toBe(sequence);
  });

  it("hands a lease that ran out to the next consumer, and the old one can no longer finish", () => {
    const { sequence, leaseId } = begun(2_000);
    const second = begin(sequence, at(2_000 + LEASE_MS));
    expect(second.answer.outcome).toBe("leased");
    const late = finish(second.next, leaseId, completedOutcome(), at(200_000));
    expect(late).toEqual({ next: second.next, answer: { outcome: "stale", status: "processing" } });
  });

  it("ends a record that took ten consumers down with it", () => {
    let sequence = fresh();
    for (let round = 0; round < 10; round++) sequence = begin(sequence, at(round * LEASE_MS)).next;
    const { next, answer } = begin(sequence, at(10 * LEASE_MS));
    expect(answer).toEqual({ outcome: "stale", status: "failed" });
    expect(next.record.failure?.code).toBe("timed_out");
    expect(next.outbox).toHaveLength(1);
  });
});

describe("finish", () => {
  it("completes the record and puts its webhook into the outbox in the same step", () => {
    const { sequence, leaseId } = begun();
    const { next, answer } = finish(sequence, leaseId, completedOutcome(), at(3_000));
    expect(answer).toEqual({
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
    expect(finish(fresh(), "nobody's", outcome, at(3_000)).answer).toEqual({ outcome: "stale", status: "pending" });
    const { sequence, leaseId } = begun();
    const canceled = cancel(sequence, at(2_500)).next;
    expect(finish(canceled, leaseId, outcome, at(3_000)).answer).toEqual({ outcome: "stale", status: "canceled" });
    const done = finish(sequence, leaseId, outcome, at(3_000)).next;
    expect(finish(done, leaseId, outcome, at(3_001)).answer).toEqual({ outcome: "stale", status: "completed" });
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

describe("release and giving up", () => {
  it("gives the record back, so that the next consumer need not wait for the lease", () => {
    const { sequence, leaseId } = begun(2_000);
    const released = release(sequence, leaseId).next;
    expect(begin(released, at(2_001)).answer.outcome).toBe("leased");
  });

  it("fails a record whose every retry is used up", () => {
    expect(giveUp(fresh(), at(9_000)).next.record).toMatchObject({
      status: "failed",
      failure: { code: "analysis_unavailable" },
    });
  });

  it("waits while a consumer is at work", () => {
    expect(giveUp(begun(2_000).sequence, at(3_000)).answer.outcome).toBe("busy");
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
    const { next, answer } = begin(fresh(), { ...at(2_000), watched: true });
    expect(answer).toMatchObject({ outcome: "leased", watched: true });
    expect(stagesOf(next)).toEqual(["reading"]);
  });

  it("are one where nobody listens", () => {
    const { next, answer } = begin(fresh(), at(2_000));
    expect(answer).toMatchObject({ outcome: "leased", watched: false });
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
  const curious = (now: number): Moment => ({ ...at(now), announced: ALL });
  const events = ({ outbox }: Sequence) => outbox.map(({ eventType }) => eventType);

  it("is how an analysis ended, and nothing else unless the application asks", () => {
    expect(events(begun().sequence)).toEqual([]);
    expect(events(cancel(fresh(), at(2_000)).next)).toEqual([]);
    const { sequence, leaseId } = begun();
    expect(events(finish(sequence, leaseId, completedOutcome(), at(3_000)).next)).toEqual(["completed"]);
  });

  it("is every step that the application asks for", () => {
    const { next, answer } = begin(fresh(), curious(2_000));
    if (answer.outcome !== "leased") throw new Error("expected a lease");
    const completed = finish(next, answer.lease.id, completedOutcome(), curious(3_000)).next;
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
