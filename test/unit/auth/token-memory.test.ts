import { describe, expect, it, vi } from "vitest";
import type { Keyring } from "../../../src/applications/keys/keyring.ts";
import { rememberTokens, type VerifyToken } from "../../../src/auth/token-memory.ts";
import { fail, ok } from "../../../src/result.ts";

const KEYS: Keyring = [{ id: "k1", secret: "secret" }];
const EXPIRES_AT = 1_000_000;
const ADA = { applicationId: 1, userId: "ada", issuedAt: 0, expiresAt: EXPIRES_AT };

/** Finds "good" and nothing else good, until it expires. */
const verify = () =>
  vi.fn<VerifyToken>(async (token, _, now) => {
    if (now >= EXPIRES_AT) return fail("expired_token");
    return token.startsWith("good") ? ok(ADA) : fail("invalid_token");
  });

describe("an isolate's memory of tokens", () => {
  it("looks at a good token's signature once", async () => {
    const look = verify();
    const remembering = rememberTokens(look);
    for (let poll = 0; poll < 3; poll++) expect(await remembering("good", KEYS, poll)).toEqual(ok(ADA));
    expect(look).toHaveBeenCalledTimes(1);
  });

  it("lets no token live longer than it says", async () => {
    const remembering = rememberTokens(verify());
    expect(await remembering("good", KEYS, EXPIRES_AT - 1)).toEqual(ok(ADA));
    expect(await remembering("good", KEYS, EXPIRES_AT)).toEqual(fail("expired_token"));
  });

  it("knows a token by all of it", async () => {
    const remembering = rememberTokens(verify());
    await remembering("good", KEYS, 0);
    for (const other of ["goo", "Good", " good", "evil", ""]) {
      expect(await remembering(other, KEYS, 0)).toEqual(fail("invalid_token"));
    }
  });

  it("looks again under other keys", async () => {
    const look = verify();
    const remembering = rememberTokens(look);
    await remembering("good", KEYS, 0);
    await remembering("good", [{ id: "k2", secret: "another" }], 0);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it("does not remember refusals", async () => {
    const look = verify();
    const remembering = rememberTokens(look);
    await remembering("evil", KEYS, 0);
    await remembering("evil", KEYS, 0);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it("holds at most 5,000 tokens", async () => {
    const look = verify();
    const remembering = rememberTokens(look);
    for (let number = 0; number <= 5_000; number++) await remembering(`good ${number}`, KEYS, 0);
    await remembering("good 5000", KEYS, 0);
    expect(look).toHaveBeenCalledTimes(5_001);
    await remembering("good 0", KEYS, 0);
    expect(look).toHaveBeenCalledTimes(5_002);
  });
});
