import * as fc from "fast-check";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import type { Keyring } from "../../../src/applications/keys/keyring.ts";
import { isUserId, issueToken, verifyToken } from "../../../src/auth/tokens.ts";
import { holds } from "../../support/properties.ts";
import { TOKEN_LIFETIME_SECONDS } from "../../../src/bounds.ts";

const NOW = Date.UTC(2026, 10, 23, 10, 30, 4, 521);
const KEYS: Keyring = [
  { id: "new", secret: "new-token-key-0123456789abcdef0123456789" },
  { id: "old", secret: "old-token-key-0123456789abcdef0123456789" },
];
const ADA = { applicationId: 7, userId: "ada" };
const OLD_ONLY: Keyring = [KEYS[1] ?? KEYS[0]];

const claims = { app: 7, sub: "ada", iss: "morsel", aud: "morsel-api", iat: NOW / 1000 - 1, exp: NOW / 1000 + 60 };

/** A token that says whatever is asked, signed with one of our keys. */
const signed = (
  payload: Record<string, unknown>,
  header: Record<string, unknown> = {},
  secret = KEYS[0].secret,
): Promise<string> =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: "new", ...header })
    .sign(new TextEncoder().encode(secret));

const refusal = async (token: string, now = NOW, keys = KEYS): Promise<string> => {
  const verdict = await verifyToken(token, keys, now);
  return verdict.ok ? "good" : verdict.error;
};

describe("an access token", () => {
  it("says whose it is, when it was issued to the millisecond, and is good for a day", async () => {
    const { token, expiresAt } = await issueToken(ADA, KEYS, NOW, null);
    expect(expiresAt).toBe(Math.floor(NOW / 1000) * 1000 + 86_400_000);
    expect(TOKEN_LIFETIME_SECONDS).toBe(86_400);
    expect(await verifyToken(token, KEYS, NOW)).toEqual({ ok: true, value: { ...ADA, issuedAt: NOW, expiresAt } });
    expect(await refusal(token, expiresAt - 1000)).toBe("good");
    expect(await refusal(token, expiresAt)).toBe("expired_token");
  });

  it("lives as long as was asked for, in whole seconds", async () => {
    const { token, expiresAt } = await issueToken(ADA, KEYS, NOW, null, 90);
    expect(expiresAt).toBe(Math.floor(NOW / 1000) * 1000 + 90_000);
    expect(await refusal(token, expiresAt)).toBe("expired_token");
  });

  it("is younger than the revocation before it, even on a clock that is behind", async () => {
    for (const [revokedAt, issuedAt] of [
      [NOW - 1, NOW],
      [NOW, NOW + 1],
      [NOW + 5_000, NOW + 5_001],
    ] as const) {
      const { token } = await issueToken(ADA, KEYS, NOW, revokedAt);
      expect(await verifyToken(token, KEYS, NOW)).toMatchObject({ value: { issuedAt } });
    }
  });

  it("is signed with the newest key, named in its header, and verified with whichever of ours that is", async () => {
    const { token } = await issueToken(ADA, KEYS, NOW, null);
    expect(JSON.parse(atob(token.split(".")[0] ?? ""))).toEqual({ alg: "HS256", typ: "JWT", kid: "new" });
    const older = await issueToken(ADA, OLD_ONLY, NOW, null);
    expect(await refusal(older.token)).toBe("good");
    expect(await refusal(token, NOW, OLD_ONLY)).toBe("invalid_token");
    expect(await refusal(token, NOW, [{ ...KEYS[0], secret: "another-key-0123456789abcdef0123456789" }])).toBe(
      "invalid_token",
    );
  });

  it("is good as it was signed here", async () => {
    expect(await refusal(await signed(claims))).toBe("good");
  });

  it.each<[string, Record<string, unknown>]>([
    ["without a user", { sub: undefined }],
    ["without an application", { app: undefined }],
    ["without a time of issue", { iat: undefined }],
    ["without an expiry", { exp: undefined }],
    ["of another issuer", { iss: "somebody" }],
    ["for another audience", { aud: "another-api" }],
    ["of an application that is a text", { app: "7" }],
    ["of an application that is a fraction", { app: 7.5 }],
    ["of an application beyond all numbers", { app: 2 ** 53 }],
    ["of a user that is a number", { sub: 7 }],
    ["of a time that is a text", { iat: "now" }],
    ["of an expiry that is a text", { exp: "never" }],
  ])("is refused %s", async (_, change) => {
    expect(await refusal(await signed({ ...claims, ...change }))).toBe("invalid_token");
  });

  it.each<[string, Promise<string>]>([
    ["with a key that is named and not ours", signed(claims, { kid: "theirs" })],
    ["with no key named", signed(claims, { kid: undefined })],
    ["under another algorithm", signed(claims, { alg: "HS512" })],
    ["under the name of a key that did not sign it", signed(claims, { kid: "old" })],
    ["without any signature", signed(claims).then((token) => token.replace(/[^.]*$/, ""))],
    [
      "that says it needs none",
      signed(claims).then((token) => `${btoa('{"alg":"none","kid":"new"}')}.${token.split(".")[1] ?? ""}.`),
    ],
  ])("is refused %s", async (_, token) => {
    expect(await refusal(await token)).toBe("invalid_token");
  });

  it("throws what is no fault of the token", async () => {
    const broken = [{ id: "new", secret: null as unknown as string }] as unknown as Keyring;
    const keys = new Proxy(broken, {
      get: (target, name) =>
        name === "find"
          ? () => {
              throw new RangeError("broken");
            }
          : Reflect.get(target, name),
    });
    await expect(verifyToken(await signed(claims), keys, NOW)).rejects.toThrow("broken");
  });

  holds(
    "is read back as it was issued, whoever it is for",
    fc.asyncProperty(
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      fc.stringMatching(/^[A-Za-z0-9_.-]{1,128}$/).filter(isUserId),
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      async (applicationId, userId, now) => {
        const { token, expiresAt } = await issueToken({ applicationId, userId }, KEYS, now, null);
        expect(await verifyToken(token, KEYS, now)).toEqual({
          ok: true,
          value: { applicationId, userId, issuedAt: now, expiresAt },
        });
      },
    ),
    50,
  );

  holds(
    "is refused when anything of it was changed, and any text is refused without a throw",
    fc.asyncProperty(
      fc.nat(),
      fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.base64String(), fc.constant("..")),
      fc.boolean(),
      async (at, put, isReplaced) => {
        const { token } = await issueToken(ADA, KEYS, NOW, null);
        const place = at % token.length;
        const changed = isReplaced ? put : token.slice(0, place) + put + token.slice(place + 1);
        // The last letter of a signature holds bits that base64 leaves unused.
        if (changed === token || place === token.length - 1) return;
        expect(await refusal(changed)).toBe("invalid_token");
      },
    ),
  );
});
