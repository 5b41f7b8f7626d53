import { describe, expect, it } from "vitest";
import { modelMisconfigured, testEvent } from "../../../src/operations/events.ts";
import {
  ATTEMPT_LEASE_MS,
  claimOperationsAttempt,
  closeOperationsAttempt,
  hasOperationsEventEnded,
  newOutboxEvent,
  newOutboxEvents,
  type OutboxEvent,
} from "../../../src/operations/outbox.ts";
import type { AttemptOutcome } from "../../../src/webhooks/outbox.ts";
import { RETRY_DELAYS_MS } from "../../../src/webhooks/schedule.ts";

const NOW = 1_000_000;
const event = newOutboxEvent(testEvent("a", NOW), true, "ops_a");
const outcome = (httpStatus: number | null, finishedAt: number): AttemptOutcome => ({
  httpStatus,
  error: httpStatus === null ? "timed_out" : null,
  responseExcerpt: null,
  retryAfterMs: null,
  finishedAt,
});
/** In the middle of the spread. */
const EVEN = 0.5;

describe("an event in the outbox", () => {
  it("is due at once, and its claim lets it be for as long as an attempt may take", () => {
    expect(event).toMatchObject({ status: "waiting", attempts: 0, dueAt: NOW });
    expect(claimOperationsAttempt(event, NOW + 5)).toMatchObject({
      attempts: 1,
      dueAt: NOW + 5 + ATTEMPT_LEASE_MS,
      attemptedAt: NOW + 5,
      latencyMs: null,
    });
  });

  it("ends with a success", () => {
    const closed = closeOperationsAttempt(claimOperationsAttempt(event, NOW), outcome(204, NOW + 80), EVEN);
    expect(closed).toMatchObject({ status: "delivered", dueAt: null, latencyMs: 80, httpStatus: 204 });
    expect(hasOperationsEventEnded(closed)).toBe(true);
  });

  it("is tried ten times on the webhooks' schedule, with the same bytes, and then given up", () => {
    let now = NOW;
    let current: OutboxEvent = event;
    const waits: number[] = [];
    while (!hasOperationsEventEnded(current)) {
      current = closeOperationsAttempt(claimOperationsAttempt(current, now), outcome(503, now), EVEN);
      if (current.dueAt !== null) waits.push(current.dueAt - now);
      now = current.dueAt ?? now;
      expect(current.body).toBe(event.body);
    }
    expect(waits).toEqual(RETRY_DELAYS_MS);
    expect(current).toMatchObject({ status: "exhausted", attempts: 10, httpStatus: 503 });
  });

  it("counts attempts that were cut off, and is given up when the last one was", () => {
    let current: OutboxEvent = event;
    for (let n = 0; n < 10; n++) current = claimOperationsAttempt(current, NOW);
    expect(current).toMatchObject({ status: "waiting", attempts: 10 });
    expect(claimOperationsAttempt(current, NOW)).toMatchObject({
      status: "exhausted",
      attempts: 10,
      dueAt: null,
      error: "interrupted",
    });
  });

  it("is not sent again to a receiver that says 410", () => {
    expect(closeOperationsAttempt(claimOperationsAttempt(event, NOW), outcome(410, NOW), EVEN)).toMatchObject({
      status: "exhausted",
    });
  });

  it("waits for nobody where nobody has asked to be told", () => {
    const unsent = newOutboxEvent(testEvent("a", NOW), false, "ops_a");
    expect(unsent).toMatchObject({ status: "unsent", dueAt: null });
    expect(hasOperationsEventEnded(unsent)).toBe(true);
  });

  it("has an id that sorts as the events of its change are told", () => {
    const random = ["3", "1", "2"];
    const events = [0, 1, 2].map((n) => modelMisconfigured(`@m${n}`, "gone", NOW));
    const stored = newOutboxEvents(events, true, () => random.pop() ?? "");
    expect(stored.map(({ id }) => id)).toEqual(["ops_1", "ops_2", "ops_3"]);
    expect(stored.map(({ body }) => (JSON.parse(body) as { data: { model: string } }).data.model)).toEqual([
      "@m0",
      "@m1",
      "@m2",
    ]);
    expect(stored.map(({ id, body }) => (JSON.parse(body) as { id: string }).id === id)).toEqual([true, true, true]);
  });
});
