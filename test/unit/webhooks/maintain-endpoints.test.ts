import { expect, it } from "vitest";
import { afterLateHold, HEALTHY, type EndpointHealth } from "../../../src/webhooks/endpoint-health.ts";
import { changeHealth, type HealthPorts } from "../../../src/webhooks/health-store.ts";
import { maintainEndpoints, type RecordPlace } from "../../../src/webhooks/maintain-endpoints.ts";

const APPLICATION = 1;
const HELD: RecordPlace = { recordId: "soup", eventId: "evt_soup_2", dueAt: 0 };

/** An endpoint whose circuit has closed and whose events are being woken, as D1 keeps it. */
function closingEndpoint(): HealthPorts & { health: () => EndpointHealth } {
  let health: EndpointHealth = { ...HEALTHY, version: 3, releasing: true };
  return {
    health: () => health,
    readHealth: async () => health,
    writeHealth: async (_, next) => {
      if (next.version !== health.version + 1) return false;
      health = next;
      return true;
    },
  };
}

/** One sweep. `meanwhile` happens after it has looked for held events. */
const sweep = (
  endpoint: ReturnType<typeof closingEndpoint>,
  held: RecordPlace[],
  woken: string[],
  meanwhile = async () => {},
) =>
  maintainEndpoints({
    ...endpoint,
    now: () => 0,
    endpointsToRelease: async () =>
      endpoint.health().releasing ? [{ applicationId: APPLICATION, health: endpoint.health() }] : [],
    endpointsToProbe: async () => [],
    heldDeliveries: async () => {
      const found = [...held];
      await meanwhile();
      return found;
    },
    wake: async (recordId) => woken.push(recordId),
  });

it("an endpoint that holds nothing any more is done", async () => {
  const endpoint = closingEndpoint();
  await sweep(endpoint, [], []);
  expect(endpoint.health().releasing).toBe(false);
});

it("an event that is held while the sweep finds none is woken by the next", async () => {
  const endpoint = closingEndpoint();
  const held: RecordPlace[] = [];
  const woken: string[] = [];
  await sweep(endpoint, held, woken, async () => {
    held.push(HELD);
    await changeHealth(APPLICATION, afterLateHold, endpoint);
  });
  expect(endpoint.health().releasing).toBe(true);
  await sweep(endpoint, held, woken);
  expect(woken).toEqual(["soup"]);
});
