import { errors, jwtVerify, SignJWT } from "jose";
import type { Administrator } from "./administrator.ts";
import { ADMIN_TOKEN_HOLDER } from "./administrator.ts";
import type { Keyring } from "../applications/keys/keyring.ts";
import { HOUR_SECONDS } from "../time.ts";

const ISSUER = "morsel";
const AUDIENCE = "morsel-console";
/** A working day: whoever comes back tomorrow signs in again. */
export const SESSION_SECONDS = 8 * HOUR_SECONDS;

const encoder = new TextEncoder();

/** A sign-in to the console. Times in Unix milliseconds. */
export interface Session {
  id: string;
  administrator: Administrator;
  expiresAt: number;
}

/** The keys of sessions, and of the forms that are filled in during them. */
export interface SessionKeys {
  sessions: CryptoKey;
  forms: CryptoKey;
}

/**
 * Makes keys of their own purpose (HKDF, RFC 5869) from the newest master key, salted with the administrator's token:
 * when either is replaced, every session ends.
 */
export async function deriveSessionKeys(masterKeys: Keyring, adminToken: string): Promise<SessionKeys> {
  const bytes = Uint8Array.fromBase64(masterKeys[0].secret);
  const master = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const derive = (purpose: string): Promise<CryptoKey> =>
    crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: encoder.encode(adminToken), info: encoder.encode(purpose) },
      master,
      { name: "HMAC", hash: "SHA-256", length: 256 },
      false,
      ["sign", "verify"],
    );
  const [sessions, forms] = await Promise.all([derive("morsel console session"), derive("morsel console form")]);
  return { sessions, forms };
}

/** Begins a session after the admin token was presented; the text is for the cookie. */
export async function beginSession(
  id: string,
  { sessions }: SessionKeys,
  nowMs: number,
): Promise<{ session: Session; cookie: string }> {
  const expires = Math.floor(nowMs / 1000) + SESSION_SECONDS;
  const cookie = await new SignJWT({})
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setJti(id)
    .setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(expires)
    .sign(sessions);
  return { session: { id, administrator: ADMIN_TOKEN_HOLDER, expiresAt: expires * 1000 }, cookie };
}

/**
 * The session that a cookie stands for; null if it is not valid or has expired. Sign-outs are checked elsewhere.
 */
export async function readSession(cookie: string, { sessions }: SessionKeys, nowMs: number): Promise<Session | null> {
  try {
    const { payload } = await jwtVerify(cookie, sessions, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["jti", "iat", "exp"],
      currentDate: new Date(nowMs),
    });
    const { jti, exp } = payload;
    if (jti === undefined || exp === undefined) return null;
    return { id: jti, administrator: ADMIN_TOKEN_HOLDER, expiresAt: exp * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/**
 * What every form of a session carries, so that no other site can fill one in: hex HMAC-SHA256 of the session's id.
 * Another site can neither read it from a page nor guess it.
 */
export async function formTokenOf({ id }: Session, { forms }: SessionKeys): Promise<string> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", forms, encoder.encode(id))).toHex();
}

const HEX_SHA256 = /^[0-9a-f]{64}$/;

/** Whether a form was made for this session; compared by WebCrypto itself, in constant time. */
export async function isFormToken(given: string, { id }: Session, { forms }: SessionKeys): Promise<boolean> {
  return HEX_SHA256.test(given) && crypto.subtle.verify("HMAC", forms, Uint8Array.fromHex(given), encoder.encode(id));
}
