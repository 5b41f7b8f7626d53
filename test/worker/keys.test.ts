import { describe, expect, it } from "vitest";
import type { Keyring } from "../../src/applications/keys/keyring.ts";
import type { SealedKey } from "../../src/applications/application.ts";
import { openKey, resealKey, sealKey, type KeyOwner } from "../../src/applications/keys/key-sealing.ts";
import { subjectsOf } from "../../src/auth/subject.ts";
import { issueToken, verifyToken } from "../../src/auth/tokens.ts";
import { parseConfig } from "../../src/config.ts";
import { sealUnbound } from "../support/worker/sealed-keys.ts";

const masterKey = (id: string, byte: number) => ({ id, secret: new Uint8Array(32).fill(byte).toBase64() });
const old: Keyring = [masterKey("old", 1)];
const rotated: Keyring = [masterKey("new", 2), masterKey("old", 1)];
const random = (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array);

const owner = { applicationId: 7, purpose: "hmac" } as const;

describe("an application's key", () => {
  it("is opened with the master key it was sealed under, also after a rotation", async () => {
    const sealed = await sealKey("tenant-hmac-key-0123456789", owner, old, 1_000, random);
    expect(JSON.stringify(sealed)).not.toContain("tenant-hmac-key");
    expect(sealed).toMatchObject({ id: expect.stringMatching(/^key_/), masterKeyId: "old", createdAt: 1_000 });
    expect(sealed.expiresAt).toBeNull();
    expect(await openKey(sealed, owner, rotated)).toBe("tenant-hmac-key-0123456789");
    expect((await sealKey("x", owner, rotated, 1, random)).masterKeyId).toBe("new");
  });

  it("cannot be opened when it was altered, or when its master key is gone", async () => {
    const sealed = await sealKey("tenant-hmac-key-0123456789", owner, old, 1_000, random);
    const altered = { ...sealed, ciphertext: sealed.ciphertext.replace(/^./, (first) => (first === "A" ? "B" : "A")) };
    await expect(openKey(altered, owner, old)).rejects.toThrow();
    await expect(openKey(sealed, owner, [masterKey("new", 2)])).rejects.toThrow("MASTER_KEYS has no key named old");
  });

  it.each<[string, (sealed: SealedKey) => [SealedKey, KeyOwner]]>([
    ["to another application", (sealed) => [sealed, { ...owner, applicationId: 8 }]],
    ["to another purpose", (sealed) => [sealed, { ...owner, purpose: "webhook" }]],
    ["under another id", (sealed) => [{ ...sealed, id: "key_other" }, owner]],
    ["where keys have no id", ({ id: _id, ...sealed }) => [sealed, owner]],
  ])("cannot be opened when it was moved %s", async (_, move) => {
    const sealed = await sealKey("tenant-hmac-key-0123456789", owner, old, 1_000, random);
    await expect(openKey(...move(sealed), old)).rejects.toThrow();
  });

  it("that was sealed before keys were bound is opened, and bound when it is sealed anew", async () => {
    const unbound = await sealUnbound("tenant-hmac-key-0123456789", old[0]);
    expect(await openKey(unbound, owner, rotated)).toBe("tenant-hmac-key-0123456789");
    const resealed = await resealKey({ ...unbound, expiresAt: 5 }, owner, rotated, random);
    expect(resealed).toMatchObject({ id: expect.any(String), masterKeyId: "new", createdAt: 1, expiresAt: 5 });
    expect(await openKey(resealed, owner, rotated)).toBe("tenant-hmac-key-0123456789");
    await expect(openKey(resealed, { ...owner, applicationId: 8 }, rotated)).rejects.toThrow();
  });

  it("is sealed differently every time", async () => {
    const [a, b] = await Promise.all([sealKey("same", owner, old, 1, random), sealKey("same", owner, old, 1, random)]);
    expect(a.ciphertext).not.toBe(b.ciphertext);
    expect(a.id).not.toBe(b.id);
  });
});

describe("a token key", () => {
  const first: Keyring = [{ id: "k1", secret: "first-token-key-0123456789abcdef0123" }];
  const second: Keyring = [{ id: "k2", secret: "second-token-key-0123456789abcdef012" }, first[0]];

  it("can be rotated without ending the tokens that are out", async () => {
    const { token, expiresAt } = await issueToken({ applicationId: 7, userId: "ada" }, first, 1_800_000_000_123, null);
    expect(await verifyToken(token, second, 1_800_000_000_123)).toEqual({
      ok: true,
      value: { applicationId: 7, userId: "ada", issuedAt: 1_800_000_000_123, expiresAt },
    });
    expect(await verifyToken(token, [second[0]], 1_800_000_000_123)).toEqual({ ok: false, error: "invalid_token" });
  });

  it("signs tokens that live for 24 hours, to the second", async () => {
    const now = 1_800_000_000_000;
    const { token, expiresAt } = await issueToken({ applicationId: 7, userId: "ada" }, first, now, null);
    expect(expiresAt).toBe(now + 86_400_000);
    expect((await verifyToken(token, first, expiresAt - 1_000)).ok).toBe(true);
    expect(await verifyToken(token, first, expiresAt)).toEqual({ ok: false, error: "expired_token" });
  });
});

describe("the name of a user that outlives the user", () => {
  const ada = { applicationId: 7, userId: "ada" };

  it("is found again after the master key was rotated", async () => {
    const [stored] = await subjectsOf(ada, old);
    expect(await subjectsOf(ada, rotated)).toContain(stored);
  });

  it("is another one for each user, application and master key", async () => {
    const names = await Promise.all([
      subjectsOf(ada, rotated),
      subjectsOf({ ...ada, userId: "bob" }, rotated),
      subjectsOf({ ...ada, applicationId: 8 }, rotated),
    ]);
    expect(new Set(names.flat()).size).toBe(6);
  });
});

describe("the configuration", () => {
  const good = {
    TOKEN_KEYS: "k1:token-key-0123456789abcdef0123456789",
    MASTER_KEYS: `m1:${Uint8Array.from({ length: 32 }, (_, byte) => 7 * byte).toBase64()}`,
    ADMIN_TOKEN: "an-admin-token-0123456789",
    PRECISE_MODELS: "@cf/a/b, @cf/c/d",
    TRANSLATION_MODEL: "@cf/e/f",
    FAST_MODELS: "@cf/a/b",
    LABEL_MODELS: "@cf/a/b",
  };

  it("is read once into types", () => {
    expect(parseConfig({ ...good, PUBLIC_URL: "https://morsel.example.com/" })).toMatchObject({
      ok: true,
      value: {
        publicUrl: "https://morsel.example.com",
        models: { precise: ["@cf/a/b", "@cf/c/d"], fast: ["@cf/a/b"], text: [] },
        translationModel: "@cf/e/f",
        allowLoopbackHttp: false,
        operations: null,
      },
    });
  });

  it.each([
    [{ TOKEN_KEYS: undefined }, "TOKEN_KEYS is not set"],
    [{ TOKEN_KEYS: "k1:short" }, "TOKEN_KEYS has a key shorter than 32 bytes"],
    [{ MASTER_KEYS: "m1:bm90IDMyIGJ5dGVz" }, "MASTER_KEYS needs base64 of 32 bytes after each id"],
    [{ MASTER_KEYS: "m1:%%%" }, "MASTER_KEYS needs base64 of 32 bytes after each id"],
    [{ ADMIN_TOKEN: "short" }, "ADMIN_TOKEN needs at least 16 characters"],
    [
      { ADMIN_TOKEN: "aaaaaaaaaaaaaaaa" },
      "ADMIN_TOKEN repeats itself: it has 1 different characters; make one with `openssl rand -base64 32`",
    ],
    [
      { ADMIN_TOKEN: "local-admin-token" },
      "ADMIN_TOKEN is the one that `npm start` uses, which everybody knows; make one with `openssl rand -base64 32`",
    ],
    [
      { ADMIN_TOKEN: "a token with blanks" },
      "ADMIN_TOKEN must be printable ASCII without spaces: it is sent in a header",
    ],
    [
      { MASTER_KEYS: `m1:${new Uint8Array(32).toBase64()}` },
      "MASTER_KEYS: m1 repeats itself: it has 1 different bytes; make one with `openssl rand -base64 32`",
    ],
    [{ PUBLIC_URL: "javascript:alert(1)" }, 'PUBLIC_URL must be an https URL such as "https://morsel.example.com"'],
    [
      { ALLOW_LOOPBACK_HTTP: "true", PUBLIC_URL: "https://morsel.example.com" },
      "ALLOW_LOOPBACK_HTTP is only for `npm start`, whose PUBLIC_URL is on localhost",
    ],
    [{ FAST_MODELS: " , " }, "PRECISE_MODELS, FAST_MODELS and LABEL_MODELS each need at least one model"],
  ])("that is wrong says what to set: %j", (change, sentence) => {
    const { TOKEN_KEYS, ...rest } = { ...good, ...change };
    expect(parseConfig({ ...rest, ...(TOKEN_KEYS !== undefined && { TOKEN_KEYS }) })).toEqual({
      ok: false,
      error: sentence,
    });
  });
});
