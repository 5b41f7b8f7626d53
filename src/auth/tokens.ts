import { errors, jwtVerify, SignJWT } from "jose";
import { fail, ok, type Result } from "../result.ts";
import { importOnce } from "../applications/keys/key-import.ts";
import type { Keyring } from "../applications/keys/keyring.ts";
import { MAX_USER_ID_LENGTH, TOKEN_LIFETIME_SECONDS } from "../bounds.ts";

const ISSUER = "morsel";
const AUDIENCE = "morsel-api";

/** What an application may call its users; `.` and `..` would name another place wherever an id is part of a path. */
export const isUserId = (text: string): boolean =>
  text.length <= MAX_USER_ID_LENGTH && /^[A-Za-z0-9_.-]+$/.test(text) && text !== "." && text !== "..";
/** The same in words. */
export const USER_ID_RULE = `1 to ${MAX_USER_ID_LENGTH} characters of A-Z a-z 0-9 - _ ., other than . and ..`;

/** The user on whose behalf a request is made. */
export interface Caller {
  applicationId: number;
  userId: string;
}

/** The holder of a valid token; `issuedAt` in Unix milliseconds. */
export interface TokenBearer extends Caller {
  issuedAt: number;
}

/** The claims of a valid token; `expiresAt` in Unix milliseconds. */
export interface VerifiedToken extends TokenBearer {
  expiresAt: number;
}

export type TokenRefusal = "invalid_token" | "expired_token";

const HMAC_SHA256 = { name: "HMAC", hash: "SHA-256" };
const importTokenKey = importOnce((secret) =>
  crypto.subtle.importKey("raw", new TextEncoder().encode(secret), HMAC_SHA256, false, ["sign", "verify"]),
);

/**
 * Issues an access token: a JWT (HS256) with `iss`, `aud`, `sub` (user), `app`, `iat` and `exp`. `iat` has milliseconds
 * as a fraction, which RFC 7519 (section 2, NumericDate) allows: a token is younger than a revocation of the same
 * second, or it is not. `revokedAt` is until when the user's tokens are void: the new one is younger even if this
 * machine's clock is behind. `lifetimeSeconds` is how long the token is good for.
 */
export async function issueToken(
  caller: Caller,
  keys: Keyring,
  nowMs: number,
  revokedAt: number | null,
  lifetimeSeconds = TOKEN_LIFETIME_SECONDS,
): Promise<{ token: string; expiresAt: number }> {
  const issuedAt = revokedAt === null ? nowMs : Math.max(nowMs, revokedAt + 1);
  const expires = Math.floor(nowMs / 1000) + lifetimeSeconds;
  const token = await new SignJWT({ app: caller.applicationId })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: keys[0].id })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(caller.userId)
    .setIssuedAt(issuedAt / 1000)
    .setExpirationTime(expires)
    .sign(await importTokenKey(keys[0]));
  return { token, expiresAt: expires * 1000 };
}

/**
 * Verifies an access token without touching storage. The algorithm is fixed (RFC 8725, section 3.1) and the key is
 * chosen by `kid` among our own; a token without expiry, audience or issuer is refused.
 */
export async function verifyToken(
  token: string,
  keys: Keyring,
  nowMs: number,
): Promise<Result<VerifiedToken, TokenRefusal>> {
  try {
    const { payload } = await jwtVerify(
      token,
      async (header) => {
        const key = keys.find((candidate) => candidate.id === header.kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return importTokenKey(key);
      },
      {
        algorithms: ["HS256"],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["sub", "app", "iat", "exp"],
        currentDate: new Date(nowMs),
      },
    );
    const { sub, app, iat, exp } = payload;
    if (typeof sub !== "string" || !isUserId(sub) || typeof app !== "number" || !Number.isSafeInteger(app))
      return fail("invalid_token");
    if (typeof iat !== "number" || typeof exp !== "number") return fail("invalid_token");
    return ok({ applicationId: app, userId: sub, issuedAt: Math.round(iat * 1000), expiresAt: exp * 1000 });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return fail("expired_token");
    if (error instanceof errors.JOSEError) return fail("invalid_token");
    throw error;
  }
}
