import { ok } from "../../../src/result.ts";
import { ALARM_GRACE_MS } from "../../../src/records/sweep-times.ts";
import { eventId } from "../../../src/webhooks/event-id.ts";
import { HEALTHY, type EndpointHealth } from "../../../src/webhooks/endpoint-health.ts";
import {
  inOrder,
  isSettled,
  newEntry,
  nextAttempt,
  type DeliveryStatus,
  type OutboxEntry,
} from "../../../src/webhooks/outbox.ts";
import { continueRecoveries, type Recovery, type RecoveryPorts } from "../../../src/webhooks/recovery.ts";
import { recover, resend, type StoredDelivery } from "../../../src/webhooks/repair.ts";
import { releaseHeld, recordOutcomes, type OutboxPort, type WebhookDeps } from "../../../src/webhooks/send-events.ts";
import { maintainEndpoints } from "../../../src/webhooks/maintain-endpoints.ts";
import { deliverDue } from "../deliver-due.ts";
import { pendingRecord } from "../records.ts";
import { seeded } from "../seeded.ts";
import { newLife, orStopped, Stopped, type Life } from "./life.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

interface StoredRow extends StoredDelivery {
  applicationId: number;
  recordId: string;
  nextAttemptAt: number | null;
}

/** A record's object: its durable storage and its alarm. */
interface WorldObject {
  applicationId: number;
  outbox: OutboxEntry[];
  alarmAt: number | null;
  running: boolean;
}

/** A tenant. A key signs from `from` until it is revoked. */
export interface WorldApplication {
  id: number;
  events: string[];
  keys: { secret: string; from: number; revokedAt: number }[];
}

/** What the endpoint of an application does with a request. */
export type Receiver = (request: {
  applicationId: number;
  eventId: string;
  attempt: number;
  headers: Record<string, string>;
  body: string;
  at: number;
}) => Promise<Response>;

export interface WorldOptions {
  seed: number;
  applications: WorldApplication[];
  /** How likely a handler stops at any one of its calls to the outside, and an alarm is lost for good, 0–1. */
  stops: number;
  lostAlarms: number;
  receive: (clock: VirtualClock, random: () => number) => Receiver;
}

const SWEEP_MS = 60_000;
/** Alarms that ended in a crash are repeated by the platform, from 2 s on. */
const ALARM_REPEAT_MS = 2_000;
const START = Date.UTC(2026, 10, 23);

/** The webhook engine around its real core: objects, D1, alarms and the sweep in memory, in virtual time. */
export type WebhookWorld = ReturnType<typeof createWebhookWorld>;

export function createWebhookWorld(options: WorldOptions) {
  const random = seeded(options.seed);
  const clock = createVirtualClock(START);
  const receive = options.receive(clock, random);
  const applications = new Map(options.applications.map((application) => [application.id, application]));
  const objects = new Map<string, WorldObject>();
  const rows = new Map<string, StoredRow>();
  const sweeps = new Map<string, number>();
  const healths = new Map<number, EndpointHealth>();
  const recoveries: Recovery[] = [];
  const counts = { d1Writes: 0, healthWrites: 0, stops: 0, lostAlarms: 0, wakes: 0, alarms: 0, requests: 0 };

  const begin = (stops: number): Life => newLife(stops, random, () => (counts.stops += 1));

  const readHealth = async (applicationId: number): Promise<EndpointHealth> => healths.get(applicationId) ?? HEALTHY;
  async function writeHealth(applicationId: number, health: EndpointHealth): Promise<boolean> {
    counts.healthWrites += 1;
    if ((healths.get(applicationId) ?? HEALTHY).version !== health.version - 1) return false;
    healths.set(applicationId, health);
    return true;
  }

  function setSweep(recordId: string, sweepAt: number | null): void {
    if (sweepAt === null) sweeps.delete(recordId);
    else sweeps.set(recordId, sweepAt);
  }

  const depsOf = (applicationId: number, { outside }: Life): WebhookDeps => ({
    now: clock.now,
    random,
    readHealth: (id) => outside(() => readHealth(id)),
    writeHealth: (id, health) => outside(() => writeHealth(id, health)),
    readEndpoint: (id) =>
      outside(async () => {
        const application = applications.get(id)!;
        const now = clock.now();
        const live = application.keys.filter((key) => key.from <= now && key.revokedAt > now);
        const [newest, ...older] = live.map(({ secret }) => secret).toReversed();
        const health = await readHealth(id);
        return {
          url: `https://hooks.example.com/${id}`,
          events: application.events,
          keys: [newest!, ...older],
          health,
        };
      }),
    allowUrl: async (url) =>
      ok({
        url: new URL(url),
        call: (init) =>
          outside(async () => {
            counts.requests += 1;
            const headers = init.headers as Record<string, string>;
            const attempt = Number(headers["x-webhook-attempt"]);
            const id = headers["webhook-id"] ?? "";
            return receive({
              applicationId,
              eventId: id,
              attempt,
              headers,
              body: init.body as string,
              at: clock.now(),
            });
          }),
      }),
    recordDelivery: (record, entry, sweepAt) =>
      outside(() => {
        counts.d1Writes += 1;
        const { status, attempts, dueAt } = entry.delivery;
        const { eventType, body, createdAt } = entry;
        rows.set(entry.eventId, {
          eventId: entry.eventId,
          recordId: record.id,
          applicationId,
          eventType,
          createdAt,
          body: rows.get(entry.eventId)?.body ?? body,
          status,
          attempts,
          revision: entry.revision,
          nextAttemptAt: dueAt,
        });
        setSweep(record.id, sweepAt);
      }),
    countAttempt: () => undefined,
    scheduleSweep: ({ id }, sweepAt) =>
      outside(() => {
        counts.d1Writes += 1;
        setSweep(id, sweepAt);
      }),
  });

  const portOf = (id: string, life: Life): OutboxPort => {
    const due = (): number | null => nextAttempt(objects.get(id)?.outbox ?? [])?.dueAt ?? null;
    return {
      load: () => objects.get(id)?.outbox ?? [],
      record: () => pendingRecord({ id, applicationId: objects.get(id)!.applicationId, status: "completed" }),
      sweepAt: () => {
        const at = due();
        return at === null ? null : at + ALARM_GRACE_MS;
      },
      save(entry) {
        life.check();
        const object = objects.get(id)!;
        object.outbox = object.outbox
          .map((kept) => (kept.eventId === entry.eventId ? entry : kept))
          .filter((kept) => !(kept.recorded && isSettled(kept.delivery)));
      },
    };
  };

  function setAlarm(id: string, time: number): void {
    const object = objects.get(id)!;
    object.alarmAt = time;
    clock.at(time, () => ring(id, time));
  }

  /** One alarm, as the record's object handles it; a stop is repeated by the platform, unless its alarm is lost. */
  async function ring(id: string, time: number): Promise<void> {
    const object = objects.get(id)!;
    // An alarm that is due while one runs comes after it.
    if (object.alarmAt !== time || object.running) return;
    object.alarmAt = null;
    if (random() < options.lostAlarms) {
      counts.lostAlarms += 1;
      return;
    }
    counts.alarms += 1;
    object.running = true;
    const life = begin(options.stops);
    try {
      await deliverDue(portOf(id, life), depsOf(object.applicationId, life));
      const due = nextAttempt(object.outbox)?.dueAt ?? null;
      if (due !== null) setAlarm(id, due);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      setAlarm(id, clock.now() + ALARM_REPEAT_MS);
    } finally {
      object.running = false;
      const missed = object.alarmAt;
      if (missed !== null && missed <= clock.now()) clock.at(clock.now(), () => ring(id, missed));
    }
  }

  async function wake(id: string): Promise<void> {
    counts.wakes += 1;
    const object = objects.get(id);
    if (object === undefined || object.outbox.length === 0) return setSweep(id, null);
    releaseHeld(portOf(id, begin(0)), clock.now());
    setAlarm(id, clock.now());
  }

  async function repair(recordId: string, decide: (outbox: readonly OutboxEntry[]) => ReturnType<typeof recover>) {
    const object = objects.get(recordId)!;
    const { outbox, outcome } = decide(object.outbox);
    if (outcome !== "queued") return { outcome };
    object.outbox = outbox;
    setAlarm(recordId, clock.now());
    const life = begin(options.stops);
    await orStopped(recordOutcomes(portOf(recordId, life), depsOf(object.applicationId, life)));
    return { outcome };
  }

  const ofStatus = (applicationId: number, ...statuses: DeliveryStatus[]): StoredRow[] =>
    [...rows.values()].filter((row) => row.applicationId === applicationId && statuses.includes(row.status));

  /** One sweep: the standing records, the endpoints, the recoveries. Any of them may stop halfway. */
  async function sweep(): Promise<void> {
    const now = clock.now();
    for (const [id, at] of sweeps) {
      if (at > now) continue;
      sweeps.set(id, now + 2 * SWEEP_MS);
      await wake(id);
    }
    // A sweep makes a hundred times as many calls as an object.
    const { outside } = begin(options.stops / 100);
    const all = [...healths].map(([applicationId, health]) => ({ applicationId, health }));
    await orStopped(
      maintainEndpoints({
        now: clock.now,
        readHealth,
        writeHealth,
        wake: (id) => outside(() => wake(id)),
        endpointsToRelease: async () => all.filter(({ health }) => health.releasing),
        endpointsToProbe: async (at) => all.filter(({ health }) => health.probeAt !== null && health.probeAt <= at),
        heldDeliveries: async (applicationId, dueBy, after, limit) =>
          ofStatus(applicationId, "held")
            .map(({ recordId, eventId: id, nextAttemptAt }) => ({ recordId, eventId: id, dueAt: nextAttemptAt ?? 0 }))
            .filter(({ dueAt, eventId: id }) => dueAt <= dueBy && isBehind(after, dueAt, id))
            .sort((a, b) => a.dueAt - b.dueAt || (a.eventId < b.eventId ? -1 : 1))
            .slice(0, limit),
      }),
    );
    await orStopped(continueRecoveries(recoveryPortsOf(begin(options.stops / 100))));
  }

  const recoveryPortsOf = ({ outside }: Life): RecoveryPorts => ({
    now: clock.now,
    runningRecoveries: async () => recoveries.filter((job) => job.finishedAt === null),
    givenUpDeliveries: async (job: Recovery, limit: number) =>
      ofStatus(job.applicationId, "exhausted", "undelivered")
        .filter((row) => row.createdAt >= job.since && row.createdAt <= job.until)
        .filter((row) => row.createdAt > job.cursorAt || (row.createdAt === job.cursorAt && row.eventId > job.cursorId))
        .sort((a, b) => a.createdAt - b.createdAt || (a.eventId < b.eventId ? -1 : 1))
        .slice(0, limit),
    recover: (recordId: string, id: string, until: number) =>
      outside(() => repair(recordId, (outbox) => recover(outbox, rows.get(id) ?? null, until, clock.now()))),
    saveRecovery: async (from: Recovery, next: Recovery) => {
      recoveries[recoveries.indexOf(from)] = next;
      return true;
    },
  });

  const isQuiet = (): boolean =>
    [...objects.values()].every(({ outbox }) => outbox.every(({ delivery }) => isSettled(delivery))) &&
    recoveries.every((job) => job.finishedAt !== null);

  return {
    clock,
    random,
    rows,
    objects,
    healths,
    recoveries,
    counts,
    /** Nothing is left to be sent, and no recovery runs. */
    isQuiet,
    /**
     * Objects that still hold something. One that is stopped between D1's write and its own note of it, and whose
     * repeated alarm is lost as well, is not told of anything any more: its event has ended, its storage stays.
     */
    leftovers: (): number => [...objects.values()].filter(({ outbox }) => outbox.length > 0).length,
    /** Something happens to a record: its event goes into the outbox, the alarm is set, D1 has the sweep's time. */
    announce(applicationId: number, recordId: string, version: number, eventType: string): string {
      const now = clock.now();
      const object = objects.get(recordId) ?? { applicationId, outbox: [], alarmAt: null, running: false };
      objects.set(recordId, object);
      const id = eventId(recordId, version);
      const body = JSON.stringify({ record_id: recordId, status: eventType, version, noise: random() });
      object.outbox = inOrder([...object.outbox, newEntry({ eventId: id, eventType, body, createdAt: now })]);
      setAlarm(recordId, now);
      setSweep(recordId, now + ALARM_GRACE_MS);
      return id;
    },
    resend: (recordId: string, id: string) =>
      repair(recordId, (outbox) => resend(outbox, id, rows.get(id) ?? null, clock.now())),
    /** Lets time pass, with a sweep every minute. */
    async run(ms: number): Promise<void> {
      const end = clock.now() + ms;
      while (clock.now() < end) {
        await clock.run(Math.min(end, clock.now() + SWEEP_MS));
        clock.at(clock.now(), sweep);
      }
      await clock.run(end);
    },
  };
}

const isBehind = (after: { dueAt: number; eventId: string } | null, dueAt: number, id: string): boolean =>
  after === null || dueAt > after.dueAt || (dueAt === after.dueAt && id > after.eventId);
