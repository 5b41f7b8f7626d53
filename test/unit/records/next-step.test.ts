import { describe, expect, it } from "vitest";
import { begin, finish } from "../../../src/records/analysis-steps.ts";
import { nextStep } from "../../../src/records/next-step.ts";
import { startSequence, type StepContext, type Sequence } from "../../../src/records/sequence.ts";
import { remove, requestReanalysis } from "../../../src/records/user-steps.ts";
import { holdDelivery, withDelivery, type Delivery, type OutboxEntry } from "../../../src/webhooks/outbox.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const at = (now: number): StepContext => ({ now, newId: () => `id-${now}` });

/** A record that has just completed, in version 3, with its webhook in the outbox. */
function completed(): Sequence {
  const begun = begin(startSequence(pendingRecord(), null, at(1_000)), at(2_000));
  if (begun.result.outcome !== "leased") throw new Error(begun.result.outcome);
  return finish(begun.next, begun.result.lease.id, completedOutcome(), at(3_000)).next;
}
const [event] = completed().outbox as [OutboxEntry];
const withEntry = (delivery: Partial<Delivery>, change: Partial<OutboxEntry> = {}): Sequence => ({
  ...completed(),
  outbox: [{ ...withDelivery(event, { ...event.delivery, ...delivery }), ...change }],
});

describe("what a record's object does next", () => {
  it("writes the record to D1 before any webhook, however long that one has been due", () => {
    expect(nextStep(completed(), 2, 9_000)).toEqual({ do: "project" });
    expect(nextStep(completed(), 3, 9_000)).toEqual({ do: "deliver" });
  });

  it("writes it again when it has changed since, whatever else is under way", () => {
    const again = requestReanalysis(completed(), null, null, at(4_000)).next;
    expect(nextStep(again, 3, 9_000)).toEqual({ do: "project" });
  });

  it("tells D1 how a delivery stands before it makes the next attempt", () => {
    const held = withEntry(holdDelivery(event.delivery));
    expect(nextStep(held, 3, 9_000)).toEqual({ do: "record" });
    expect(nextStep(withEntry({ resendAt: 8_000 }), 3, 9_000)).toEqual({ do: "record" });
  });

  it("sleeps until the next attempt is due", () => {
    const waiting = withEntry({ dueAt: 12_000 }, { recorded: true, known: true });
    expect(nextStep(waiting, 3, 9_000)).toEqual({ do: "sleep", until: 12_000 });
  });

  it("leaves a held event to whoever closes the circuit", () => {
    const held = withEntry(holdDelivery(event.delivery), { recorded: true, known: true });
    expect(nextStep(held, 3, 9_000)).toEqual({ do: "rest" });
  });

  it("leaves an analysis to its consumer", () => {
    const { next } = begin(startSequence(pendingRecord(), null, at(1_000)), at(2_000));
    expect(nextStep(next, 2, 9_000)).toEqual({ do: "rest" });
  });

  it("forgets a record only when D1 has its last version and every event has ended", () => {
    const settled: Sequence = { ...completed(), outbox: [] };
    expect(nextStep(settled, 3, 9_000)).toEqual({ do: "clear" });
    expect(nextStep(settled, 2, 9_000)).toEqual({ do: "project" });
    const again = requestReanalysis(settled, null, null, at(4_000)).next;
    expect(nextStep(again, 4, 9_000)).toEqual({ do: "rest" });
  });

  it("removes a deleted record before anything else", () => {
    expect(nextStep(remove(completed()).next, 2, 9_000)).toEqual({ do: "erase" });
  });
});
