import { describe, expect, it } from "vitest";
import type { Evidence } from "../../chaos/reconcile.ts";
import { boundMs } from "../../chaos/record-checks.ts";
import {
  APPLICATION,
  arrival,
  broken,
  delivery,
  EVENT,
  ID,
  LIFE,
  START,
  step,
  store,
  stored,
  world,
} from "../../support/node/chaos-world.ts";

const BOUND_MS = boundMs(stored());

describe("explains", () => {
  const again = arrival(3, "completed", { attempt: 2, at: START + 60_000 });

  it.each<[string, (evidence: Evidence) => void]>([
    [
      "by a failed answer",
      ({ ledger }) => (ledger.arrivals[1] = arrival(3, "completed", { answer: { status: 500, at: START + 3_200 } })),
    ],
    [
      "by an answer that took too long",
      ({ ledger }) => (ledger.arrivals[1] = arrival(3, "completed", { answer: { status: 200, at: START + 40_000 } })),
    ],
    [
      "by a request that arrived late",
      ({ stored: { deliveries } }) =>
        deliveries.set(
          EVENT,
          delivery(3, {
            attempts: [
              { number: 1, trigger: "schedule", startedAt: START - 40_000, httpStatus: null, error: "timed_out" },
            ],
          }),
        ),
    ],
    [
      "by a crash between the answer and its note",
      ({ ledger }) => ledger.outages.push({ kind: "tree", at: START + 3_200, backAt: START + 9_000 }),
    ],
    [
      "by a recovery that somebody asked for",
      ({ ledger }) =>
        ledger.interventions.push({ what: "recover", applicationId: APPLICATION, recordId: null, at: START + 50_000 }),
    ],
    [
      "by a resend, as the delivery says",
      ({ stored: { deliveries } }) =>
        deliveries.set(
          EVENT,
          delivery(3, { attempts: [{ number: 2, trigger: "resend", startedAt: START, httpStatus: 204, error: null }] }),
        ),
    ],
  ])("a repeated webhook %s", (_, change) => {
    const explained = world((evidence) => {
      change(evidence);
      evidence.ledger.arrivals.push(again);
    });
    expect(broken(explained)).toEqual([]);
  });

  it.each(["waiting", "exhausted", "undelivered"] as const)("an event that never arrived and is %s", (status) => {
    const explained = world((evidence) => {
      evidence.ledger.arrivals.pop();
      evidence.stored.deliveries.set(EVENT, delivery(3, { status, nextAttemptAt: evidence.stored.at + 1 }));
    });
    expect(broken(explained)).toEqual([]);
  });

  it("an event that waits behind an earlier one of its record", () => {
    const explained = world(({ ledger, stored: { deliveries, at } }) => {
      ledger.arrivals.splice(0);
      deliveries.clear();
      deliveries.set(`evt_${ID}_2`, delivery(2, { status: "waiting", nextAttemptAt: at + 1 }));
    });
    expect(broken(explained)).toEqual([]);
  });

  it("an error and a late end by the kill before them", () => {
    const explained = world((evidence) => {
      const { ledger } = evidence;
      ledger.outages.push({ kind: "workerd", at: START + BOUND_MS, backAt: START + BOUND_MS + 1000 });
      const at = START + BOUND_MS + 500;
      ledger.oddResponses.push({ at, askedAt: at, request: "list", status: 500, excerpt: "" });
      const late = { ...step(3, "completed"), at: START + BOUND_MS + 60_000 };
      store(evidence, { transitions: [...LIFE.slice(0, 2), late] });
    });
    expect(broken(explained)).toEqual([]);
  });

  it("the silent end of a re-analysis that changed nothing", () => {
    const explained = world((evidence, { changes }) => {
      changes.push({ what: "reanalyze", at: START + 9_000, version: 4, ifMatch: null, body: null });
      const life = [...LIFE, step(4, "completed", "queued"), step(5, "completed")];
      store(evidence, { version: 5, transitions: life });
    });
    expect(broken(explained)).toEqual([]);
  });
});
