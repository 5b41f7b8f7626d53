import { describe, expect, it } from "vitest";
import { analysableInput } from "../../../src/records/changes/reanalysis.ts";
import type { AnalysisOutcome, NutritionRecord } from "../../../src/records/record.ts";
import { begin, finish, postpone } from "../../../src/records/analysis-steps.ts";
import { isSettledSequence, sweepAt, waitsForConsumer } from "../../../src/records/next-step.ts";
import type { Failure } from "../../../src/records/record.ts";
import type { AnalysisRetryPolicy } from "../../../src/records/retry-schedule.ts";
import { startSequence, type StepContext, type Sequence } from "../../../src/records/sequence.ts";
import { cancel, remove, requestReanalysis, update } from "../../../src/records/user-steps.ts";
import { LEASE_MS } from "../../../src/records/sweep-times.ts";
import { typedContent, typedContentSchema } from "../../../src/records/changes/typed-content.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const at = (now: number): StepContext => ({ now, newId: () => `lease-${now}` });
const complete = (change: Partial<NutritionRecord> = {}): Sequence =>
  startSequence(
    pendingRecord({ status: "completed", version: 3, content: completedOutcome().content, ...change }),
    null,
    at(1_000),
  );

function requested(sequence = complete(), hint: string | null = "it is a pear"): Sequence {
  const { next, result } = requestReanalysis(sequence, hint, null, at(10_000));
  if (result.outcome !== "accepted") throw new Error(result.outcome);
  return next;
}
function begun(sequence = requested(), now = 11_000) {
  const { next, result } = begin(sequence, at(now));
  if (result.outcome !== "leased") throw new Error(result.outcome);
  return { sequence: next, leaseId: result.lease.id, result };
}
const HOUR_MS = 3_600_000;
const OUTAGE = { reason: "models_unavailable", detail: "3040" } as const;
const POLICY: AnalysisRetryPolicy = { giveUpAfterMs: 24 * HOUR_MS, failsFast: false, random: () => 0.5 };
/** A record that failed like that. */
const failed = (code: Failure["code"]): Sequence =>
  startSequence(pendingRecord({ status: "failed", version: 3, failure: { code, reason: "…" } }), null, at(1_000));
const stages = ({ record }: Sequence) => record.history.map(({ status, stage }) => `${status} ${stage}`);
const pear = (): AnalysisOutcome => ({
  status: "completed",
  content: { ...completedOutcome().content, dishName: "pear" },
});
const nothing: AnalysisOutcome = {
  status: "failed",
  failure: { code: "no_food_found", reason: "No food was found in the photo." },
};

describe("a re-analysis", () => {
  it("waits for a consumer: the record keeps its status, the sweep knows, and no webhook is due", () => {
    const sequence = requested();
    expect(sequence.record).toMatchObject({ status: "completed", version: 4, modifiedAt: 10_000 });
    expect(stages(sequence)).toEqual(["completed queued"]);
    expect(sequence.outbox).toEqual([]);
    expect(isSettledSequence(sequence)).toBe(false);
    expect(sweepAt(sequence)).toBeGreaterThan(10_000);
    expect(waitsForConsumer(sequence, 10_001)).toBe(true);
    expect(waitsForConsumer(complete(), 10_001)).toBe(false);
  });

  it("is leased to one consumer, with the hint, and the record never opens again", () => {
    const { sequence, result } = begun();
    expect(result).toMatchObject({ hint: "it is a pear", record: { inputType: "image", status: "completed" } });
    expect(begin(sequence, at(12_000)).result).toEqual({ outcome: "busy", retryAfterMs: LEASE_MS - 1_000 });
    expect(waitsForConsumer(sequence, 12_000)).toBe(false);
    expect(waitsForConsumer(sequence, 11_000 + LEASE_MS)).toBe(true);
    expect(begin(sequence, at(11_000 + LEASE_MS)).result.outcome).toBe("leased");
  });

  it("that succeeds replaces everything and makes the record updated", () => {
    const { sequence, leaseId } = begun(requested(complete({ servingSize: 40 })));
    const { next, result } = finish(sequence, leaseId, pear(), at(20_000));
    expect(result).toMatchObject({ outcome: "changed", status: "updated" });
    expect(next.record).toMatchObject({
      status: "updated",
      version: 5,
      servingSize: null,
      content: { dishName: "pear" },
    });
    expect(stages(next)).toEqual(["completed queued", "completed recognising", "updated done"]);
    expect(isSettledSequence(next)).toBe(true);
    expect(sweepAt(next)).toBeNull();
  });

  it("that fails leaves the record as it was, with one warning more, whichever time it fails", () => {
    let sequence = complete();
    for (let time = 0; time < 3; time += 1) {
      const working = begun(requested(sequence));
      sequence = finish(working.sequence, working.leaseId, nothing, at(20_000)).next;
    }
    const before = complete().record;
    expect(sequence.record.content).toEqual({
      ...before.content,
      analysis: {
        ...before.content?.analysis,
        warnings: ["A re-analysis gave no result: No food was found in the photo."],
      },
    });
    expect(sequence.record).toMatchObject({ status: "completed", failure: null });
    expect(sequence.record.version).toBeGreaterThan(before.version);
    expect(stages(sequence).at(-1)).toBe("completed done");
    expect(isSettledSequence(sequence)).toBe(true);
    expect(sequence.outbox).toEqual([]);
  });

  it("whose cause lasts too long, or whose consumers never come back, ends the same way", () => {
    const working = begun();
    const givenUp = postpone(working.sequence, working.leaseId, OUTAGE, { ...POLICY, giveUpAfterMs: 0 }, at(20_000));
    expect(givenUp.result).toEqual({ outcome: "ended", status: "completed" });
    let lost = requested();
    for (let round = 0; round < 10; round += 1) lost = begin(lost, at(11_000 + round * HOUR_MS)).next;
    const ended = begin(lost, at(11_000 + 10 * HOUR_MS));
    expect(ended.result).toEqual({ outcome: "stale", status: "completed" });
    for (const sequence of [givenUp.next, ended.next]) {
      expect(sequence.record).toMatchObject({ status: "completed", failure: null, retry: null });
      expect(sequence.record.content?.analysis?.warnings).toHaveLength(1);
      expect(isSettledSequence(sequence)).toBe(true);
    }
  });

  it("counts its consumers anew, so that a hard first analysis does not shorten it", () => {
    const sequence = { ...complete(), begins: 10 };
    expect(begin(requested(sequence), at(11_000)).result.outcome).toBe("leased");
  });

  it("that is put off is begun again when it is due, and D1 hears that it waits no longer", () => {
    const { sequence, leaseId } = begun();
    const waiting = postpone(sequence, leaseId, OUTAGE, POLICY, at(12_000)).next;
    expect(waiting.record).toMatchObject({ status: "completed", retry: { at: 17_000 } });
    expect(waitsForConsumer(waiting, 16_000)).toBe(false);
    expect(waitsForConsumer(waiting, 17_000)).toBe(true);
    const again = begin(waiting, at(17_000)).next;
    expect(again.record).toMatchObject({ retry: null, version: waiting.record.version + 1 });
  });

  it("that an object of an earlier version has forgotten is found in its row, and done after all", () => {
    const forgotten = startSequence(requested().record, null, at(90_000));
    expect(waitsForConsumer(forgotten, 90_000)).toBe(true);
    const { sequence, leaseId } = begun(forgotten, 91_000);
    expect(finish(sequence, leaseId, pear(), at(92_000)).next.record).toMatchObject({ status: "updated" });
  });

  it.each<[string, Sequence, object]>([
    ["a record that is not complete", complete({ status: "processing" }), { outcome: "stale", status: "processing" }],
    ["a photo that cannot be read", failed("image_unreadable"), { outcome: "refused", refusal: "nothing_to_analyse" }],
    [
      "a photo without food, if nobody says more",
      failed("no_food_found"),
      { outcome: "refused", refusal: "hint_needed" },
    ],
    ["one that never came to an end, as it is", failed("timed_out"), { outcome: "refused", refusal: "hint_needed" }],
    ["a record that is analyzed again already", requested(), { outcome: "refused", refusal: "under_way" }],
    ["a typed record", complete({ inputType: "manual" }), { outcome: "refused", refusal: "nothing_to_analyse" }],
    ["a record without its photo", complete({ photo: null }), { outcome: "refused", refusal: "nothing_to_analyse" }],
  ])("is refused for %s", (_, sequence, result) => {
    expect(requestReanalysis(sequence, null, null, at(10_000))).toEqual({ next: sequence, result });
  });

  it("is refused for another version than the expected one", () => {
    expect(requestReanalysis(complete(), null, 2, at(10_000)).result).toEqual({ outcome: "version_mismatch" });
    expect(requestReanalysis(complete(), null, 3, at(10_000)).result.outcome).toBe("accepted");
  });
});

describe("a record that failed", () => {
  const events = ({ outbox }: Sequence) => outbox.map(({ eventType }) => eventType);

  it("for want of models is completed by the same analysis", () => {
    const waiting = requested(failed("analysis_unavailable"), null);
    expect(waiting.record).toMatchObject({ status: "failed", failure: { code: "analysis_unavailable" } });
    const { sequence, leaseId } = begun(waiting);
    const { next, result } = finish(sequence, leaseId, pear(), at(20_000));
    expect(result).toMatchObject({ status: "completed" });
    expect(next.record).toMatchObject({ status: "completed", failure: null, content: { dishName: "pear" } });
    expect(events(next)).toEqual(["completed"]);
  });

  it.each(["analysis_unavailable", "no_food_found", "timed_out"] as const)("with %s is updated by a hint", (code) => {
    const { sequence, leaseId } = begun(requested(failed(code), "it is a pear"));
    const announced = new Set(["updated"]);
    const { next } = finish(sequence, leaseId, pear(), { ...at(20_000), announced });
    expect(next.record).toMatchObject({ status: "updated", failure: null });
    expect(events(next)).toEqual(["updated"]);
  });

  it("and fails again is told of once, unless it fails for another cause", () => {
    const again = begun(requested(failed("analysis_unavailable"), null));
    const outage: AnalysisOutcome = { status: "failed", failure: { code: "analysis_unavailable", reason: "…" } };
    expect(events(finish(again.sequence, again.leaseId, outage, at(20_000)).next)).toEqual([]);
    const { next } = finish(again.sequence, again.leaseId, nothing, at(20_000));
    expect(next.record).toMatchObject({ status: "failed", failure: { code: "no_food_found" } });
    expect(events(next)).toEqual(["failed"]);
  });

  it("is replaced by hand, whatever it failed with, and has nothing else to change", () => {
    const soup = typedContent(typedContentSchema.parse({ dish_name: "soup", serving_size: 300, unit: "g" }));
    const { next } = update(failed("image_unreadable"), { kind: "content", content: soup }, null, at(12_000));
    expect(next.record).toMatchObject({ status: "updated", failure: null, inputType: "manual" });
    const portion = update(failed("no_food_found"), { kind: "portion", servingSize: 5 }, null, at(12_000));
    expect(portion.result).toEqual({ outcome: "stale", status: "failed" });
  });
});

describe("a user who is quicker than the re-analysis", () => {
  const soup = typedContent(typedContentSchema.parse({ dish_name: "soup", serving_size: 300, unit: "g" }));

  it.each([
    { kind: "portion", servingSize: 90 } as const,
    { kind: "content", content: soup } as const,
    { kind: "ingredient", index: 0, edit: { servingSize: 90 } } as const,
  ])("ends it with a change: %o", (change) => {
    const { sequence, leaseId } = begun();
    const changed = update(sequence, change, null, at(12_000)).next;
    expect(changed.reanalysis).toBeNull();
    expect(stages(changed).at(-1)).toBe("updated done");
    const late = finish(changed, leaseId, pear(), at(13_000));
    expect(late).toEqual({ next: changed, result: { outcome: "stale", status: "updated" } });
  });

  it("does not end it with another meal time", () => {
    const { sequence, leaseId } = begun();
    const moved = update(sequence, { kind: "portion", consumedAt: 5 }, null, at(12_000)).next;
    expect(stages(moved).at(-1)).toBe("updated recognising");
    const { record } = finish(moved, leaseId, pear(), at(13_000)).next;
    expect(record).toMatchObject({ status: "updated", consumedAt: 5, content: { dishName: "pear" } });
  });

  it("cannot cancel it as if it were the first, but can delete the record", () => {
    const { sequence, leaseId } = begun();
    expect(cancel(sequence, at(12_000)).result).toEqual({ outcome: "stale", status: "completed" });
    const removed = remove(sequence).next;
    expect(finish(removed, leaseId, pear(), at(13_000)).result.outcome).toBe("stale");
    expect(isSettledSequence(removed)).toBe(true);
  });

  it("gets a photo back that was typed over: the record is analyzed as what it was made of", () => {
    const typed = update(complete(), { kind: "content", content: soup }, null, at(5_000)).next;
    expect(typed.record.inputType).toBe("manual");
    expect(analysableInput(typed.record)).toBe("image");
    const { sequence, leaseId, result } = begun(requested(typed));
    expect(result.record.inputType).toBe("image");
    expect(finish(sequence, leaseId, pear(), at(20_000)).next.record.inputType).toBe("image");
  });
});
