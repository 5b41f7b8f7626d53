import { describe, expect, it } from "vitest";
import {
  admit,
  afterFailure,
  afterLateHold,
  afterRelease,
  afterSuccess,
  claimProbe,
  DISABLE_AFTER_MS,
  endpointState,
  FAILURES_TO_OPEN,
  HEALTHY,
  type EndpointHealth,
} from "../../../src/webhooks/endpoint-health.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START = Date.UTC(2026, 10, 23);
const fail = (health: EndpointHealth, now: number, isProbe = false) =>
  afterFailure(health, "it responded with 503", isProbe, now);

/** As many failures as it takes, a second apart. */
function opened(): EndpointHealth {
  let health = HEALTHY;
  for (let failures = 0; failures < FAILURES_TO_OPEN; failures++) health = fail(health, START + failures * 1000);
  return health;
}

describe("an endpoint's circuit", () => {
  it("stays closed for fewer failures than a record makes in all", () => {
    let health = HEALTHY;
    for (let failures = 1; failures < FAILURES_TO_OPEN; failures++) health = fail(health, START);
    expect(endpointState(health)).toBe("failing");
    expect(admit(health, START)).toBe("send");
  });

  it("opens after ten failures one after the other: events wait, and one a minute later is the probe", () => {
    const health = opened();
    expect(endpointState(health)).toBe("open");
    expect(admit(health, (health.probeAt ?? 0) - 1)).toBe("hold");
    expect(admit(health, health.probeAt ?? 0)).toBe("probe");
    expect((health.probeAt ?? 0) - START - 9_000).toBe(MINUTE_MS);
  });

  it("is probed after 1, 2, 4, 8 and then every 15 minutes", () => {
    let health = opened();
    const waits = [];
    for (let probe = 0; probe < 6; probe++) {
      const now = health.probeAt ?? 0;
      health = fail(claimProbe(health, now), now, true);
      waits.push(((health.probeAt ?? 0) - now) / MINUTE_MS);
    }
    expect(waits).toEqual([2, 4, 8, 15, 15, 15]);
  });

  it("gives a probe to one alone: whoever claims it moves the next one on", () => {
    const health = opened();
    const now = health.probeAt ?? 0;
    expect(admit(claimProbe(health, now), now)).toBe("hold");
  });

  it("does not count attempts that were under way when it opened", () => {
    expect(fail(opened(), START + 20_000)).toEqual(opened());
  });

  it("closes with one success, and has what was held woken", () => {
    const closed = afterSuccess(opened());
    expect(closed).toMatchObject({ failures: 0, failingSince: null, probeAt: null, releasing: true });
    expect(endpointState(closed)).toBe("healthy");
  });

  it("costs a healthy endpoint nothing: its success changes nothing", () => {
    expect(afterSuccess(HEALTHY)).toBe(HEALTHY);
  });

  it("that closed while an event was being held has that event woken, and else leaves it to the probe", () => {
    expect(afterLateHold(HEALTHY).releasing).toBe(true);
    expect(afterLateHold(opened())).toEqual(opened());
  });
});

describe("an endpoint", () => {
  it("is disabled after five days of nothing but failure, with the reason", () => {
    const probed = claimProbe(opened(), START + DISABLE_AFTER_MS);
    const disabled = fail(probed, START + DISABLE_AFTER_MS, true);
    expect(endpointState(disabled)).toBe("disabled");
    expect(disabled.reason).toBe(
      "Every attempt since 2026-11-23T00:00:00.000Z has failed; the last time it responded with 503.",
    );
    expect(disabled.releasing).toBe(true);
    expect(admit(disabled, START + 6 * DAY_MS)).toBe("refuse");
  });

  it("is not disabled a moment before, however often it failed", () => {
    let health = opened();
    for (let probe = 0; probe < 1000; probe++) health = fail(health, START + DISABLE_AFTER_MS - 1, true);
    expect(health.disabledAt).toBeNull();
  });

  it("is not disabled by two failures that lie five days apart", () => {
    expect(fail(fail(HEALTHY, START), START + 6 * DAY_MS).disabledAt).toBeNull();
  });

  it("starts its five days anew with every success", () => {
    const again = fail(afterSuccess(opened()), START + 4 * DAY_MS);
    expect(again.failingSince).toBe(START + 4 * DAY_MS);
  });

  it("that is disabled stays so, whatever attempts come back that were under way", () => {
    const disabled = fail(claimProbe(opened(), START + DISABLE_AFTER_MS), START + DISABLE_AFTER_MS, true);
    expect(fail(disabled, START + DISABLE_AFTER_MS + 1)).toBe(disabled);
    expect(fail(disabled, START + DISABLE_AFTER_MS + 1, true)).toBe(disabled);
  });
});

describe("what is stored of an endpoint", () => {
  it("has a version that grows by one with every change, so that the later one wins", () => {
    const health = opened();
    const changes = [
      HEALTHY,
      fail(HEALTHY, START),
      claimProbe(health, START),
      afterSuccess(health),
      afterLateHold(HEALTHY),
      afterRelease(health),
    ];
    expect(changes.map(({ version }) => version)).toEqual([0, 1, 11, 11, 1, 11]);
  });

  it("says that nothing is to be woken while the circuit is open, and none is once all have been", () => {
    expect(HEALTHY.releasing).toBe(false);
    expect(opened().releasing).toBe(false);
    const woken = afterRelease(afterSuccess(opened()));
    expect(woken).toEqual({ ...HEALTHY, version: 12 });
  });

  it("wakes what may have been held by a circuit that closes again and again", () => {
    const closing = afterSuccess(opened());
    expect(afterSuccess(fail(closing, START)).releasing).toBe(true);
    expect(afterSuccess(fail(HEALTHY, START)).releasing).toBe(false);
  });

  it("is another version for each event that was held while others are woken, so that nobody takes it for done", () => {
    const closing = afterSuccess(opened());
    expect(afterLateHold(closing)).toEqual({ ...closing, version: closing.version + 1 });
  });
});
