import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ok } from "../../../src/result.ts";
import { prepareAttempt, sendAttempt, type DeliveryPorts } from "../../../src/webhooks/deliver.ts";
import { FAULTS } from "../../support/delivery-faults.ts";
import { startFaultyEndpoint } from "../../support/node/faulty-endpoint.ts";

const KEY = "a-webhook-key-0123456789";
const body = '{"record_id":"01932c2e","dish_name":"crème brûlée 🍮"}';
/** As the outbound rules call it, without the rules: they would refuse these addresses. */
const ports: DeliveryPorts = {
  allowUrl: async (url) => ok({ url: new URL(url), call: (init) => fetch(url, { ...init, redirect: "manual" }) }),
  now: () => Date.now(),
  timeoutMs: 1_000,
};
let endpoint: Awaited<ReturnType<typeof startFaultyEndpoint>>;

beforeAll(async () => {
  endpoint = await startFaultyEndpoint();
});
afterAll(() => endpoint.close());

async function send(url: string) {
  return sendAttempt(await prepareAttempt({ url, keys: [KEY], eventId: "evt_r_3", body, number: 1 }, ports), ports);
}

describe("an attempt at an endpoint that", () => {
  it.each(FAULTS)("%s", async (_, path, expected) => {
    expect(await send(endpoint.url + path)).toMatchObject(expected);
    const got = endpoint.received.findLast((request) => request.path === path);
    const verifier = new Webhook(`whsec_${Buffer.from(KEY).toString("base64")}`);
    expect(verifier.verify(got?.body ?? "", got?.headers as Record<string, string>)).toMatchObject({
      record_id: "01932c2e",
    });
  });

  it("has a certificate that nobody trusts never gets the body", async () => {
    const before = endpoint.received.length;
    expect(await send(`${endpoint.untrustedUrl}/status/200`)).toMatchObject({
      httpStatus: null,
      error: "connection_failed",
    });
    expect(await send(`${endpoint.notTlsUrl}/status/200`)).toMatchObject({
      httpStatus: null,
      error: "connection_failed",
    });
    expect(endpoint.received).toHaveLength(before);
  });

  it("redirects is called once, and where it points never", () => {
    expect(endpoint.received.filter(({ path }) => path.startsWith("/redirect"))).toHaveLength(2);
    expect(endpoint.received.some(({ path }) => path === "/internal")).toBe(false);
  });
});
