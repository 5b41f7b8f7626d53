import { describe, expect, it } from "vitest";
import { endpointEvents, failingEvents, modelMisconfigured, recordsHealed } from "../../../src/operations/events.ts";
import { operationsEventSchema } from "../../../src/operations/event-schema.ts";
import { newOutboxEvent } from "../../../src/operations/outbox.ts";
import {
  afterFailure,
  afterSuccess,
  claimProbe,
  DISABLE_AFTER_MS,
  HEALTHY,
  type EndpointHealth,
} from "../../../src/webhooks/endpoint-health.ts";

const SINCE = Date.UTC(2026, 11, 1);
const at = (percent: number): number => SINCE + (DISABLE_AFTER_MS / 100) * percent;

/** An endpoint that has failed so often since then, by the real rule. */
function failing(times: number): EndpointHealth {
  let health = HEALTHY;
  for (let n = 0; n < times; n++) health = afterFailure(health, "it responded with 503", true, SINCE);
  return health;
}

const namesOf = (events: ReturnType<typeof endpointEvents>): string[] =>
  events.map(({ type, data }) => ("percent" in data ? `${type} ${data.percent}` : type));

describe("an endpoint that keeps failing", () => {
  const health = failing(3);

  it.each([
    [50, 0],
    [70, 1],
    [90, 2],
  ])("crosses %i %% at that moment and not a millisecond before", (percent, before) => {
    expect(failingEvents(1, health, at(percent) - 1)).toHaveLength(before);
    expect(namesOf(failingEvents(1, health, at(percent))).at(-1)).toBe(`endpoint.failing ${percent}`);
  });

  it("is disabled at 100 % and not a millisecond before, which is told after every threshold", () => {
    const open = failing(10);
    const fail = (now: number) => endpointEvents(1, open, afterFailure(open, "it responded with 503", true, now), now);
    expect(namesOf(fail(at(100) - 1))).toEqual(["endpoint.failing 50", "endpoint.failing 70", "endpoint.failing 90"]);
    expect(namesOf(fail(at(100)))).toEqual([
      "endpoint.failing 50",
      "endpoint.failing 70",
      "endpoint.failing 90",
      "endpoint.disabled 100",
    ]);
  });

  it("has the same key for a threshold whoever finds it and whenever, and another one for its next failure", () => {
    const [first] = failingEvents(1, health, at(50));
    const [later] = failingEvents(1, claimProbe(failing(10), at(55)), at(60));
    expect(later?.key).toBe(first?.key);
    expect(failingEvents(2, health, at(50))[0]?.key).not.toBe(first?.key);
    expect(failingEvents(1, { ...health, failingSince: SINCE + 1 }, at(60))[0]?.key).not.toBe(first?.key);
  });

  it("is no news a week after a threshold", () => {
    const weekAfterHalf = at(50) + 7 * 24 * 3_600_000;
    expect(namesOf(failingEvents(1, health, weekAfterHalf - 1))).toContain("endpoint.failing 50");
    expect(namesOf(failingEvents(1, health, weekAfterHalf))).not.toContain("endpoint.failing 50");
  });

  it("is told of when it recovers, if its failure was told of, with the thresholds that nobody has looked at", () => {
    const recover = (before: EndpointHealth, now: number) =>
      namesOf(endpointEvents(1, before, afterSuccess(before), now));
    expect(recover(health, at(50) - 1)).toEqual([]);
    expect(recover(health, at(50))).toEqual(["endpoint.failing 50", "endpoint.recovered"]);
    const open = failing(10);
    const disabled = afterFailure(open, "it responded with 503", true, at(100));
    const [event] = endpointEvents(1, disabled, afterSuccess(disabled), at(300));
    expect(event).toMatchObject({ type: "endpoint.recovered", data: { was_disabled: true } });
  });

  it("is told of once when it is disabled, and not by what changes afterwards", () => {
    const disabled = afterFailure(failing(10), "it responded with 503", true, at(100));
    expect(endpointEvents(1, disabled, { ...disabled, releasing: false }, at(110))).toEqual([]);
    expect(failingEvents(1, disabled, at(110))).toEqual([]);
  });

  it("is no matter while it is well", () => {
    expect(endpointEvents(1, HEALTHY, failing(1), SINCE)).toEqual([]);
    expect(endpointEvents(1, HEALTHY, { ...HEALTHY, version: 1 }, at(100))).toEqual([]);
  });
});

describe("an event's body", () => {
  it.each([
    failingEvents(1, failing(3), at(50))[0],
    modelMisconfigured("@cf/nobody/has-this", "Workers AI knows no model of this name", SINCE),
    recordsHealed({ stuck_processing: 2, forgotten_webhook: 1 }, SINCE),
  ])("has the documented form: %j", (event) => {
    if (event === undefined) throw new Error("there should be an event");
    const { body } = newOutboxEvent(event, true, "ops_1");
    const parsed = operationsEventSchema.parse(JSON.parse(body));
    expect(JSON.parse(body)).toEqual(parsed);
    expect(Object.keys(parsed)).toEqual(["id", "type", "created_at", "data"]);
  });

  it("is one an hour for a model, and one in ten minutes for what was healed", () => {
    const keysOf = (make: (now: number) => { key: string }, stepMs: number) =>
      new Set([0, 1, 2, 3, 4, 5].map((step) => make(SINCE + step * stepMs).key)).size;
    expect(keysOf((now) => modelMisconfigured("@m", "gone", now), 10 * 60_000)).toBe(1);
    expect(keysOf((now) => recordsHealed({ stuck: 1 }, now), 5 * 60_000)).toBe(3);
    expect(recordsHealed({ stuck: 1, lost: 2 }, SINCE).data).toEqual({ records: 3, kinds: { stuck: 1, lost: 2 } });
  });

  it("has no more of a reason than fits", () => {
    expect(modelMisconfigured("@m", "x".repeat(10_000), SINCE).data).toMatchObject({ reason: "x".repeat(200) });
  });
});
