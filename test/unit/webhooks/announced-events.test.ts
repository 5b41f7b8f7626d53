import { describe, expect, it } from "vitest";
import { createAnnouncedEvents } from "../../../src/webhooks/announced-events.ts";

/** A memory over a database that answers as told, and how often it was asked. */
function setUp(read: () => readonly string[] | null) {
  let now = 0;
  let asked = 0;
  const events = createAnnouncedEvents(() => now).over(async () => {
    asked += 1;
    return read();
  });
  return { events, asked: () => asked, pass: (ms: number) => (now += ms) };
}

describe("the events that an application asks for", () => {
  it("are remembered for half a minute", async () => {
    const { events, asked, pass } = setUp(() => ["updated"]);
    expect(events.peek(1)).toBeNull();
    await events.refresh(1);
    pass(29_999);
    expect(events.peek(1)).toContain("updated");
    pass(1);
    expect(events.peek(1)).toBeNull();
    expect(asked()).toBe(1);
  });

  it("always include the ends, whose filter counts at once", async () => {
    const { events } = setUp(() => null);
    await events.refresh(1);
    expect([...(events.peek(1) ?? [])]).toEqual(["completed", "failed"]);
  });

  it("are all of them while the database does not answer: none is lost, and each is asked when it is due", async () => {
    const { events, pass } = setUp(() => {
      throw new Error("D1 is down");
    });
    await events.refresh(1);
    expect(events.peek(1)?.size).toBe(5);
    pass(1_000);
    expect(events.peek(1)).toBeNull();
  });
});
