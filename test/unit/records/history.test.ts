import { describe, expect, it } from "vitest";
import { eventsOf, isAnalysisUnderWay, progressOf, withEvent } from "../../../src/records/history.ts";
import type { Stage } from "../../../src/records/record.ts";
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

  it("never tells a stage behind one that it has told before, when an analysis begins again", () => {
    const stages: Stage[] = ["queued", "reading", "computing", "reading", "recognising", "done"];
    const { history } = stages.reduce((record, stage, at) => withEvent(record, stage, at), pendingRecord());
    expect(history.map(({ stage, percent }) => `${stage} ${percent}`)).toEqual([
      "queued 0",
      "reading 10",
      "computing 80",
      "computing 80",
      "computing 80",
      "done 100",
    ]);
  });

  it("begins anew with the next analysis of a record that is done", () => {
    const done = withEvent(pendingRecord({ status: "updated" }), "done", 1_000);
    expect(withEvent(done, "queued", 2_000).history.at(-1)).toMatchObject({ n: 2, stage: "queued", percent: 0 });
  });

  it("of a row from before there was one begins with event 0, its present state", () => {
    const record = pendingRecord({ status: "failed", version: 3, modifiedAt: 7_000 });
    expect(eventsOf(record)).toEqual([{ n: 0, status: "failed", version: 3, stage: "done", percent: 100, at: 7_000 }]);
    expect(withEvent(record, "done", 8_000).history).toMatchObject([{ n: 1 }]);
  });
});

describe("an analysis", () => {
  it.each([
    ["pending", [], true],
    ["processing", ["queued", "reading"], true],
    ["completed", ["queued", "recognising", "done"], false],
    ["completed", [], false],
    ["updated", ["queued", "done", "queued"], true],
    ["updated", ["queued", "done", "queued", "computing", "done"], false],
  ] as const)("of a record that is %s after the stages %j: under way is %s", (status, stages, expected) => {
    const record = stages.reduce((before, stage, at) => withEvent(before, stage, at), pendingRecord({ status }));
    expect(isAnalysisUnderWay(record)).toBe(expected);
  });

  it("is as far as its status says for those who hear of no stages", () => {
    expect(progressOf("pending")).toEqual({ stage: "queued", percent: 0 });
    expect(progressOf("processing")).toEqual({ stage: "recognising", percent: 30 });
    for (const status of ["completed", "failed", "updated", "canceled"] as const) {
      expect(progressOf(status)).toEqual({ stage: "done", percent: 100 });
    }
  });
});
