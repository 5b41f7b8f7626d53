import { toHex } from "./hex.ts";
import { encodeText, importKey } from "./hmac.ts";
import type { Login } from "./types.ts";

/** The user that an application logs in. */
export interface LoginInput {
  applicationId: number;
  /** 1 to 128 characters of A-Z a-z 0-9 - _ . */
  userId: string;
  /** The application's HMAC key. It belongs on your server and nowhere else. */
  hmacKey: string;
  /** Unix seconds; now if omitted. Null = a signature without a time, which never expires. */
  timestamp?: number | null | undefined;
}

/** Signs a user's login, for `logIn` or the body of `POST /auth/hmac`. Runs on a server, which has the key. */
export async function signLogin({
  applicationId,
  userId,
  hmacKey,
  timestamp = Math.floor(Date.now() / 1000),
}: LoginInput): Promise<Login> {
  const signed = timestamp === null ? userId : `${timestamp}.${userId}`;
  const mac = await crypto.subtle.sign("HMAC", await importKey(hmacKey, "sign"), encodeText(signed));
  const login = { application_id: applicationId, application_user_id: userId, signature: toHex(new Uint8Array(mac)) };
  return timestamp === null ? login : { ...login, timestamp };
}
