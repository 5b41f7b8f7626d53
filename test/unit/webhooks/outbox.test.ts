import { describe, expect, it } from "vitest";
import {
  claimAttempt,
  closeAttempt,
  headOfOutbox,
  isSettled,
  newDelivery,
  type AttemptOutcome,
  type OutboxEntry,
} from "../../../src/webhooks/outbox.ts";

const answered = (httpStatus: number | null, finishedAt = 1_250): AttemptOutcome => ({
  httpStatus,
  error: httpStatus === null ? "connection_failed" : null,
  responseExcerpt: "",
  retryAfterMs: null,
  finishedAt,
});
const sent = () => claimAttempt(newDelivery(1_000), 1_000);

describe("a delivery", () => {
  it.each([200, 202, 299])("is delivered by a %i", (status) => {
    const delivery = closeAttempt(sent(), answered(status), 0.5);
    expect(delivery).toMatchObject({ status: "delivered", dueAt: null, attempts: [{ number: 1, latencyMs: 250 }] });
  });

  it.each([301, 400, 404, 429, 500, 503, null])("is tried again after a %s", (status) => {
    expect(closeAttempt(sent(), answered(status), 0.5)).toMatchObject({ status: "waiting", dueAt: 6_250 });
  });

  it("ends at once when the endpoint is gone for good", () => {
    expect(closeAttempt(sent(), answered(410), 0.5)).toMatchObject({ status: "exhausted", dueAt: null });
  });

  it("ends after ten attempts", () => {
    let delivery = newDelivery(0);
    let attempts = 0;
    while (!isSettled(delivery) && attempts < 20) {
      attempts += 1;
      delivery = closeAttempt(claimAttempt(delivery, delivery.dueAt ?? 0), answered(500), 0.5);
    }
    expect(delivery.status).toBe("exhausted");
    expect(delivery.attempts).toHaveLength(10);
  });

  it("closes an attempt that a crash cut off before it sends again", () => {
    const again = claimAttempt(sent(), 9_000);
    expect(again.attempts).toMatchObject([
      { number: 1, error: "interrupted" },
      { number: 2, startedAt: 9_000 },
    ]);
  });
});

describe("an outbox", () => {
  it("sends a record's events in order: a later one waits for the earlier", () => {
    const entry = (eventId: string, delivery = newDelivery(0)): OutboxEntry => ({
      eventId,
      eventType: "completed",
      body: "{}",
      createdAt: 0,
      delivery,
      recorded: false,
    });
    const waiting = closeAttempt(claimAttempt(newDelivery(0), 0), answered(500), 0.5);
    expect(headOfOutbox([entry("first", waiting), entry("second")])?.eventId).toBe("first");
    const delivered = closeAttempt(claimAttempt(newDelivery(0), 0), answered(200), 0.5);
    expect(headOfOutbox([entry("first", delivered), entry("second")])?.eventId).toBe("second");
    expect(headOfOutbox([entry("first", delivered)])).toBeNull();
  });
});
