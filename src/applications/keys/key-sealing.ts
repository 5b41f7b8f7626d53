import type { RandomBytes } from "../../ids.ts";
import type { KeyPurpose, SealedKey } from "../application.ts";
import { importOnce } from "./key-import.ts";
import type { Keyring } from "./keyring.ts";

/** 96 bits, the nonce size that AES-GCM is specified for (NIST SP 800-38D, section 5.2.1.1). */
const NONCE_BYTES = 12;
/** Standard Webhooks asks for 24 to 64 bytes. */
const GENERATED_KEY_BYTES = 32;
/** Enough that two keys of one application never share an id. */
const ID_BYTES = 9;

const importMasterKey = importOnce((secret) =>
  crypto.subtle.importKey("raw", Uint8Array.fromBase64(secret), "AES-GCM", false, ["encrypt", "decrypt"]),
);

/** The owner and purpose of a key. */
export interface KeyOwner {
  applicationId: number;
  purpose: KeyPurpose;
}

/**
 * What a sealed key is bound to (AES-GCM's additional data): someone who can write to the database but has no master
 * key cannot give one application's key to another, or use a webhook key for logins.
 */
const boundTo = ({ applicationId, purpose }: KeyOwner, id: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(new TextEncoder().encode(`morsel application key 1|${applicationId}|${purpose}|${id}`));

type KeyStamp = Pick<SealedKey, "createdAt" | "expiresAt"> & { id: string };

async function seal(
  secret: string,
  owner: KeyOwner,
  stamp: KeyStamp,
  masterKeys: Keyring,
  randomBytes: RandomBytes,
): Promise<SealedKey> {
  const nonce = randomBytes(new Uint8Array(NONCE_BYTES));
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: boundTo(owner, stamp.id) },
    await importMasterKey(masterKeys[0]),
    new TextEncoder().encode(secret),
  );
  return {
    id: stamp.id,
    masterKeyId: masterKeys[0].id,
    nonce: nonce.toBase64(),
    ciphertext: new Uint8Array(ciphertext).toBase64(),
    createdAt: stamp.createdAt,
    expiresAt: stamp.expiresAt,
  };
}

/** Generates a key as base64url text. */
export const generateKey = (randomBytes: RandomBytes): string =>
  randomBytes(new Uint8Array(GENERATED_KEY_BYTES)).toBase64({ alphabet: "base64url", omitPadding: true });

const newKeyId = (randomBytes: RandomBytes): string =>
  `key_${randomBytes(new Uint8Array(ID_BYTES)).toBase64({ alphabet: "base64url" })}`;

/** Encrypts an application's key with the newest master key; `createdAt` in Unix milliseconds. */
export const sealKey = (
  secret: string,
  owner: KeyOwner,
  masterKeys: Keyring,
  createdAt: number,
  randomBytes: RandomBytes,
): Promise<SealedKey> =>
  seal(secret, owner, { id: newKeyId(randomBytes), createdAt, expiresAt: null }, masterKeys, randomBytes);

/**
 * Encrypts the same key with the newest master key; its id and its times stay. A key from before there were ids gets
 * one, and is bound to its owner from that point on. Throws when the key cannot be opened.
 */
export async function resealKey(
  sealed: SealedKey,
  owner: KeyOwner,
  masterKeys: Keyring,
  randomBytes: RandomBytes,
): Promise<SealedKey> {
  const secret = await openKey(sealed, owner, masterKeys);
  const { id = newKeyId(randomBytes), createdAt, expiresAt } = sealed;
  return seal(secret, owner, { id, createdAt, expiresAt }, masterKeys, randomBytes);
}

/** Whether a key is sealed under the newest master key and bound to its owner. */
export const isSealedAnew = (sealed: SealedKey, masterKeys: Keyring): boolean =>
  sealed.masterKeyId === masterKeys[0].id && sealed.id !== undefined;

/**
 * Decrypts an application's key. Throws if its master key is not configured (a misconfigured deployment), or if it was
 * altered or belongs to another application. A key without an id was sealed before keys were bound to their owner.
 */
export async function openKey(sealed: SealedKey, owner: KeyOwner, masterKeys: Keyring): Promise<string> {
  const masterKey = masterKeys.find((key) => key.id === sealed.masterKeyId);
  if (masterKey === undefined) throw new Error(`MASTER_KEYS has no key named ${sealed.masterKeyId}`);
  const plaintext = await crypto.subtle.decrypt(
    {
      name: "AES-GCM",
      iv: Uint8Array.fromBase64(sealed.nonce),
      ...(sealed.id !== undefined && { additionalData: boundTo(owner, sealed.id) }),
    },
    await importMasterKey(masterKey),
    Uint8Array.fromBase64(sealed.ciphertext),
  );
  return new TextDecoder().decode(plaintext);
}
