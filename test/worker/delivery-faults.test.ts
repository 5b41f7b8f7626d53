import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, inject, it } from "vitest";
import { ok } from "../../src/result.ts";
import { prepareAttempt, sendAttempt, type DeliveryPorts } from "../../src/webhooks/deliver.ts";
import { FAULTS } from "../support/delivery-faults.ts";

const KEY = "a-webhook-key-0123456789";
const body = '{"record_id":"01932c2e","dish_name":"crème brûlée 🍮"}';
/** As the outbound rules call it, without the rules: they would refuse these addresses. */
const ports: DeliveryPorts = {
  allowUrl: async (url) =>
    ok({ url: new URL(url), call: (init) => env.LOOPBACK.fetch(url, { ...init, redirect: "manual" }) }),
  now: () => Date.now(),
  timeoutMs: 1_000,
};
const { url: endpointUrl, untrustedUrl, notTlsUrl } = inject("faultyEndpoint");

async function send(url: string, eventId: string) {
  return sendAttempt(await prepareAttempt({ url, keys: [KEY], eventId, body, number: 1 }, ports), ports);
}

interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}
const received = async (): Promise<Received[]> => (await env.LOOPBACK.fetch(`${endpointUrl}/received`)).json();

describe("an attempt by workerd, on real sockets, at an endpoint that", () => {
  it.each(FAULTS)("%s", async (_, path, expected) => {
    const eventId = `evt_r_${FAULTS.findIndex((fault) => fault[1] === path)}`;
    expect(await send(endpointUrl + path, eventId)).toMatchObject(expected);
    const got = (await received()).filter(({ headers }) => headers["webhook-id"] === eventId);
    expect(got).toHaveLength(1);
    const verifier = new Webhook(`whsec_${btoa(KEY)}`);
    expect(verifier.verify(got[0]?.body ?? "", got[0]?.headers ?? {})).toMatchObject({ record_id: "01932c2e" });
  });

  it("has a certificate that nobody trusts, or none, never gets the body", async () => {
    for (const url of [untrustedUrl, notTlsUrl]) {
      expect(await send(`${url}/status/200`, "evt_tls_1")).toMatchObject({
        httpStatus: null,
        error: "connection_failed",
      });
    }
    expect((await received()).some(({ headers }) => headers["webhook-id"] === "evt_tls_1")).toBe(false);
  });

  it("redirects inside is not followed there", async () => {
    expect((await received()).some(({ path }) => path === "/internal")).toBe(false);
  });
});
