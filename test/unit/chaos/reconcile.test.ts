import { describe, expect, it } from "vitest";
import { noteSeen, type RecordStory } from "../../chaos/ledger.ts";
import type { Evidence } from "../../chaos/reconcile.ts";
import { boundMs } from "../../chaos/record-checks.ts";
import {
  APPLICATION,
  arrival,
  broken,
  delivery,
  erase,
  EVENT,
  ID,
  LIFE,
  START,
  step,
  store,
  stored,
  upload,
  world,
} from "../../support/node/chaos-world.ts";

const BOUND_MS = boundMs(stored());

const HAS_ENDED = "every accepted record has ended";
const IN_TIME = "every record has ended in time after its upload or the last crash";
const IS_FOUND = "what stands still is found by an administrator";
const IS_STORED = "every change that was answered is stored";
const NO_OVERWRITING = "no two changes were answered with one version, or made with one If-Match";
const ARRIVES = "every event that was asked for has arrived, or is listed as not delivered";
const D1_FIRST = "whoever got a webhook found its version, or a later one";
const NO_REPEATS = "every repeated webhook has a reason";
const GONE = "what was deleted is gone";
const SILENT = "no webhook was issued after the 204 of its record";
const NO_ERRORS = "nobody was refused or met an error while nothing was killed";
const ONE_EACH = "every upload has made one record, however often it was sent";

const portion = (version: number, ifMatch: number | null = null) =>
  ({ what: "portion", at: START + 9_000, version, ifMatch, body: `{"v":${version}}` }) as const;

it("finds nothing in a world in which everything was kept", () => {
  expect(broken(world())).toEqual([]);
  expect(broken(world(erase))).toEqual([]);
});

describe("finds", () => {
  it.each<[string, string[], (evidence: Evidence, story: RecordStory) => void]>([
    [
      "a record that is gone",
      ["every accepted record is there"],
      (evidence) => store(evidence, { httpStatus: 404, status: null, version: null }),
    ],
    [
      "a record that stands still, unseen",
      [HAS_ENDED, IS_FOUND, D1_FIRST],
      (evidence) => {
        store(evidence, { status: "processing", version: 2, transitions: LIFE.slice(0, 2) });
        evidence.ledger.arrivals[1] = arrival(3, "completed", { found: { httpStatus: 200, version: 2 } });
      },
    ],
    [
      "a record that stands still, seen",
      [HAS_ENDED],
      (evidence) => {
        store(evidence, { status: "pending", version: 1, transitions: LIFE.slice(0, 1) });
        evidence.stored.openForAdministrator.add(ID);
      },
    ],
    [
      "an end that came too late",
      [IN_TIME],
      (evidence) => {
        const late = { ...step(3, "completed"), at: START + BOUND_MS + 1 };
        store(evidence, { transitions: [...LIFE.slice(0, 2), late] });
      },
    ],
    ["an answered change that is not stored", [IS_STORED, ARRIVES], (_, { changes }) => changes.push(portion(4))],
    [
      "an answered change that was stored with other content",
      [IS_STORED],
      (evidence, { changes }) => {
        changes.push(portion(4));
        store(evidence, { status: "updated", version: 4, body: "{}", transitions: [...LIFE, step(4, "updated")] });
        evidence.ledger.arrivals.push(arrival(4, "updated"));
      },
    ],
    [
      "two changes that were answered with one version",
      [NO_OVERWRITING],
      (evidence, { changes }) => {
        changes.push(portion(4), portion(4));
        store(evidence, { status: "updated", version: 4, body: '{"v":4}', transitions: [...LIFE, step(4, "updated")] });
        evidence.ledger.arrivals.push(arrival(4, "updated"));
      },
    ],
    [
      "two changes that were made with one If-Match",
      [NO_OVERWRITING],
      (evidence, { changes }) => {
        changes.push(portion(4, 3), portion(5, 3));
        const life = [...LIFE, step(4, "updated"), step(5, "updated")];
        store(evidence, { status: "updated", version: 5, body: '{"v":5}', transitions: life });
        evidence.ledger.arrivals.push(arrival(4, "updated"), arrival(5, "updated"));
      },
    ],
    [
      "a re-analysis that was accepted and never ends",
      ["every re-analysis that was accepted has ended"],
      (evidence, { changes }) => {
        changes.push({ what: "reanalyze", at: START + 9_000, version: 4, ifMatch: null, body: null });
        store(evidence, {
          version: 5,
          transitions: [...LIFE, step(4, "completed", "queued"), step(5, "completed", "reading")],
        });
      },
    ],
    [
      "a cancellation that did not hold",
      ["what was canceled stays canceled"],
      (_, { changes }) => changes.push({ what: "cancel", at: START, version: null, ifMatch: null, body: null }),
    ],
    [
      "a deleted record that is still there",
      [GONE],
      (evidence, one) => {
        erase(evidence, one);
        store(evidence, {});
      },
    ],
    [
      "a deleted record that its user still finds",
      [GONE],
      (evidence, one) => {
        erase(evidence, one);
        evidence.stored.listed.push({ id: ID, mark: "mark" });
      },
    ],
    [
      "a deleted record whose delivery is left",
      [GONE],
      (evidence, one) => {
        erase(evidence, one);
        evidence.stored.deliveries.set(EVENT, delivery(3));
      },
    ],
    [
      "a webhook that was issued after the 204",
      [SILENT],
      (evidence, one) => {
        erase(evidence, one);
        evidence.ledger.arrivals.push(arrival(11, "updated", { found: { httpStatus: 404, version: null } }));
      },
    ],
    [
      "an event that neither arrived nor is listed",
      [ARRIVES],
      (evidence) => {
        evidence.ledger.arrivals.pop();
        evidence.stored.deliveries.delete(EVENT);
      },
    ],
    ["an event that is called delivered and never arrived", [ARRIVES], ({ ledger }) => ledger.arrivals.pop()],
    [
      "a receiver that found an older version",
      [D1_FIRST],
      ({ ledger }) => (ledger.arrivals[1] = arrival(3, "completed", { found: { httpStatus: 200, version: 2 } })),
    ],
    [
      "a receiver that found no record",
      [D1_FIRST],
      ({ ledger }) => (ledger.arrivals[1] = arrival(3, "completed", { found: { httpStatus: 404, version: null } })),
    ],
    [
      "one event with two bodies",
      ["every attempt of an event has the same bytes"],
      ({ ledger }) => {
        ledger.arrivals[1] = arrival(3, "completed", { answer: { status: 503, at: START + 3_200 } });
        ledger.arrivals.push(arrival(3, "completed", { attempt: 2, bodyHash: "another", at: START + 9_000 }));
      },
    ],
    [
      "a wrong signature",
      ["every webhook is signed with a live key"],
      ({ ledger }) => (ledger.arrivals[1] = arrival(3, "completed", { signatureFlaw: "wrong" })),
    ],
    [
      "an event that nobody asked for",
      ["every webhook went to its own application, which had asked for it"],
      (evidence) => ((evidence as { wants: unknown }).wants = new Map([[APPLICATION, new Set(["completed"])]])),
    ],
    [
      "an event of another application's record",
      ["every webhook went to its own application, which had asked for it"],
      ({ ledger }) => (ledger.arrivals[1] = arrival(3, "completed", { applicationId: 8 })),
    ],
    [
      "events out of order",
      ["the first arrivals of a record come in its order"],
      ({ ledger }) => (ledger.arrivals[0] = arrival(2, "processing", { at: START + 50_000 })),
    ],
    [
      "an event that came again without a reason",
      [NO_REPEATS],
      ({ ledger }) => ledger.arrivals.push(arrival(3, "completed", { attempt: 2, at: START + 60_000 })),
    ],
    [
      "an event that is held although its endpoint is well",
      ["nothing is held once its endpoint is well again"],
      (evidence) => evidence.stored.deliveries.set(EVENT, delivery(3, { status: "held" })),
    ],
    [
      "an attempt that was due long ago",
      ["no delivery is overdue"],
      (evidence) =>
        evidence.stored.deliveries.set(EVENT, delivery(3, { status: "waiting", nextAttemptAt: START + 60_000 })),
    ],
    [
      "two records of one upload, by its answers",
      [ONE_EACH],
      ({ ledger }) => (ledger.uploads[0] = upload({ sends: 2, recordIds: [ID, "another"] })),
    ],
    [
      "two records of one upload, by the lists",
      [ONE_EACH],
      (evidence) => evidence.stored.listed.push({ id: "another", mark: "mark" }),
    ],
    [
      "a record that nobody asked for",
      [ONE_EACH],
      (evidence) => evidence.stored.listed.push({ id: "another", mark: null }),
    ],
    [
      "an upload with a key that was never answered",
      ["every upload with a key was answered in the end"],
      ({ ledger }) => ledger.uploads.push(upload({ mark: "other", recordIds: [], acceptedAt: null, abandoned: true })),
    ],
    [
      "an error while nothing was killed",
      [NO_ERRORS],
      ({ ledger }) =>
        ledger.oddResponses.push({ at: START + 5, askedAt: START, request: "list", status: 500, excerpt: "" }),
    ],
    [
      "a service that did not come back",
      ["the service came back after each kill, and was killed as often as asked"],
      ({ ledger }) => ledger.outages.push({ kind: "tree", at: START, backAt: null }),
    ],
    [
      "too few kills",
      ["the service came back after each kill, and was killed as often as asked"],
      (evidence) => void (evidence.kills = 1),
    ],
    [
      "a reader who saw a record go back",
      ["nobody who looked saw a record go back"],
      (_, one) => {
        noteSeen(one, { version: 3, status: "completed", askedAt: START, at: START + 1 });
        noteSeen(one, { version: 2, status: "processing", askedAt: START + 2, at: START + 3 });
      },
    ],
  ])("%s", (_, expected, change) => {
    expect(broken(world(change)).toSorted()).toEqual(expected.toSorted());
  });
});
