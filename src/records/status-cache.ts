import { entityTag, presentStatus, type RecordStatus } from "./present.ts";
import { STATUSES, type Owner, type Status } from "./record.ts";
import { isFinal } from "./transitions.ts";
import { MINUTE_MS } from "../time.ts";

const OPEN_MAX_AGE_MS = 1_000;
const FINAL_MAX_AGE_MS = MINUTE_MS;
/** How long a place remembers that it dropped an answer: longer than any poll is under way. */
const DROP_MARK_SECONDS = 60;
const STORED_AT = "x-stored-at";
const STATUS = "x-status";

/** An answer to a poll, ready to send. */
export interface TaggedAnswer {
  body: string;
  etag: string;
  final: boolean;
}

export interface StatusResponse extends TaggedAnswer {
  status: Status;
}

/** Recent status responses in this data center's cache. The caller must have verified the token first. */
export interface StatusCache {
  /**
   * The answer that is kept, or the one that `load` reads; `later` takes the work of keeping it. Null: no such record.
   */
  through(
    owner: Owner,
    recordId: string,
    load: () => Promise<StatusResponse | null>,
    later: (keeping: Promise<void>) => void,
  ): Promise<StatusResponse | null>;
  /** Forgets the response. What was read before this is not kept after it, not even by a poll that is in progress. */
  drop(owner: Owner, recordId: string): Promise<void>;
}

/** Makes a poll's answer. */
export const statusResponse = (record: RecordStatus): StatusResponse => ({
  body: JSON.stringify(presentStatus(record)),
  etag: entityTag(record),
  status: record.status,
  final: isFinal(record.status),
});

const maxAgeMs = (final: boolean): number => (final ? FINAL_MAX_AGE_MS : OPEN_MAX_AGE_MS);

/** What is kept at `url`, unless it is too old. The age is judged here, because the cache counts whole seconds. */
async function match(cache: Cache, url: string, now: () => number): Promise<StatusResponse | null> {
  const stored = await cache.match(url);
  if (stored === undefined) return null;
  const status = STATUSES.find((known) => known === stored.headers.get(STATUS));
  const age = now() - Number(stored.headers.get(STORED_AT));
  const body = await stored.text();
  if (status === undefined || age > maxAgeMs(isFinal(status))) return null;
  return { body, etag: stored.headers.get("etag") ?? "", status, final: isFinal(status) };
}

/**
 * `caches.default` as a store of status answers. The keys name application, user and record under a host that no route
 * serves, so that no request from outside can reach an entry, whatever its path, host or method.
 *
 * A poll that has read D1 before a change must not keep its answer after the change has dropped the old one. The cache
 * has no compare-and-set, so each drop leaves a new mark, before it deletes. A poll looks for the mark before it reads
 * and again after it has stored: either it finds another mark and takes its answer back, or the drop comes later still
 * and deletes it.
 */
export function createStatusCache(cache: Cache, now: () => number, newMark: () => string): StatusCache {
  const urlOf = ({ applicationId, userId }: Owner, recordId: string): string =>
    `https://status-cache.invalid/${applicationId}/${encodeURIComponent(userId)}/${recordId}`;
  const markUrl = (url: string): string => `${url}/dropped`;
  const markOf = async (url: string): Promise<string> => (await cache.match(markUrl(url)))?.text() ?? "";

  async function keep(url: string, answer: StatusResponse, readAt: number, mark: string): Promise<void> {
    if ((await markOf(url)) !== mark) return;
    const headers = {
      "cache-control": `max-age=${maxAgeMs(answer.final) / 1000}`,
      etag: answer.etag,
      [STORED_AT]: String(readAt),
      [STATUS]: answer.status,
    };
    await cache.put(url, new Response(answer.body, { headers }));
    if ((await markOf(url)) !== mark) await cache.delete(url);
  }

  return {
    async through(owner, recordId, load, later) {
      const url = urlOf(owner, recordId);
      const kept = await match(cache, url, now);
      if (kept !== null) return kept;
      const mark = await markOf(url);
      const readAt = now();
      const answer = await load();
      if (answer !== null) later(keep(url, answer, readAt, mark));
      return answer;
    },
    async drop(owner, recordId) {
      const url = urlOf(owner, recordId);
      const headers = { "cache-control": `max-age=${DROP_MARK_SECONDS}` };
      await cache.put(markUrl(url), new Response(newMark(), { headers }));
      await cache.delete(url);
    },
  };
}
