import { describe, expect, it } from "vitest";
import { ok } from "../../../src/result.ts";
import { newDelivery, type OutboxEntry } from "../../../src/webhooks/outbox.ts";
import { attemptNext, type OutboxPort, type WebhookDeps } from "../../../src/webhooks/send-events.ts";
import { pendingRecord } from "../../support/records.ts";

const entry: OutboxEntry = {
  eventId: "evt_1",
  eventType: "completed",
  body: "{}",
  createdAt: 0,
  delivery: newDelivery(0),
  recorded: false,
};

/** An outbox in memory, and the requests that leave it. `whileReading` happens while the endpoint is looked up. */
function setUp(whileReading: (clear: () => void) => void) {
  let entries: OutboxEntry[] = [entry];
  const requests: unknown[] = [];
  const outbox: OutboxPort = {
    load: () => entries,
    save: (changed) => (entries = entries.map((kept) => (kept.eventId === changed.eventId ? changed : kept))),
    record: () => pendingRecord({ status: "completed" }),
    sweepAt: () => null,
  };
  const deps: WebhookDeps = {
    now: () => 1_000,
    random: () => 0.5,
    fetch: async (input) => {
      requests.push(input);
      return ok(new Response("ok"));
    },
    readEndpoint: async () => {
      whileReading(() => (entries = []));
      return { url: "https://hooks.example.com/a", events: ["completed"], keys: ["a-webhook-key-0123456789"] };
    },
    recordDelivery: async () => undefined,
    scheduleSweep: async () => undefined,
  };
  return { outbox, deps, requests, entries: () => entries };
}

describe("the attempt that is due", () => {
  it("is claimed, sent and closed", async () => {
    const { outbox, deps, requests, entries } = setUp(() => undefined);
    await attemptNext(outbox, deps);
    expect(requests).toHaveLength(1);
    expect(entries()[0]?.delivery).toMatchObject({ status: "delivered", attempts: [{ number: 1, httpStatus: 200 }] });
  });

  it("is not sent when the record is deleted while its endpoint is looked up", async () => {
    const { outbox, deps, requests } = setUp((clear) => clear());
    await attemptNext(outbox, deps);
    expect(requests).toHaveLength(0);
  });
});
