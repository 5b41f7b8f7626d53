import type { RandomBytes } from "../../ids.ts";
import { KEY_LISTS, liveKeys, type Application, type KeyPurpose, type SealedKey } from "../application.ts";
import { isSealedAnew, resealKey } from "./key-sealing.ts";
import type { Keyring } from "./keyring.ts";

/** Applications of one call: four keys each at most, and one database statement. */
const PAGE = 100;

/** Both key lists of an application. */
export type KeyLists = Pick<Application, "hmacKeys" | "webhookKeys">;

export interface ResealPorts {
  masterKeys: Keyring;
  randomBytes: RandomBytes;
  now: () => number;
  /** Applications that have a key which is not sealed again, by id, beginning after `after`. */
  readOutdated(after: number, limit: number): Promise<Application[]>;
  /** Replaces the keys unless they were changed in the meantime; returns whether it did. */
  replaceKeys(before: Application, keys: KeyLists): Promise<boolean>;
}

/** What one call did; `nextAfter` leads to the next page, null after the last one. */
export interface ResealReport {
  resealed: number;
  /** Applications whose keys were changed concurrently: a later call reseals them. */
  changed: number[];
  /** Applications with a key that cannot be opened: altered, or sealed under a key that MASTER_KEYS lacks. */
  unreadable: number[];
  nextAfter: number | null;
}

/**
 * Seals the keys of the next applications under the newest master key, and drops those that have expired. It may be
 * repeated at any time: what is done is not found again, and each application changes in one statement, so that
 * stopping anywhere leaves every key readable. Clients notice nothing: keys, ids and times are unchanged.
 */
export async function resealKeys(after: number, ports: ResealPorts): Promise<ResealReport> {
  const applications = await ports.readOutdated(after, PAGE);
  const report: ResealReport = { resealed: 0, changed: [], unreadable: [], nextAfter: null };
  for (const application of applications) {
    const keys = await resealLists(application, ports);
    if (keys === null) report.unreadable.push(application.id);
    else if (await ports.replaceKeys(application, keys)) report.resealed += 1;
    else report.changed.push(application.id);
  }
  return { ...report, nextAfter: applications.length < PAGE ? null : (applications.at(-1)?.id ?? null) };
}

/** Null when a key cannot be opened: the application then stays as it is. */
async function resealLists(application: Application, ports: ResealPorts): Promise<KeyLists | null> {
  const resealList = (purpose: KeyPurpose): Promise<SealedKey[]> => {
    const owner = { applicationId: application.id, purpose };
    const live = liveKeys(application[KEY_LISTS[purpose]], ports.now());
    return Promise.all(
      live.map(async (key) =>
        isSealedAnew(key, ports.masterKeys) ? key : resealKey(key, owner, ports.masterKeys, ports.randomBytes),
      ),
    );
  };
  try {
    const [hmacKeys, webhookKeys] = await Promise.all([resealList("hmac"), resealList("webhook")]);
    return { hmacKeys, webhookKeys };
  } catch {
    return null;
  }
}
