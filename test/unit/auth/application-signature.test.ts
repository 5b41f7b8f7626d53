import "../../support/node/base64.ts";
import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refuseLogin } from "../../../src/auth/application-signature.ts";
import { holds } from "../../support/properties.ts";

const NOW = 1_796_087_802_400;
const SECONDS = Math.floor(NOW / 1000);
const sign = (message: string, key = "hmac-key"): string => createHmac("sha256", key).update(message).digest("hex");
const judge = (
  login: Partial<Parameters<typeof refuseLogin>[0]>,
  application: Partial<Parameters<typeof refuseLogin>[1]> = {},
) =>
  refuseLogin(
    { userId: "ada", timestamp: null, signature: sign("ada"), ...login },
    { keys: ["hmac-key"], requireTimestamp: false, ...application },
    NOW,
  );

describe("a login that an application's server has signed", () => {
  it("is good with the HMAC of the user's id, in hex of either case, by any live key", async () => {
    expect(await judge({})).toBeNull();
    expect(await judge({ signature: sign("ada").toUpperCase() })).toBeNull();
    expect(await judge({}, { keys: ["other", "hmac-key"] })).toBeNull();
  });

  it.each([
    ["of another user", sign("bob")],
    ["by another key", sign("ada", "other")],
    ["that lacks a digit", sign("ada").slice(1)],
    ["with a digit too many", `${sign("ada")}0`],
    ["with something in front", ` ${sign("ada")}`],
    ["in base64", Buffer.from(sign("ada"), "hex").toString("base64")],
    ["that is empty", ""],
  ])("is refused with a signature %s", async (_, signature) => {
    expect(await judge({ signature })).toBe("wrong_signature");
  });

  it("is refused where no key is live", async () => {
    expect(await judge({}, { keys: [] })).toBe("wrong_signature");
  });

  it.each([
    [SECONDS, null],
    [SECONDS - 299, null],
    [SECONDS + 300, null],
    [SECONDS - 300, "timestamp_off"],
    [SECONDS + 301, "timestamp_off"],
    [0, "timestamp_off"],
  ])("with the time %s is judged %s", async (timestamp, verdict) => {
    expect(await judge({ timestamp, signature: sign(`${timestamp}.ada`) })).toBe(verdict);
  });

  it("with a time is signed over the time too, and must have one where the application asks for it", async () => {
    expect(await judge({ timestamp: SECONDS })).toBe("wrong_signature");
    expect(await judge({}, { requireTimestamp: true })).toBe("timestamp_required");
    const timed = { timestamp: SECONDS, signature: sign(`${SECONDS}.ada`) };
    expect(await judge(timed, { requireTimestamp: true })).toBeNull();
  });

  holds(
    "is refused with any other text for a signature, without a throw",
    fc.asyncProperty(
      fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[0-9a-f]{64}$/)),
      async (signature) => {
        expect(await judge({ signature })).toBe("wrong_signature");
      },
    ),
  );
});
