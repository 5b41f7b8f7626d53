import { fail, ok, type Result } from "../../result.ts";
import { liveKeys, type SealedKey } from "../application.ts";

/** The newest key and the previous one: a client with neither has missed a whole overlap. */
const MAX_LIVE_KEYS = 2;

/** Sooner of the two; null = never. */
const sooner = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));

/**
 * Puts a new key in front; the one before it lives for `overlapMs` more, or until the end that it already has if that
 * is sooner. Without an overlap, every older key is revoked immediately. `rotation_under_way` if two keys are active
 * already: silently revoking one would lock clients out. Keys that have expired are dropped. Times in Unix milliseconds.
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
  return ok([newest, ...live.map((key) => ({ ...key, expiresAt: sooner(key.expiresAt, now + overlapMs) }))]);
}

/** Revokes every key but the newest. */
export const keepNewestKey = (keys: readonly SealedKey[], now: number): SealedKey[] => liveKeys(keys, now).slice(0, 1);

/**
 * Ends one key. When that is the newest, the one before it keeps the end that the rotation gave it: it may be the one
 * that leaked, and nothing but a new key may replace it for good.
 */
export function endKey(
  keys: readonly SealedKey[],
  keyId: string,
  now: number,
): Result<SealedKey[], "unknown_key" | "last_key"> {
  const live = liveKeys(keys, now);
  if (!live.some((key) => key.id === keyId)) return fail("unknown_key");
  const left = live.filter((key) => key.id !== keyId);
  return left.length === 0 ? fail("last_key") : ok(left);
}

/**
 * What tells a key list from every other that it has been and will be: ids are never used again, and ends only come
 * nearer. Reveals nothing of the keys.
 */
export const keyListTag = (keys: readonly SealedKey[], now: number): string =>
  liveKeys(keys, now)
    .map(({ id, createdAt, expiresAt }) => `${id ?? createdAt}:${expiresAt ?? ""}`)
    .join(" ");
