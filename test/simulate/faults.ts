import { FAILURES_TO_OPEN } from "../../src/webhooks/endpoint-health.ts";
import type { Cast, Tenant } from "./cast.ts";
import type { CallKind } from "./world/latency.ts";
import type { Platform } from "./world/platform.ts";

/** How much goes wrong: nothing; nothing, slowly; as in a bad week; as in the worst hour. */
export const MODES = ["quiet", "slow", "faulty", "stormy"] as const;
export type Mode = (typeof MODES)[number];

export const FAULT_RATES: Record<Mode, number> = { quiet: 0, slow: 0, faulty: 1, stormy: 4 };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** What is asked before an event is held: the circuit may close meanwhile. */
const CIRCUIT_CALLS = ["d1 insert endpoint_health", "d1 select applications"] as const;
/** The first sweep that finds somebody at work, when they come late … */
const SECOND_SWEEP_MS = 2 * MINUTE_MS;
/** … so long before it. */
const LATE_ENTRANCE_MS = SECOND_SWEEP_MS - 9000;

/**
 * Chooses what is broken in this run: outages, deployments, endpoints, models. Returns when people begin to come,
 * milliseconds after the start.
 */
export function letFail(platform: Platform, cast: Cast, mode: Mode): number {
  const { world, isolates, models } = platform;
  isolates.replaceAll(1 + world.choose(2));
  if (mode === "slow" && world.choose(2) === 1) {
    for (const tenant of cast.tenants) openCircuit(platform, tenant, world.start - 1000);
    return LATE_ENTRANCE_MS;
  }
  if (FAULT_RATES[mode] === 0) return 0;
  models.trouble = [0.05, 0.3, 0.9][world.choose(3)] ?? 0;
  const kinds: readonly CallKind[] = ["d1 write", "d1 read", "r2", "queue", "object", "model", "dns", "images"];
  const outages = world.choose(3, 0.5);
  for (let made = 0; made < outages; made++) {
    const from = world.start + world.choose(20) * 5000;
    const until = from + ([500, 5000, 40_000, 200_000][world.choose(4)] ?? 0);
    world.outages.push({ kind: kinds[world.choose(kinds.length)] ?? "d1 write", from, until });
  }
  const deployments = world.choose(3, 0.6);
  for (let made = 0; made < deployments; made++) {
    world.at(world.start + 1000 + world.choose(60) * 1500, () => platform.deploy());
  }
  const circuits = cast.tenants.filter((tenant) => letEndpointFail(platform, tenant));
  return circuits.length > 0 ? LATE_ENTRANCE_MS : 0;
}

/** True when its circuit is open. */
function letEndpointFail(platform: Platform, tenant: Tenant): boolean {
  const { world } = platform;
  const { receiver } = tenant;
  receiver.health = [0.98, 0.85, 0.5][world.choose(3)] ?? 1;
  if (world.choose(3, 0.3) === 1) {
    const from = world.start + world.choose(10) * 1000;
    receiver.down = { from, until: from + ([3000, 30_000, 200_000, 500_000][world.choose(4)] ?? 0) };
  }
  const failures = [0, 7, 9, FAILURES_TO_OPEN][world.choose(4, 0.3)] ?? 0;
  if (failures === 0) return false;
  const isLongFailing = world.choose(4) === 1;
  if (isLongFailing) tenant.mayLoseEvents = true;
  const since = world.start - (isLongFailing ? 6 * DAY_MS : 1000);
  if (failures < FAILURES_TO_OPEN) {
    setHealth(platform, tenant, { failures, since, probeAt: null });
    return false;
  }
  openCircuit(platform, tenant, since);
  return true;
}

/** A circuit that is about to close: what is held just then, and what is released, have to meet. */
function openCircuit(platform: Platform, tenant: Tenant, since: number): void {
  const { world } = platform;
  world.slowClass = world.slowClassOf(CIRCUIT_CALLS[world.choose(CIRCUIT_CALLS.length)] ?? "");
  const probeAt = world.start + SECOND_SWEEP_MS - world.choose(4) * 900;
  setHealth(platform, tenant, { failures: FAILURES_TO_OPEN, since, probeAt });
}

function setHealth(
  { tables }: Platform,
  { id }: Tenant,
  { failures, since, probeAt }: { failures: number; since: number; probeAt: number | null },
): void {
  tables.write(
    `INSERT INTO endpoint_health (application_id, version, failures, failing_since, probe_at, disabled_at, reason, releasing)
     VALUES (?, 1, ?, ?, ?, NULL, 'before', 0)`,
    id,
    failures,
    since,
    probeAt,
  );
}
