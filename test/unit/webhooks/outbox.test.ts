import { describe, expect, it } from "vitest";
import {
  claimAttempt,
  closeAttempt,
  endDelivery,
  holdDelivery,
  inOrder,
  isSettled,
  isWornOut,
  letGo,
  newDelivery,
  nextAttempt,
  upgradeEntry,
  type AttemptOutcome,
  type AttemptTrigger,
  type Delivery,
  type OutboxEntry,
} from "../../../src/webhooks/outbox.ts";

const request = { url: "https://hooks.example.com/a", headers: {} };
const answered = (httpStatus: number | null, finishedAt = 1_250): AttemptOutcome => ({
  httpStatus,
  error: httpStatus === null ? "connection_failed" : null,
  responseExcerpt: "",
  retryAfterMs: null,
  finishedAt,
});
const claim = (delivery: Delivery, now: number, trigger: AttemptTrigger = "schedule") =>
  claimAttempt(delivery, trigger, request, now);
const sent = () => claim(newDelivery(1_000), 1_000);
const failedOnce = () => closeAttempt(sent(), answered(500), 0.5);
const entry = (eventId: string, delivery = newDelivery(0), createdAt = 0): OutboxEntry => ({
  eventId,
  eventType: "completed",
  body: "{}",
  createdAt,
  delivery,
  revision: 1,
  known: false,
  recorded: false,
});

describe("a delivery", () => {
  it.each([200, 202, 299])("is delivered by a %i", (status) => {
    const delivery = closeAttempt(sent(), answered(status), 0.5);
    expect(delivery).toMatchObject({ status: "delivered", dueAt: null, attempts: [{ number: 1, latencyMs: 250 }] });
  });

  it.each([301, 307, 400, 404, 429, 500, 503, null])("is tried again after a %s", (status) => {
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
      delivery = closeAttempt(claim(delivery, delivery.dueAt ?? 0), answered(500), 0.5);
    }
    expect(delivery.status).toBe("exhausted");
    expect(delivery.attempts).toHaveLength(10);
  });

  it("closes an attempt that a crash cut off before it sends again, is held, or ends", () => {
    const cutOff = { number: 1, error: "interrupted" };
    expect(claim(sent(), 9_000).attempts).toMatchObject([cutOff, { number: 2, startedAt: 9_000 }]);
    expect(holdDelivery(sent()).attempts).toMatchObject([cutOff]);
    expect(endDelivery(entry("a", sent()), "disabled").attempts).toMatchObject([cutOff]);
  });

  it("that is cut off ten times is worn out, and ends as exhausted", () => {
    let delivery = newDelivery(0);
    for (let n = 0; n <= 10; n++) {
      expect(isWornOut(delivery)).toBe(false);
      delivery = claim(delivery, n);
    }
    expect(isWornOut(delivery)).toBe(true);
    expect(endDelivery(entry("a", delivery), "worn_out").status).toBe("exhausted");
  });

  it("goes on as it was planned after it was held", () => {
    const waiting = failedOnce();
    expect(letGo(holdDelivery(waiting))).toEqual(waiting);
  });

  it.each([
    ["disabled", false, "undelivered"],
    ["unwanted", true, "undelivered"],
    ["unwanted", false, "dropped"],
  ] as const)("that is %s, with a row in D1: %s, ends as %s", (why, known, status) => {
    expect(endDelivery({ ...entry("a"), known }, why)).toMatchObject({ status, dueAt: null });
  });

  it("keeps no more than fifty attempts, and goes on counting", () => {
    let delivery = newDelivery(0);
    for (let n = 0; n < 60; n++) delivery = closeAttempt(claim(delivery, n, "resend"), answered(500), 0.5);
    expect(delivery.attempts).toHaveLength(50);
    expect(delivery.attempts.at(-1)?.number).toBe(60);
  });
});

describe("a resend", () => {
  const resent = (delivery: Delivery, status: number) =>
    closeAttempt(claim({ ...delivery, resendAt: 3_000 }, 3_000, "resend"), answered(status, 3_100), 0.5);

  it("that fails leaves the planned retries as they are", () => {
    const { dueAt, failures, status } = failedOnce();
    expect(resent(failedOnce(), 500)).toMatchObject({ dueAt, failures, status, resendAt: null });
  });

  it("that succeeds cancels the planned retries", () => {
    expect(resent(failedOnce(), 200)).toMatchObject({ status: "delivered", dueAt: null, resendAt: null });
  });

  it("that fails leaves what was delivered delivered", () => {
    const delivered = closeAttempt(sent(), answered(200), 0.5);
    expect(resent(delivered, 500)).toMatchObject({ status: "delivered", attempts: [{}, { httpStatus: 500 }] });
  });

  it("that meets a 410 ends the retries, too", () => {
    expect(resent(failedOnce(), 410)).toMatchObject({ status: "exhausted", dueAt: null });
  });

  it("that a crash cut off leaves the planned retries as they are: the endpoint may never have heard of it", () => {
    const cutOff = claim({ ...failedOnce(), resendAt: 3_000 }, 3_000, "resend");
    const { failures, attempts } = claim(cutOff, 4_000, "resend");
    expect(failures).toBe(1);
    expect(attempts).toMatchObject([{}, { trigger: "resend", error: "interrupted" }, { latencyMs: null }]);
    // One by schedule that was cut off counts: it may have been the endpoint that made the program crash.
    expect(claim(claim(failedOnce(), 3_000), 4_000).failures).toBe(2);
  });

  it("that is asked for during an attempt is still made after it", () => {
    const asked = { ...sent(), resendAt: 1_100 };
    expect(closeAttempt(asked, answered(200), 0.5)).toMatchObject({ status: "delivered", resendAt: 1_100 });
    expect(isSettled(closeAttempt(asked, answered(200), 0.5))).toBe(false);
  });
});

describe("an outbox", () => {
  it("sends a record's events in order: a later one waits for the earlier", () => {
    expect(nextAttempt([entry("first", failedOnce()), entry("second")])?.entry.eventId).toBe("first");
    const delivered = closeAttempt(sent(), answered(200), 0.5);
    expect(nextAttempt([entry("first", delivered), entry("second")])?.entry.eventId).toBe("second");
    expect(nextAttempt([entry("first", delivered)])).toBeNull();
  });

  it("has nothing to send while its first event is held", () => {
    expect(nextAttempt([entry("first", holdDelivery(newDelivery(0))), entry("second")])).toBeNull();
  });

  it("makes the attempt first that somebody asked for", () => {
    const asked = entry("second", { ...newDelivery(0), status: "delivered", dueAt: null, resendAt: 7 });
    expect(nextAttempt([entry("first"), asked])).toMatchObject({ entry: asked, trigger: "resend", dueAt: 7 });
  });

  it("orders events by the record's version, whatever the clocks said", () => {
    const ids = inOrder([
      entry("evt_r_10", undefined, 5),
      entry("evt_r_9", undefined, 6),
      entry("evt_r_11", undefined, 4),
    ]);
    expect(ids.map(({ eventId }) => eventId)).toEqual(["evt_r_9", "evt_r_10", "evt_r_11"]);
  });
});

describe("an entry that was stored before circuits and resends", () => {
  it("goes on where it was: a claimed attempt is sent again, with the schedule behind it", () => {
    const attempt = { number: 1, startedAt: 5, latencyMs: null, httpStatus: null, error: null, responseExcerpt: null };
    const { known: _, ...old } = entry("evt_r_3");
    const stored = { ...old, delivery: { status: "sending", attempts: [attempt], dueAt: 5 } } as unknown as OutboxEntry;
    const upgraded = upgradeEntry(stored);
    expect(nextAttempt([upgraded])).toMatchObject({ trigger: "schedule", dueAt: 5 });
    expect(upgraded).toMatchObject({ known: false, delivery: { status: "waiting", failures: 1, resendAt: null } });
  });

  it("leaves an entry of today as it is", () => {
    const today = { ...entry("evt_r_3", failedOnce()), known: true };
    expect(upgradeEntry(today)).toEqual(today);
  });
});
