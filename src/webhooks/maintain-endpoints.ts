import { afterRelease, type EndpointHealth } from "./endpoint-health.ts";
import type { HealthPorts } from "./health-store.ts";

/**
 * How many objects are woken at the same time, and how often in one sweep for one application: its own share, no more.
 */
const PAGE_SIZE = 90;
const PAGES_PER_ENDPOINT = 5;
/** How many applications' events are woken in one sweep: a sweep may make 10,000 calls in all. */
const MAX_RELEASED = 10;
/** How many circuits are probed in one sweep. */
const MAX_PROBED = 90;

/** A held event: its record, and where it stands in the order of their planned times (Unix milliseconds). */
export interface RecordPlace {
  recordId: string;
  eventId: string;
  dueAt: number;
}

/** Dependencies of tending the endpoints. */
export interface EndpointMaintenancePorts extends HealthPorts {
  endpointsToRelease(limit: number): Promise<{ applicationId: number; health: EndpointHealth }[]>;
  endpointsToProbe(now: number, limit: number): Promise<{ applicationId: number; health: EndpointHealth }[]>;
  heldDeliveries(
    applicationId: number,
    dueBy: number,
    after: RecordPlace | null,
    limit: number,
  ): Promise<RecordPlace[]>;
  wake(recordId: string): Promise<unknown>;
  now: () => number;
}

/**
 * Wakes what the circuits hold: one event of each endpoint that is due for a probe, regardless of its record, and all
 * of those whose circuit has closed, some hundreds at a time. Nothing is written here but that an endpoint has no more
 * of them, so that the next sweep completes a partial one; an object that is woken twice checks twice. Returns how many
 * objects it woke.
 */
export async function maintainEndpoints(ports: EndpointMaintenancePorts): Promise<number> {
  let woken = 0;
  for (const { applicationId, health } of await ports.endpointsToRelease(MAX_RELEASED)) {
    woken += await releaseHeld(applicationId, health, ports);
  }
  const now = ports.now();
  const probed = await ports.endpointsToProbe(now, MAX_PROBED);
  const firsts = await Promise.all(
    probed.map(({ applicationId }) => ports.heldDeliveries(applicationId, now, null, 1)),
  );
  return woken + (await wakeAll(firsts.flat(), ports));
}

/** `health`: as it was before the held events were looked for. If another was held since, it has changed, and stays. */
async function releaseHeld(
  applicationId: number,
  health: EndpointHealth,
  ports: EndpointMaintenancePorts,
): Promise<number> {
  let woken = 0;
  let last: RecordPlace | null = null;
  for (let page = 0; page < PAGES_PER_ENDPOINT; page++) {
    const held: RecordPlace[] = await ports.heldDeliveries(applicationId, Number.MAX_SAFE_INTEGER, last, PAGE_SIZE);
    // Only an empty first page is the end: what was woken is held until D1 has heard of its attempt.
    if (page === 0 && held.length === 0) await ports.writeHealth(applicationId, afterRelease(health), health);
    woken += await wakeAll(held, ports);
    last = held.at(-1) ?? null;
    if (held.length < PAGE_SIZE) break;
  }
  return woken;
}

async function wakeAll(held: readonly RecordPlace[], ports: EndpointMaintenancePorts): Promise<number> {
  const records = [...new Set(held.map(({ recordId }) => recordId))];
  await Promise.all(records.map((recordId) => ports.wake(recordId)));
  return records.length;
}
