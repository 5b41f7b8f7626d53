import { pseudonymsOf } from "../auth/subject.ts";
import type { Keyring } from "../applications/keys/keyring.ts";
import { log } from "../log.ts";
import type { DrawShare } from "./rate-limiter.ts";

/**
 * Draws shares from the rate-limit binding. Keys name users and addresses, so only their pseudonyms are passed to it. A
 * location that cannot be asked limits nothing: each isolate then counts for itself.
 */
export const drawSharesFrom =
  (location: RateLimit, masterKeys: Keyring): DrawShare =>
  async (key) => {
    try {
      const [pseudonym] = await pseudonymsOf(key, masterKeys);
      return (await location.limit({ key: pseudonym })).success;
    } catch (error) {
      log("warn", "rate_limit.share_failed", "rate limit count could not be shared between data centers", {}, error);
      return true;
    }
  };
