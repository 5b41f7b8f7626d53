import { LOGIN_TOLERANCE_SECONDS } from "../bounds.ts";

const encoder = new TextEncoder();
const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/** What an application signs to get a token for one of its users; `timestamp` in Unix seconds. */
export interface SignedLogin {
  userId: string;
  timestamp: number | null;
  signature: string;
}

export type LoginRefusal = "timestamp_required" | "timestamp_off" | "wrong_signature";

async function matches(key: string, message: string, signature: string): Promise<boolean> {
  if (!HEX_SHA256.test(signature)) return false;
  const cryptoKey = await crypto.subtle.importKey(
    "raw",
    encoder.encode(key),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  return crypto.subtle.verify("HMAC", cryptoKey, Uint8Array.fromHex(signature), encoder.encode(message));
}

/**
 * A user id that, signed without a timestamp, is the signed text of a timed login of someone else: an application that signs
 * whatever its users call themselves would sign them into other accounts.
 */
const LIKE_TIMED = /^\d+\./;

/**
 * Checks a login against the application's active keys: hex HMAC-SHA256 of the user id, or of `timestamp.user id` when
 * a timestamp is given. Returns null when it is good. The comparison is WebCrypto's own and takes constant time.
 */
export async function refuseLogin(
  login: SignedLogin,
  application: { keys: readonly string[]; requireTimestamp: boolean },
  nowMs: number,
): Promise<LoginRefusal | null> {
  if (login.timestamp === null && (application.requireTimestamp || LIKE_TIMED.test(login.userId))) {
    return "timestamp_required";
  }
  if (login.timestamp !== null && Math.abs(nowMs / 1000 - login.timestamp) > LOGIN_TOLERANCE_SECONDS)
    return "timestamp_off";
  const message = login.timestamp === null ? login.userId : `${login.timestamp}.${login.userId}`;
  for (const key of application.keys) {
    if (await matches(key, message, login.signature)) return null;
  }
  return "wrong_signature";
}
