import type { Result } from "../result.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { Keyring } from "../applications/keys/keyring.ts";
import type { TokenRefusal, VerifiedToken } from "./tokens.ts";

/** Verifies a token as `verifyToken` does. */
export type VerifyToken = (token: string, keys: Keyring, nowMs: number) => Promise<Result<VerifiedToken, TokenRefusal>>;

/** Tokens in an isolate's memory; less than a kilobyte each. */
const MAX_TOKENS = 5_000;

/**
 * Caches verified tokens, so that a poll does not verify the signature again, its most expensive part. What can change
 * is still checked every time: here whether it has expired and whether these are the keys it was verified with, and in
 * the directory whether its application is active and its user's tokens are not revoked. Refusals are not remembered.
 */
export function rememberTokens(verify: VerifyToken): VerifyToken {
  const good = new BoundedMap<string, { bearer: VerifiedToken; keys: Keyring }>(MAX_TOKENS);
  return async (token, keys, nowMs) => {
    const known = good.get(token);
    if (known !== undefined && known.keys === keys && nowMs < known.bearer.expiresAt) {
      return { ok: true, value: known.bearer };
    }
    const bearer = await verify(token, keys, nowMs);
    if (bearer.ok) good.set(token, { bearer: bearer.value, keys });
    return bearer;
  };
}
