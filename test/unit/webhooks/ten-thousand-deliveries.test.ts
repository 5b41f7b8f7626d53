import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { endpointState, HEALTHY } from "../../../src/webhooks/endpoint-health.ts";
import { newRecovery } from "../../../src/webhooks/recovery.ts";
import { createReceivers, type Arrival, type Behavior, type Fault } from "../../support/node/webhook-receivers.ts";
import { createWebhookWorld, type WebhookWorld, type WorldApplication } from "../../support/node/webhook-world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const okay = (): Fault => ({ kind: "status", status: 204 });
const unwell: readonly Fault[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 429, retryAfter: "3600" },
  { kind: "status", status: 307, location: "http://169.254.169.254/" },
  { kind: "status", status: 404 },
  { kind: "reset" },
  { kind: "timeout" },
  { kind: "lost_answer" },
];

/** Endpoint by endpoint, what goes wrong there. */
const BEHAVIORS: ReadonlyMap<number, Behavior> = new Map<number, Behavior>([
  [1, okay],
  [2, ({ random }) => (random() < 0.3 ? (unwell[Math.floor(random() * unwell.length)] ?? okay()) : okay())],
  [3, () => ({ kind: "status", status: 200, delayMs: 14_000 })],
  [4, ({ sinceStart }) => (sinceStart < 2 * DAY_MS ? { kind: "timeout" } : okay())],
  [5, ({ sinceStart }) => (sinceStart < 7 * DAY_MS ? { kind: "reset" } : okay())],
  [6, ({ random }) => (random() < 0.05 ? { kind: "status", status: 410 } : okay())],
  [7, ({ random }) => (random() < 0.2 ? { kind: "lost_answer" } : okay())],
  [
    8,
    ({ sinceStart, random }) =>
      Math.floor(sinceStart / HOUR_MS) % 3 === 1 && random() < 0.95 ? { kind: "reset" } : okay(),
  ],
]);
const DEAD = 5;

/** Every application rotates its key after a day; half of them revoke the old one at once, the others overlap. */
const application = (id: number): WorldApplication => ({
  id,
  events: ["processing", "completed", "updated"],
  keys: [
    { secret: `the-first-key-of-${id}-0123456789`, from: 0, revokedAt: START + DAY_MS + (id % 2) * 2 * DAY_MS },
    { secret: `the-second-key-of-${id}-0123456789`, from: START + DAY_MS, revokedAt: Infinity },
  ],
});
const START = Date.UTC(2026, 10, 23);
const DELIVERIES = 10_000;

/** Ten thousand events within the first hours, one to three of each record, in their order. */
function announceAll(world: WebhookWorld): Set<string> {
  const announced = new Set<string>();
  for (let record = 0; announced.size < DELIVERIES; record++) {
    const applicationId = 1 + Math.floor(world.random() * BEHAVIORS.size);
    const recordId = `record-${record}`;
    const events = ["processing", "completed", "updated"].slice(0, 1 + Math.floor(world.random() * 3));
    let at = START + world.random() * 12 * HOUR_MS;
    for (const [index, event] of events.entries()) {
      const version = index + 2;
      announced.add(`evt_${recordId}_${version}`);
      world.clock.at(at, () => void world.announce(applicationId, recordId, version, event));
      at += 50 + world.random() * (world.random() < 0.1 ? HOUR_MS : 5_000);
    }
  }
  return announced;
}

const groupBy = (arrivals: readonly Arrival[], key: (arrival: Arrival) => string): Arrival[][] => [
  ...Map.groupBy(arrivals, key).values(),
];

describe("ten thousand deliveries, with faults, lost alarms and stops at random points", () => {
  const { arrivals, receive } = createReceivers(BEHAVIORS);
  const applications = [...BEHAVIORS.keys()].map(application);
  const world = createWebhookWorld({ seed: 20_261_123, applications, stops: 0.01, lostAlarms: 0.01, receive });
  let announced: Set<string>;
  let beforeRecovery: number;
  const statusOf = (id: string) => world.rows.get(id)?.status;

  beforeAll(async () => {
    announced = announceAll(world);
    await world.run(8 * DAY_MS);
    beforeRecovery = arrivals.length;
  }, 120_000);
  afterAll(() => {
    console.info("10,000 deliveries:", JSON.stringify({ ...world.counts, arrivals: arrivals.length }));
  });
  afterEach(() => vi.restoreAllMocks());

  it("brings every event to its end: delivered, or listed as exhausted or undelivered", () => {
    const ended = [...announced].map((id) => statusOf(id));
    expect(ended.filter((status) => !["delivered", "exhausted", "undelivered"].includes(String(status)))).toEqual([]);
    expect(world.isQuiet()).toBe(true);
    expect(world.leftovers()).toBeLessThan(5);
    expect(world.counts.stops).toBeGreaterThan(100);
    expect(world.counts.lostAlarms).toBeGreaterThan(50);
  });

  it("calls delivered what the endpoint took, and nothing else", () => {
    const accepted = new Set(arrivals.filter((arrival) => arrival.accepted).map(({ eventId }) => eventId));
    const wrong = [...announced].filter((id) => statusOf(id) === "delivered" && !accepted.has(id));
    expect(wrong).toEqual([]);
  });

  it("delivers everything to endpoints that are well in the end", () => {
    const healthy = [...world.rows.values()].filter(({ applicationId }) => [1, 2, 3, 4, 7, 8].includes(applicationId));
    expect(healthy.filter(({ status }) => status !== "delivered")).toEqual([]);
    expect(healthy.length).toBeGreaterThan(5_000);
  });

  it("never brings a record's events out of order", () => {
    const disordered = groupBy(arrivals.slice(0, beforeRecovery), ({ recordId }) => recordId).filter((ofRecord) =>
      ofRecord.some((arrival, index) => index > 0 && arrival.version < (ofRecord[index - 1]?.version ?? 0)),
    );
    expect(disordered).toEqual([]);
  });

  it("never sends different bytes for one id", () => {
    const ids = groupBy(arrivals, ({ eventId }) => eventId);
    expect(ids.filter((ofEvent) => new Set(ofEvent.map(({ body }) => body)).size > 1)).toEqual([]);
  });

  it("sends twice what was taken only after a stop or a lost answer", () => {
    const repeated = groupBy(arrivals, ({ eventId }) => eventId).filter((ofEvent) => {
      const first = ofEvent.findIndex(({ accepted, answered }) => accepted && answered);
      return first !== -1 && first < ofEvent.length - 1;
    });
    // An attempt that was cut off by a stop is closed as interrupted: only those may have been taken, and sent again.
    const unexplained = repeated.filter(([arrival]) => {
      const attempts = world.rows.get(arrival?.eventId ?? "")?.attempts ?? [];
      return !attempts.some(({ error }) => error === "interrupted");
    });
    expect(unexplained).toEqual([]);
    expect(repeated.length).toBeGreaterThan(0);
  });

  it("signs every one so that the standardwebhooks package verifies it, with live keys alone", () => {
    let now = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    for (const { applicationId, headers, body, at } of arrivals) {
      now = at;
      const signatures = (headers["webhook-signature"] ?? "").split(" ");
      const { keys } = applications.find(({ id }) => id === applicationId)!;
      const signedAt = Number(headers["webhook-timestamp"]) * 1000 + 999;
      const live = keys.filter(({ from, revokedAt }) => from <= signedAt && revokedAt > signedAt - 999);
      for (const { secret } of live) {
        new Webhook(`whsec_${Buffer.from(secret).toString("base64")}`).verify(body, headers);
      }
      if (signatures.length !== live.length) throw new Error(`${signatures.length} signatures for ${live.length} keys`);
    }
    expect(arrivals.length).toBeGreaterThan(DELIVERIES);
  });

  it("disables the endpoint that was dead for five days, and says why", () => {
    const health = world.healths.get(DEAD) ?? HEALTHY;
    expect(endpointState(health)).toBe("disabled");
    expect(health.reason).toMatch(
      /^Every attempt since 2026-11-23T.* has failed; the last time it failed with connection_failed\.$/,
    );
    expect((health.disabledAt ?? 0) - (health.failingSince ?? 0)).toBeGreaterThanOrEqual(5 * DAY_MS);
    expect([1, 2, 3, 4, 6, 7, 8].map((id) => world.healths.get(id)?.disabledAt ?? null)).toEqual(Array(7).fill(null));
  });

  it("recovers everything undelivered once the endpoint is enabled again, each record in order", async () => {
    const version = (world.healths.get(DEAD)?.version ?? 0) + 1;
    world.healths.set(DEAD, { ...HEALTHY, version });
    const lost = [...world.rows.values()].filter((row) => row.applicationId === DEAD && row.status !== "delivered");
    expect(lost.length).toBeGreaterThan(500);
    world.recoveries.push(newRecovery("job", DEAD, START, lost.length, world.clock.now()));
    await world.run(2 * HOUR_MS);
    expect(world.recoveries[0]?.finishedAt).not.toBeNull();
    expect(lost.filter(({ eventId }) => statusOf(eventId) !== "delivered")).toEqual([]);
    const recovered = arrivals.slice(beforeRecovery);
    const disordered = groupBy(recovered, ({ recordId }) => recordId).filter((ofRecord) =>
      ofRecord.some((arrival, index) => index > 0 && arrival.version < (ofRecord[index - 1]?.version ?? 0)),
    );
    expect(disordered).toEqual([]);
    expect(world.isQuiet()).toBe(true);
  }, 60_000);
});

describe("ten thousand records whose endpoint is dead", () => {
  const RECORDS = 10_000;
  const DEAD_ENDPOINT = 1;
  const HEALTHY_ENDPOINT = 2;
  const { arrivals, receive } = createReceivers(
    new Map<number, Behavior>([
      [DEAD_ENDPOINT, ({ sinceStart }) => (sinceStart < 4 * DAY_MS ? { kind: "timeout" } : okay())],
      [HEALTHY_ENDPOINT, okay],
    ]),
  );
  const applications = [application(DEAD_ENDPOINT), application(HEALTHY_ENDPOINT)];
  const world = createWebhookWorld({ seed: 7, applications, stops: 0, lostAlarms: 0, receive });
  const rowsOf = (applicationId: number) =>
    [...world.rows.values()].filter((row) => row.applicationId === applicationId);

  beforeAll(async () => {
    // A record a second for each of the two, for almost three hours.
    for (let record = 0; record < RECORDS; record++) {
      world.clock.at(START + record * 1000, () => {
        world.announce(DEAD_ENDPOINT, `dead-${record}`, 2, "completed");
        world.announce(HEALTHY_ENDPOINT, `healthy-${record}`, 2, "completed");
      });
    }
    await world.run(4 * DAY_MS);
  }, 120_000);

  it("are held after the first few failures: one shared probe a quarter of an hour, and one write to D1 each", () => {
    const toDead = arrivals.filter(({ applicationId }) => applicationId === DEAD_ENDPOINT).length;
    const held = rowsOf(DEAD_ENDPOINT).filter(({ status }) => status === "held").length;
    const { d1Writes, healthWrites, alarms } = world.counts;
    console.info(
      "10,000 records, endpoint dead for 4 days:",
      JSON.stringify({ toDead, held, d1Writes, healthWrites, alarms }),
    );
    expect(toDead).toBeLessThan(500);
    expect(held).toBeGreaterThan(RECORDS - 500);
    // One for each record of either application, and one for each attempt that failed before.
    expect(d1Writes).toBeLessThan(2 * RECORDS + 1_000);
    expect(healthWrites).toBeLessThan(1_000);
  });

  it("cost nobody else anything: the others are delivered at once, at the first attempt", () => {
    const healthy = rowsOf(HEALTHY_ENDPOINT);
    expect(healthy).toHaveLength(RECORDS);
    expect(healthy.every(({ status, attempts }) => status === "delivered" && attempts.length === 1)).toBe(true);
    expect(
      Math.max(...healthy.map(({ createdAt, attempts }) => (attempts[0]?.startedAt ?? Infinity) - createdAt)),
    ).toBe(0);
  });

  it("are all delivered when the endpoint is back", async () => {
    await world.run(2 * HOUR_MS);
    const statuses = Map.groupBy(rowsOf(DEAD_ENDPOINT), ({ status }) => status);
    const waiting = statuses.get("waiting")?.length ?? 0;
    expect(statuses.get("delivered")?.length ?? 0).toBe(RECORDS - waiting);
    // Those that were used as probes wait for their own next turn.
    expect(waiting).toBeLessThan(100);
    await world.run(12 * HOUR_MS);
    expect(rowsOf(DEAD_ENDPOINT).every(({ status }) => status === "delivered")).toBe(true);
    expect(world.leftovers()).toBe(0);
  }, 60_000);
});
