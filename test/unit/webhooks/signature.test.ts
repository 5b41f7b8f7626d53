import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signWebhook, standardSignature } from "../../../src/webhooks/signature.ts";

const body = '{"record_id":"01932c2e","dish_name":"crème brûlée 🍮"}';
const input = { keys: ["local-webhook-key-0123456789"] as const, eventId: "evt_1", timestamp: 1_700_000_000, body };

describe("a webhook's signature", () => {
  it("is the hex HMAC-SHA256 of the raw body with the newest key", async () => {
    const { "x-body-signature": signature } = await signWebhook({
      ...input,
      keys: [input.keys[0], "an-older-key-0123456789"],
    });
    expect(signature).toBe(createHmac("sha256", input.keys[0]).update(body).digest("hex"));
  });

  it("is that of the known answer of Standard Webhooks' own tests", async () => {
    const key = Uint8Array.from(Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64"));
    const event = {
      eventId: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(await standardSignature(key, event)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("verifies with the standardwebhooks package under each live key", async () => {
    const keys = ["the-newest-key-0123456789", "the-older-key-0123456789"] as const;
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = { ...(await signWebhook({ ...input, keys, timestamp })) };
    for (const key of keys) {
      const verifier = new Webhook(`whsec_${Buffer.from(key).toString("base64")}`);
      expect(verifier.verify(body, headers)).toMatchObject({ record_id: "01932c2e" });
    }
    expect(() =>
      new Webhook(`whsec_${Buffer.from("a-revoked-key-0123456789").toString("base64")}`).verify(body, headers),
    ).toThrow();
  });
});
