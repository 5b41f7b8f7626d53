import { sha256Hex } from "../../digest.ts";
import { log } from "../../log.ts";
import type { TranslationMemory } from "./translator.ts";
import { DAY_SECONDS } from "../../time.ts";

/** How long a translation is found again, seconds. Names of food hardly change, models do: their id is in the key. */
const KEPT_SECONDS = 30 * DAY_SECONDS;

/**
 * `caches.default` as the memory, one of each data center (on `workers.dev` there is none). Not D1: names that models
 * say have no bound, and a table of them would need a clean-up of its own and cost a row for each; here they expire.
 * Keys are hashes under a host that no route serves.
 */
export function createTranslationMemory(cache: Pick<Cache, "match" | "put">): TranslationMemory {
  const keyOf = async (...parts: string[]): Promise<string> =>
    `https://translation-cache.invalid/${await sha256Hex(new TextEncoder().encode(JSON.stringify(parts)))}`;
  return {
    async find(model, language, name) {
      try {
        const remembered = await cache.match(await keyOf(model, language, name.toLowerCase()));
        return remembered === undefined ? null : await remembered.text();
      } catch (error) {
        log("warn", "translation_cache.read_failed", "reading cached translations failed", {}, error);
        return null;
      }
    },
    async remember(model, language, name, translated) {
      try {
        const headers = { "cache-control": `max-age=${KEPT_SECONDS}` };
        await cache.put(await keyOf(model, language, name.toLowerCase()), new Response(translated, { headers }));
      } catch (error) {
        log("warn", "translation_cache.write_failed", "caching a translation failed", {}, error);
      }
    },
  };
}
