import { describe, expect, it } from "vitest";
import { LOCAL_SECRETS, weaknessOf } from "../../src/secrets.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

describe("a secret", () => {
  it("that is random is not weak", () => {
    for (let tries = 0; tries < 200; tries++) {
      expect(weaknessOf(base64(random(24)))).toBeNull();
      expect(weaknessOf(Buffer.from(random(16)).toString("hex"))).toBeNull();
      const key = random(32);
      expect(weaknessOf(base64(key), key)).toBeNull();
    }
  });

  it.each([
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabcabcabcabcabcabcabc",
    "correct-horse-password-1",
    "Changeme-changeme-1",
    "change_me_before_deploying",
    "your-admin-token-here",
    "my-super-admin-token",
    "1234567890abcdefghij",
    "an-example-token-xyz",
    LOCAL_SECRETS.ADMIN_TOKEN,
    LOCAL_SECRETS.TOKEN_KEYS.replace("local:", ""),
  ])("is weak as %s", (secret) => {
    expect(weaknessOf(secret)).not.toBeNull();
  });

  it("of zeros, or of a few bytes again and again, is weak", () => {
    const repeated = Uint8Array.from({ length: 32 }, (_, place) => place % 5);
    for (const key of [new Uint8Array(32), repeated]) expect(weaknessOf(base64(key), key)).toMatch(/repeats itself/);
    expect(weaknessOf(LOCAL_SECRETS.MASTER_KEYS.replace("local:", ""), random(32))).toMatch(/npm start/);
  });
});
