import { FAILURES_TO_OPEN, type EndpointHealth } from "./endpoint-health.ts";

/**
 * How often a concurrent change is handled by reading again and deciding again. Someone wins each time, and failures
 * change nothing once the circuit is open: however many come at once, the first ten are counted.
 */
const MAX_TRIES = FAILURES_TO_OPEN + 2;

/** Where the health of endpoints is kept. */
export interface HealthPorts {
  /** How the application's endpoint is doing; `HEALTHY` when it has never failed. */
  readHealth(applicationId: number): Promise<EndpointHealth>;
  /**
   * Stores the health if its predecessor, the version before, is still the stored one; returns whether it did. `before`
   * is that predecessor, if the change may have to be reported to operators.
   */
  writeHealth(applicationId: number, health: EndpointHealth, before?: EndpointHealth): Promise<boolean>;
}

/**
 * Changes an endpoint's health by a pure rule and returns what it is then. A rule that changes nothing writes nothing.
 * When others keep changing it first, this change is lost: they have reported the same, and it is reported again soon.
 */
export async function changeHealth(
  applicationId: number,
  change: (health: EndpointHealth) => EndpointHealth,
  ports: HealthPorts,
): Promise<EndpointHealth> {
  let health = await ports.readHealth(applicationId);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const next = change(health);
    if (next === health || (await ports.writeHealth(applicationId, next, health))) return next;
    health = await ports.readHealth(applicationId);
  }
  return health;
}
