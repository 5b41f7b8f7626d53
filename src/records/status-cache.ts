import type { Owner } from "../db/records.ts";
import { entityTag, presentStatus, type RecordStatus } from "./present.ts";
import { isFinal } from "./transitions.ts";

const OPEN_MAX_AGE_MS = 1_000;
const FINAL_MAX_AGE_MS = 60_000;
const STORED_AT = "x-stored-at";
const FINAL = "x-final";

/** A poll's answer, ready to send. */
export interface StatusAnswer {
  body: string;
  etag: string;
  final: boolean;
}

/** The status answers that this place of the edge has seen lately. Whoever asks must have verified the token before. */
export interface StatusCache {
  match(owner: Owner, recordId: string): Promise<StatusAnswer | null>;
  put(owner: Owner, answer: StatusAnswer, recordId: string): Promise<void>;
  drop(owner: Owner, recordId: string): Promise<void>;
}

/** Makes a poll's answer. */
export const statusAnswer = (record: RecordStatus): StatusAnswer => ({
  body: JSON.stringify(presentStatus(record)),
  etag: entityTag(record),
  final: isFinal(record.status),
});

/**
 * `caches.default` as a store of status answers. The key names application, user and record under a host that no route
 * serves, so that no request from outside can reach an entry, whatever its path, host or method. The age is judged here
 * to the millisecond, because the cache counts whole seconds.
 */
export function createStatusCache(cache: Cache, now: () => number): StatusCache {
  const keyOf = ({ applicationId, userId }: Owner, recordId: string): string =>
    `https://status-cache.invalid/${applicationId}/${encodeURIComponent(userId)}/${recordId}`;
  return {
    async match(owner, recordId) {
      const stored = await cache.match(keyOf(owner, recordId));
      if (stored === undefined) return null;
      const final = stored.headers.get(FINAL) === "1";
      const age = now() - Number(stored.headers.get(STORED_AT));
      const body = await stored.text();
      if (age > (final ? FINAL_MAX_AGE_MS : OPEN_MAX_AGE_MS)) return null;
      return { body, etag: stored.headers.get("etag") ?? "", final };
    },
    async put(owner, { body, etag, final }, recordId) {
      const maxAge = (final ? FINAL_MAX_AGE_MS : OPEN_MAX_AGE_MS) / 1000;
      const headers = {
        "cache-control": `max-age=${maxAge}`,
        etag,
        [STORED_AT]: String(now()),
        [FINAL]: final ? "1" : "0",
      };
      await cache.put(keyOf(owner, recordId), new Response(body, { headers }));
    },
    async drop(owner, recordId) {
      await cache.delete(keyOf(owner, recordId));
    },
  };
}
