import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signLogin } from "../../../src/client/index.ts";

const input = { applicationId: 1, userId: "ada", hmacKey: "local-hmac-key-0123456789" };
const hmac = (text: string) => createHmac("sha256", input.hmacKey).update(text).digest("hex");

describe("a signed login", () => {
  it("signs the time together with the user", async () => {
    expect(await signLogin({ ...input, timestamp: 1_700_000_000 })).toEqual({
      application_id: 1,
      application_user_id: "ada",
      timestamp: 1_700_000_000,
      signature: hmac("1700000000.ada"),
    });
  });

  it("takes the present time when none is given", async () => {
    const before = Math.floor(Date.now() / 1000);
    const { timestamp = 0, signature } = await signLogin(input);
    expect(timestamp).toBeGreaterThanOrEqual(before);
    expect(timestamp).toBeLessThanOrEqual(Date.now() / 1000);
    expect(signature).toBe(hmac(`${timestamp}.ada`));
  });

  it("signs the user alone for an application that still does so", async () => {
    const login = { application_id: 1, application_user_id: "ada", signature: hmac("ada") };
    expect(await signLogin({ ...input, timestamp: null })).toEqual(login);
  });
});
