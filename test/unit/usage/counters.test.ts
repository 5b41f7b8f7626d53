import { describe, expect, it } from "vitest";
import { createCounters } from "../../../src/usage/counters.ts";
import { pendingRecord } from "../../support/records.ts";

const answered = { httpStatus: 503, error: null, responseExcerpt: "secret", retryAfterMs: null, finishedAt: 5_084 };

describe("the counters", () => {
  it("tell how a record ended and how an attempt went, and nothing personal", () => {
    const points: unknown[] = [];
    const counters = createCounters({ writeDataPoint: (point) => void points.push(point) });
    counters.countRecord(
      pendingRecord({
        userId: "ada",
        status: "failed",
        failure: { code: "no_food_found", reason: "No food was found in the photo of ada." },
        metadata: { note: "private" },
        modifiedAt: 3_100,
      }),
    );
    const attempt = { applicationId: 7, eventType: "completed", trigger: "schedule", startedAt: 5_000 } as const;
    counters.countAttempt({ ...attempt, outcome: answered });
    counters.countAttempt({
      ...attempt,
      outcome: { ...answered, httpStatus: null, error: "refused: the URL names a private host" },
    });
    expect(points).toEqual([
      {
        indexes: ["1"],
        blobs: ["record", "failed", "image", "no_food_found", "precise"],
        doubles: [2_100, 200_000, 0],
      },
      { indexes: ["7"], blobs: ["attempt", "completed", "schedule", "503"], doubles: [84] },
      { indexes: ["7"], blobs: ["attempt", "completed", "schedule", "refused"], doubles: [84] },
    ]);
  });

  it("count nothing where no dataset is bound", () => {
    expect(() => createCounters(undefined).countRecord(pendingRecord())).not.toThrow();
  });
});
