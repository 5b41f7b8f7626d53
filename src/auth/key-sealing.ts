import type { SealedKey } from "./application.ts";
import { importOnce } from "./key-import.ts";
import type { Keyring } from "./keyring.ts";

/** 96 bits, the nonce size that AES-GCM is specified for (NIST SP 800-38D, section 5.2.1.1). */
const NONCE_BYTES = 12;

const importMasterKey = importOnce((secret) =>
  crypto.subtle.importKey("raw", Uint8Array.fromBase64(secret), "AES-GCM", false, ["encrypt", "decrypt"]),
);

/** Encrypts an application's key with the newest master key; `createdAt` in Unix milliseconds. */
export async function sealKey(
  secret: string,
  masterKeys: Keyring,
  createdAt: number,
  randomBytes: (array: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<SealedKey> {
  const nonce = randomBytes(new Uint8Array(NONCE_BYTES));
  const masterKey = await importMasterKey(masterKeys[0]);
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce },
    masterKey,
    new TextEncoder().encode(secret),
  );
  return {
    masterKeyId: masterKeys[0].id,
    nonce: nonce.toBase64(),
    ciphertext: new Uint8Array(ciphertext).toBase64(),
    createdAt,
    expiresAt: null,
  };
}

/** Decrypts an application's key. Throws when its master key is not configured: the deployment is then misconfigured. */
export async function openKey(sealed: SealedKey, masterKeys: Keyring): Promise<string> {
  const masterKey = masterKeys.find((key) => key.id === sealed.masterKeyId);
  if (masterKey === undefined) throw new Error(`MASTER_KEYS has no key named ${sealed.masterKeyId}`);
  const plaintext = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: Uint8Array.fromBase64(sealed.nonce) },
    await importMasterKey(masterKey),
    Uint8Array.fromBase64(sealed.ciphertext),
  );
  return new TextDecoder().decode(plaintext);
}
