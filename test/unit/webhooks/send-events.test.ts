import { describe, expect, it } from "vitest";
import { fail, ok } from "../../../src/result.ts";
import { HEALTHY, type EndpointHealth } from "../../../src/webhooks/endpoint-health.ts";
import type { OutboundRefusal } from "../../../src/outbound/outbound.ts";
import { newEntry, type OutboxEntry } from "../../../src/webhooks/outbox.ts";
import type { OutboxPort, WebhookDeps } from "../../../src/webhooks/send-events.ts";
import { deliverDue } from "../../support/deliver-due.ts";
import { pendingRecord } from "../../support/records.ts";

const NOW = 1_000;
const entry: OutboxEntry = newEntry({ eventId: "evt_r_3", eventType: "completed", body: "{}", createdAt: 0 });

interface Scene {
  entries?: OutboxEntry[];
  health?: EndpointHealth;
  events?: string[];
  refusal?: OutboundRefusal;
  /** Happens while the endpoint is looked up, or its name is resolved. */
  whileReading?: (entries: { clear: () => void }) => void;
  whileResolving?: (entries: { clear: () => void }) => void;
  writeHealth?: WebhookDeps["writeHealth"];
  readHealth?: WebhookDeps["readHealth"];
}

/** An outbox in memory, and everything that is asked of the outside, in order. */
function setUp(scene: Scene = {}) {
  let entries = scene.entries ?? [entry];
  const calls: string[] = [];
  const outbox: OutboxPort = {
    load: () => entries,
    save: (changed) => (entries = entries.map((kept) => (kept.eventId === changed.eventId ? changed : kept))),
    record: () => pendingRecord({ status: "completed" }),
    sweepAt: () => null,
  };
  const note = (call: string): void => void calls.push(call);
  const deps: WebhookDeps = {
    now: () => NOW,
    random: () => 0.5,
    async allowUrl(url) {
      scene.whileResolving?.({ clear: () => (entries = []) });
      if (scene.refusal !== undefined) return fail(scene.refusal);
      const call = async (): Promise<Response> => {
        note("fetch");
        return new Response("ok");
      };
      return ok({ url: new URL(url), call });
    },
    async readEndpoint() {
      note("readEndpoint");
      scene.whileReading?.({ clear: () => (entries = []) });
      const { events = ["completed"], health = HEALTHY } = scene;
      return { url: "https://hooks.example.com/a", events, keys: ["a-webhook-key-0123456789"], health };
    },
    async readHealth() {
      note("readHealth");
      return scene.readHealth?.(1) ?? scene.health ?? HEALTHY;
    },
    async writeHealth(id, health) {
      note("writeHealth");
      return scene.writeHealth?.(id, health) ?? true;
    },
    async recordDelivery(_, { delivery }) {
      note(`recordDelivery ${delivery.status}`);
    },
    countAttempt: () => undefined,
    async scheduleSweep() {
      note("scheduleSweep");
    },
  };
  return { run: () => deliverDue(outbox, deps), calls, delivery: () => entries[0]?.delivery };
}

describe("an event that is due", () => {
  it("is claimed, sent, closed and told to D1, and costs a healthy endpoint nothing else", async () => {
    const { run, calls, delivery } = setUp();
    await run();
    expect(calls).toEqual(["readEndpoint", "fetch", "recordDelivery delivered"]);
    expect(delivery()).toMatchObject({
      status: "delivered",
      attempts: [{ number: 1, httpStatus: 200, request: { headers: { "webhook-id": "evt_r_3" } } }],
    });
  });

  it("is not sent when the record is deleted while its endpoint is looked up", async () => {
    const { run, calls } = setUp({ whileReading: ({ clear }) => clear() });
    await run();
    expect(calls).toEqual(["readEndpoint"]);
  });

  it("is not sent when the record is deleted while the endpoint's name is resolved", async () => {
    const { run, calls } = setUp({ whileResolving: ({ clear }) => clear() });
    await run();
    expect(calls).toEqual(["readEndpoint"]);
  });

  it("is dropped when the application does not want it, and D1 keeps nothing of it", async () => {
    const { run, calls, delivery } = setUp({ events: ["failed"] });
    await run();
    expect(calls).toEqual(["readEndpoint", "scheduleSweep"]);
    expect(delivery()?.status).toBe("dropped");
  });

  it("is held while the circuit is open, without a request", async () => {
    const { run, calls, delivery } = setUp({ health: { ...HEALTHY, version: 9, failures: 10, probeAt: NOW + 1 } });
    await run();
    expect(calls).toEqual(["readEndpoint", "recordDelivery held", "readHealth"]);
    expect(delivery()?.dueAt).toBe(0);
  });

  it("is looked at again when D1 failed right after the hold was recorded: the circuit may have closed", async () => {
    const health = { ...HEALTHY, version: 9, failures: 10, probeAt: NOW + 1 };
    let failures = 1;
    const written: EndpointHealth[] = [];
    const { run, calls } = setUp({
      health,
      readHealth: async () => {
        if (failures-- > 0) throw new Error("D1 is down");
        return { ...HEALTHY, version: 11 };
      },
      writeHealth: async (_, changed) => written.push(changed) > 0,
    });
    await expect(run()).rejects.toThrow("D1 is down");
    await run();
    expect(calls.slice(-3)).toEqual(["recordDelivery held", "readHealth", "writeHealth"]);
    expect(written).toMatchObject([{ version: 12, releasing: true }]);
  });

  it("is the probe when one is due and nobody else has claimed it", async () => {
    const health = { ...HEALTHY, version: 9, failures: 10, failingSince: 0, probeAt: NOW };
    const won = setUp({ health });
    await won.run();
    expect(won.calls.slice(0, 3)).toEqual(["readEndpoint", "writeHealth", "fetch"]);
    const lost = setUp({ health, writeHealth: async () => false });
    await lost.run();
    expect(lost.calls).not.toContain("fetch");
    expect(lost.delivery()?.status).toBe("held");
  });

  it("is kept as undelivered while the endpoint is disabled", async () => {
    const { run, calls, delivery } = setUp({ health: { ...HEALTHY, version: 9, failures: 10, disabledAt: 1 } });
    await run();
    expect(calls).toEqual(["readEndpoint", "recordDelivery undelivered"]);
    expect(delivery()?.attempts).toEqual([]);
  });

  it("counts against the endpoint when it fails, and not when the name service is down", async () => {
    const refused = setUp({ refusal: "not_public" });
    await refused.run();
    expect(refused.calls).toContain("writeHealth");
    const unlucky = setUp({ refusal: "resolver_unavailable" });
    await unlucky.run();
    expect(unlucky.calls).not.toContain("writeHealth");
    expect(unlucky.delivery()?.attempts[0]?.error).toContain("DNS did not respond");
  });
});
