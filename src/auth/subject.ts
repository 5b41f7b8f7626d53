import type { Caller } from "./tokens.ts";
import { importOnce } from "../applications/keys/key-import.ts";
import type { Keyring, NamedKey } from "../applications/keys/keyring.ts";

const encoder = new TextEncoder();

/** A key of its own purpose from each master key (HKDF, RFC 5869): a master key itself only ever encrypts. */
const importSubjectKey = importOnce(async (secret) => {
  const master = await crypto.subtle.importKey("raw", Uint8Array.fromBase64(secret), "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: encoder.encode("morsel subject") };
  return crypto.subtle.deriveKey(derivation, master, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
});

/**
 * A pseudonym of a text: hex HMAC-SHA256 under each master key, newest first. What must outlive its subject
 * is stored under the first; what was stored before a key was rotated is found by the others.
 */
export function pseudonymsOf(text: string, masterKeys: Keyring): Promise<[string, ...string[]]> {
  const digest = async (key: NamedKey): Promise<string> =>
    new Uint8Array(await crypto.subtle.sign("HMAC", await importSubjectKey(key), encoder.encode(text))).toHex();
  const [newest, ...older] = masterKeys;
  return Promise.all([digest(newest), ...older.map(digest)]);
}

/** The pseudonyms of an application's user. */
export const subjectsOf = ({ applicationId, userId }: Caller, masterKeys: Keyring): Promise<[string, ...string[]]> =>
  pseudonymsOf(`${applicationId}/${userId}`, masterKeys);
