import type { SealedKey } from "../../../src/applications/application.ts";
import type { NamedKey } from "../../../src/applications/keys/keyring.ts";

/** A key as it was sealed before keys had ids and were bound to their owner. */
export async function sealUnbound(secret: string, masterKey: NamedKey): Promise<SealedKey> {
  const imported = await crypto.subtle.importKey("raw", Uint8Array.fromBase64(masterKey.secret), "AES-GCM", false, [
    "encrypt",
  ]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce },
    imported,
    new TextEncoder().encode(secret),
  );
  return {
    masterKeyId: masterKey.id,
    nonce: nonce.toBase64(),
    ciphertext: new Uint8Array(ciphertext).toBase64(),
    createdAt: 1,
    expiresAt: null,
  };
}
