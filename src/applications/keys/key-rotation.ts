import { fail, ok, type Result } from "../../result.ts";
import { liveKeys, type SealedKey } from "../application.ts";

/** The newest key and the previous one: a client with neither has missed a whole overlap. */
const MAX_LIVE_KEYS = 2;

/**
 * Puts a new key in front; the one before it lives for `overlapMs` more. Without an overlap, every older key is revoked
 * immediately. `rotation_under_way` if two keys are active already: silently revoking one would lock clients out. Keys
 * that have expired are dropped. Times in Unix milliseconds.
 */
export function addNewestKey(
  keys: readonly SealedKey[],
  newest: SealedKey,
  overlapMs: number,
  now: number,
): Result<SealedKey[], "rotation_under_way"> {
  if (overlapMs === 0) return ok([newest]);
  const live = liveKeys(keys, now);
  if (live.length >= MAX_LIVE_KEYS) return fail("rotation_under_way");
  return ok([newest, ...live.map((key) => ({ ...key, expiresAt: now + overlapMs }))]);
}

/** Revokes every key but the newest. */
export const keepNewestKey = (keys: readonly SealedKey[], now: number): SealedKey[] => liveKeys(keys, now).slice(0, 1);

/**
 * Ends one key. When that is the newest, the one before it takes its place again and no longer expires: a rotation is
 * undone, for example because the response with the new key got lost.
 */
export function endKey(
  keys: readonly SealedKey[],
  keyId: string,
  now: number,
): Result<SealedKey[], "unknown_key" | "last_key"> {
  const live = liveKeys(keys, now);
  if (!live.some((key) => key.id === keyId)) return fail("unknown_key");
  const [newest, ...older] = live.filter((key) => key.id !== keyId);
  return newest === undefined ? fail("last_key") : ok([{ ...newest, expiresAt: null }, ...older]);
}
