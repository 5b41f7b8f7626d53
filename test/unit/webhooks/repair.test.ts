import { describe, expect, it } from "vitest";
import { holdDelivery, newDelivery, type Attempt, type OutboxEntry } from "../../../src/webhooks/outbox.ts";
import { recover, resend, type StoredDelivery } from "../../../src/webhooks/repair.ts";

const attempt = (startedAt: number): Attempt => ({
  number: 1,
  trigger: "schedule",
  request: { url: "https://hooks.example.com/a", headers: {} },
  startedAt,
  latencyMs: 20,
  httpStatus: 500,
  error: null,
  responseExcerpt: null,
});
const stored = (change: Partial<StoredDelivery> = {}): StoredDelivery => ({
  eventId: "evt_r_3",
  eventType: "completed",
  body: '{"as":"sent"}',
  createdAt: 100,
  status: "exhausted",
  attempts: [attempt(150)],
  revision: 2,
  ...change,
});
const entry = (eventId: string, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  eventId,
  eventType: "updated",
  body: "{}",
  createdAt: 500,
  delivery: newDelivery(500),
  revision: 1,
  known: false,
  recorded: false,
  ...change,
});

describe("resending", () => {
  it("an event that has ended makes its entry again from what D1 keeps, with the same bytes", () => {
    const { outbox, outcome } = resend([], "evt_r_3", stored(), 1_000);
    expect(outcome).toBe("queued");
    expect(outbox).toMatchObject([
      { body: '{"as":"sent"}', delivery: { status: "exhausted", dueAt: null, resendAt: 1_000 } },
    ]);
  });

  it("an event that waits for its retry leaves that as it is", () => {
    const waiting = entry("evt_r_3", { delivery: { ...newDelivery(0), dueAt: 9_000, failures: 2 } });
    const { outbox } = resend([waiting], "evt_r_3", null, 1_000);
    expect(outbox[0]?.delivery).toEqual({ ...waiting.delivery, resendAt: 1_000 });
  });

  it("an event that its endpoint's circuit holds is possible", () => {
    const held = entry("evt_r_3", { delivery: holdDelivery(newDelivery(0)) });
    expect(resend([held], "evt_r_3", null, 1_000).outcome).toBe("queued");
  });

  it("an event before its turn is refused: a record's events go out in order", () => {
    expect(resend([entry("evt_r_3"), entry("evt_r_4")], "evt_r_4", null, 1_000).outcome).toBe("not_its_turn");
  });

  it("an event that D1 has as waiting, although its outbox has let it go, makes it due at once", () => {
    const { outbox } = resend([], "evt_r_3", stored({ status: "waiting" }), 1_000);
    expect(outbox[0]?.delivery).toMatchObject({ status: "waiting", dueAt: 1_000, resendAt: 1_000 });
  });

  it("counts as a change of the delivery, over the state that D1 has", () => {
    expect(resend([], "evt_r_3", stored({ revision: 7 }), 1_000).outbox[0]?.revision).toBe(8);
  });

  it("needs the body", () => {
    expect(resend([], "evt_r_3", stored({ body: null }), 1_000).outcome).toBe("not_kept");
    expect(resend([], "evt_r_3", null, 1_000).outcome).toBe("unknown");
  });
});

describe("recovering", () => {
  it.each(["exhausted", "undelivered"] as const)("an %s event gives it its whole schedule again", (status) => {
    const { outbox, outcome } = recover([], stored({ status }), 900, 1_000);
    expect(outcome).toBe("queued");
    expect(outbox).toMatchObject([{ known: true, delivery: { status: "waiting", failures: 0, dueAt: 1_000 } }]);
    expect(outbox[0]?.delivery.attempts).toHaveLength(1);
  });

  it("puts the event into its place, before a later one", () => {
    const { outbox } = recover([entry("evt_r_4")], stored(), 900, 1_000);
    expect(outbox.map(({ eventId }) => eventId)).toEqual(["evt_r_3", "evt_r_4"]);
  });

  it("twice changes nothing", () => {
    const { outbox } = recover([], stored(), 900, 1_000);
    expect(recover(outbox, stored(), 900, 1_100)).toEqual({ outbox, outcome: "waiting" });
  });

  it.each([
    ["was delivered", stored({ status: "delivered" })],
    ["waits", stored({ status: "waiting" })],
    ["was tried since the recovery was asked for", stored({ attempts: [attempt(901)] })],
  ])("leaves an event alone that %s", (_, delivery) => {
    expect(recover([], delivery, 900, 1_000)).toEqual({ outbox: [], outcome: "waiting" });
  });
});
