import "../../support/node/base64.ts";
import { randomFillSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SealedKey } from "../../../src/applications/application.ts";
import {
  generateKey,
  isSealedAnew,
  openKey,
  resealKey,
  sealKey,
  type KeyOwner,
} from "../../../src/applications/keys/key-sealing.ts";
import type { Keyring } from "../../../src/applications/keys/keyring.ts";
import { holds } from "../../support/properties.ts";

const secretOf = (fill: number): string => Buffer.alloc(32, fill).toString("base64");
const OLD: Keyring = [{ id: "old", secret: secretOf(1) }];
const BOTH: Keyring = [{ id: "new", secret: secretOf(2) }, OLD[0]];
const OWNER: KeyOwner = { applicationId: 7, purpose: "webhook" };
const NOW = 1_800_000_000_000;

const random = (array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => randomFillSync(array);
const zeros = (array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => array.fill(0);
const sealed = (secret = "the application's key", keys = OLD): Promise<SealedKey> =>
  sealKey(secret, OWNER, keys, NOW, random);

function withoutId(key: SealedKey): SealedKey {
  const { id: _, ...rest } = key;
  return rest;
}

describe("an application's key in the database", () => {
  it("is encrypted, and opens for its owner with the master key that it names", async () => {
    const key = await sealed();
    expect(key).toMatchObject({ masterKeyId: "old", createdAt: NOW, expiresAt: null });
    expect(JSON.stringify(key)).not.toContain("application");
    expect(Buffer.from(key.nonce, "base64")).toHaveLength(12);
    expect(await openKey(key, OWNER, OLD)).toBe("the application's key");
    expect(await openKey(key, OWNER, BOTH)).toBe("the application's key");
  });

  it("has an id and a nonce of its own each time", async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => sealed()));
    for (const part of ["id", "nonce", "ciphertext"] as const)
      expect(new Set(keys.map((key) => key[part])).size).toBe(20);
    expect(keys.every(({ id }) => /^key_[A-Za-z0-9_-]{12}$/.test(id ?? ""))).toBe(true);
  });

  it.each<[string, (key: SealedKey) => SealedKey, KeyOwner]>([
    ["another application", (key) => key, { ...OWNER, applicationId: 8 }],
    ["another purpose", (key) => key, { ...OWNER, purpose: "hmac" }],
    ["another id", (key) => ({ ...key, id: "key_AAAAAAAAAAAA" }), OWNER],
    ["no id", withoutId, OWNER],
    ["another nonce", (key) => ({ ...key, nonce: Buffer.alloc(12, 9).toString("base64") }), OWNER],
    [
      "other bytes",
      (key) => {
        const bytes = Buffer.from(key.ciphertext, "base64");
        bytes[0] = (bytes[0] ?? 0) ^ 1;
        return { ...key, ciphertext: bytes.toString("base64") };
      },
      OWNER,
    ],
  ])("does not open with %s", async (_, change, owner) => {
    await expect(openKey(change(await sealed()), owner, OLD)).rejects.toThrow();
  });

  it("says which master key is missing", async () => {
    await expect(openKey(await sealed(), OWNER, [{ id: "new", secret: secretOf(2) }])).rejects.toThrow(
      "MASTER_KEYS has no key named old",
    );
  });

  it("is sealed anew under the newest master key: the same key, with its id and its times", async () => {
    const before = { ...(await sealed()), expiresAt: NOW + 5 };
    const after = await resealKey(before, OWNER, BOTH, random);
    expect(after).toMatchObject({ id: before.id, createdAt: NOW, expiresAt: NOW + 5, masterKeyId: "new" });
    expect(await openKey(after, OWNER, BOTH)).toBe("the application's key");
    expect([isSealedAnew(before, BOTH), isSealedAnew(after, BOTH)]).toEqual([false, true]);
  });

  it("from before there were ids opens unbound, counts as old, and gets an id when it is sealed anew", async () => {
    const masterKey = await crypto.subtle.importKey("raw", Buffer.alloc(32, 1), "AES-GCM", false, ["encrypt"]);
    const iv = Buffer.alloc(12, 3);
    const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, masterKey, Buffer.from("early"));
    const early: SealedKey = {
      masterKeyId: "old",
      nonce: iv.toString("base64"),
      ciphertext: Buffer.from(ciphertext).toString("base64"),
      createdAt: 1,
      expiresAt: null,
    };
    expect(await openKey(early, OWNER, OLD)).toBe("early");
    expect(isSealedAnew(early, OLD)).toBe(false);
    const after = await resealKey(early, OWNER, OLD, random);
    expect(after.id).toMatch(/^key_/);
    expect(isSealedAnew(after, OLD)).toBe(true);
    expect(await openKey(after, OWNER, OLD)).toBe("early");
  });

  it("is made of 32 random bytes, as text that URLs and headers hold", () => {
    expect(generateKey(zeros)).toBe("A".repeat(43));
    expect(generateKey((array) => array.fill(0xff))).toBe(`${"_".repeat(42)}8`);
  });

  holds(
    "opens to exactly what was sealed",
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 300 }), fc.nat(), async (secret, applicationId) => {
      const owner = { applicationId, purpose: "hmac" } as const;
      expect(await openKey(await sealKey(secret, owner, BOTH, NOW, random), owner, BOTH)).toBe(secret);
    }),
    50,
  );
});
