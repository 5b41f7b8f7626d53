import { describe, expect, it } from "vitest";
import { STATUSES, type Status } from "../../../src/records/record.ts";
import { EVENTS, isFinal, nextStatus, type TransitionEvent } from "../../../src/records/transitions.ts";

/** Every step that the contract's diagram draws; any other pair is refused. */
const ALLOWED: [Status, TransitionEvent, Status][] = [
  ["pending", "begin", "processing"],
  ["pending", "fail", "failed"],
  ["pending", "cancel", "canceled"],
  ["processing", "begin", "processing"],
  ["processing", "complete", "completed"],
  ["processing", "fail", "failed"],
  ["processing", "cancel", "canceled"],
  ["failed", "complete", "completed"],
  ["failed", "fail", "failed"],
  ["failed", "update", "updated"],
  ["completed", "update", "updated"],
  ["updated", "update", "updated"],
];

const pairs = STATUSES.flatMap((status) => EVENTS.map((event) => [status, event] as const));

describe("the status machine", () => {
  it.each(pairs)("answers %s + %s as the contract draws it", (status, event) => {
    const expected = ALLOWED.find(([from, by]) => from === status && by === event)?.[2] ?? null;
    expect(nextStatus(status, event)).toBe(expected);
  });

  it("never leads from a final status back to an open one", () => {
    for (const [status, event] of pairs) {
      const next = nextStatus(status, event);
      if (isFinal(status) && next !== null) expect(isFinal(next)).toBe(true);
    }
  });

  it("leaves every open status a way to end", () => {
    for (const status of STATUSES.filter((candidate) => !isFinal(candidate))) {
      expect(EVENTS.some((event) => isFinal(nextStatus(status, event) ?? status))).toBe(true);
    }
  });
});
