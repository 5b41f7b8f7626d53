import { describe, expect, it } from "vitest";
import { costOfModel } from "../../../src/usage/cost.ts";
import { MAX_COUNTED, type Counted, type ModelCount, type RecordCount } from "../../../src/usage/counted.ts";
import { errorBudgetOf } from "../../../src/usage/error-budget.ts";
import { billedOperationsOf, OPERATIONS_OF_A_PHOTO } from "../../../src/usage/operations.ts";
import { presentUsage } from "../../../src/usage/present-usage.ts";

const HOUR_MS = 3_600_000;

const some = (change: Partial<RecordCount> = {}): RecordCount => ({
  bucket: 0,
  status: "completed",
  inputType: "image",
  failureCode: null,
  records: 1,
  photoBytes: 0,
  late: 0,
  firstAt: 0,
  ...change,
});

const asked = (change: Partial<ModelCount> = {}): ModelCount => ({
  model: "@cf/google/gemma-4-26b-a4b-it",
  outcome: "answered",
  calls: 10,
  totalMs: 1,
  metered: 0,
  inputTokens: 0,
  outputTokens: 0,
  ...change,
});

const NOTHING: Counted = {
  records: [],
  analyses: [],
  deliveries: [],
  attempts: [],
  models: [],
  backlog: [],
  storage: { users: 0, records: 0, bytes: 0, nearLimit: 0 },
};

describe("the error budget", () => {
  it.each<[string, RecordCount[], { finished: number; failed: number; remaining: number | null }]>([
    ["nothing happened", [], { finished: 0, failed: 0, remaining: null }],
    ["all went well", [some({ records: 200 })], { finished: 200, failed: 0, remaining: 1 }],
    [
      "one of two hundred failed through the service's fault",
      [some({ records: 199 }), some({ status: "failed", failureCode: "timed_out" })],
      { finished: 200, failed: 1, remaining: 0 },
    ],
    [
      "users sent photos without food, canceled, and typed",
      [
        some({ records: 100 }),
        some({ status: "failed", failureCode: "no_food_found", records: 100 }),
        some({ status: "canceled", failureCode: "canceled", records: 50 }),
        some({ inputType: "manual", records: 50 }),
      ],
      { finished: 200, failed: 0, remaining: 1 },
    ],
    [
      "two stand still, although their status says that they are at work",
      [some({ records: 198 }), some({ status: "processing", records: 5, late: 2 })],
      { finished: 200, failed: 2, remaining: -1 },
    ],
    [
      "two failed",
      [some({ records: 198 }), some({ status: "failed", failureCode: "analysis_unavailable", records: 2 })],
      { finished: 200, failed: 2, remaining: -1 },
    ],
  ])("when %s", (_, counts, { remaining, ...expected }) => {
    const budget = errorBudgetOf(counts);
    expect(budget).toMatchObject(expected);
    if (remaining === null) expect(budget.remaining).toBeNull();
    else expect(budget.remaining).toBeCloseTo(remaining, 9);
  });
});

describe("what was billed", () => {
  it("grows with every record by its budget, and with every further attempt", () => {
    const records = [some({ records: 3 }), some({ inputType: "manual" })];
    const delivery = {
      bucket: 0,
      status: "delivered",
      deliveries: 4,
      attempts: 6,
      failedAttempts: 2,
      totalMs: 1_000,
    } as const;
    const operations = billedOperationsOf({ records, deliveries: [delivery] });
    expect(operations).toMatchObject({
      workerRequests: 7,
      objectRequests: 13,
      r2Writes: 3,
      queueOperations: 9,
      d1RowsWritten: 53,
    });
    expect(operations.objectGbSeconds).toBeCloseTo(0.128, 9);
    expect(billedOperationsOf({ records: [some()], deliveries: [] })).toEqual(OPERATIONS_OF_A_PHOTO);
  });

  it.each<[string, ModelCount, number | null]>([
    ["by the tokens that it tells of", asked({ metered: 10, inputTokens: 1_000_000, outputTokens: 1_000_000 }), 0.4],
    ["by what a photo usually takes, when it does not tell", asked(), (10 * (2_000 * 0.1 + 400 * 0.3)) / 1e6],
    ["by what a name takes, when it translates", asked({ model: "@cf/meta/m2m100-1.2b" }), (10 * 20 * 0.342) / 1e6],
    ["not at all, on one's own machine", asked({ model: "@local/vlm" }), 0],
    ["not at all, when it did not answer", asked({ outcome: "failed" }), 0],
    ["at a price that nobody knows", asked({ model: "@cf/new/model" }), null],
  ])("for a model: %s", (_, counted, usd) => {
    if (usd === null) expect(costOfModel(counted)).toBeNull();
    else expect(costOfModel(counted)).toBeCloseTo(usd, 12);
  });
});

describe("the usage of a range", () => {
  const range = { from: HOUR_MS / 2, to: 3 * HOUR_MS, bucketMs: HOUR_MS };

  it("has every hour that it touches, also those in which nothing happened", () => {
    const { buckets } = presentUsage(range, NOTHING, 0);
    expect(buckets.map(({ at }) => at.slice(11, 16))).toEqual(["00:00", "01:00", "02:00"]);
    expect(buckets.every(({ records }) => records === 0)).toBe(true);
  });

  it("says since when it counts, where there is more than can be counted", () => {
    const records = [some({ records: MAX_COUNTED - 1, firstAt: 2 * HOUR_MS }), some({ firstAt: HOUR_MS })];
    const cut = presentUsage(range, { ...NOTHING, records }, 0);
    expect([cut.truncated, cut.counted_from]).toEqual([true, "1970-01-01T01:00:00.000Z"]);
    const whole = presentUsage(range, { ...NOTHING, records: records.slice(0, 1) }, 0);
    expect([whole.truncated, whole.counted_from]).toEqual([false, whole.from]);
  });
});
