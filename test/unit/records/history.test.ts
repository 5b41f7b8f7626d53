import { describe, expect, it } from "vitest";
import { withEvent } from "../../../src/records/history.ts";
import { pendingRecord } from "../../support/records.ts";

describe("the history of a record", () => {
  it("counts events from 1 and keeps the status, version and time of each", () => {
    const queued = withEvent(pendingRecord(), "queued", 1_000);
    const { history } = withEvent({ ...queued, status: "completed", version: 3 }, "done", 5_000);
    expect(history).toEqual([
      { n: 1, status: "pending", version: 1, stage: "queued", percent: 0, at: 1_000 },
      { n: 2, status: "completed", version: 3, stage: "done", percent: 100, at: 5_000 },
    ]);
  });

  it("keeps the latest fifty events of a record that is changed again and again, and goes on counting", () => {
    let record = pendingRecord({ status: "updated" });
    for (let at = 1; at <= 80; at += 1) record = withEvent(record, "done", at);
    expect(record.history).toHaveLength(50);
    expect(record.history.at(0)).toMatchObject({ n: 31, at: 31 });
    expect(record.history.at(-1)).toMatchObject({ n: 80, at: 80 });
  });
});
