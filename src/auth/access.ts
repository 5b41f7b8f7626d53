import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { fail, type Result } from "../result.ts";
import {
  verifyAssertion,
  type AccessIdentity,
  type AccessSettings,
  type AssertionRefusal,
} from "./access-assertion.ts";
import { HOUR_MS, MINUTE_MS } from "../time.ts";

/** Access replaces its keys every six weeks, and keeps the old ones for a week more: an hour is always soon enough. */
const KEYS_TRUST_MS = HOUR_MS;
/** A key that nobody has heard of is looked for no more often, whoever makes up key ids. */
const REFRESH_PAUSE_MS = MINUTE_MS;
const TIMEOUT_MS = 5_000;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) });

/** Returns the identity admitted by Access; `keys_unavailable` if its keys cannot be fetched and none are cached. */
export type VerifyAccess = (
  assertion: string,
) => Promise<Result<AccessIdentity, AssertionRefusal | "keys_unavailable">>;

export interface AccessPorts {
  fetch: typeof fetch;
  now: () => number;
}

/**
 * Verifies assertions with the team's keys, which are read once an hour, and when one is met that is unknown. While
 * they cannot be read, those that are known stay good.
 */
export function createVerifyAccess(settings: AccessSettings, ports: AccessPorts): VerifyAccess {
  let known: JSONWebKeySet | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    askedAt = ports.now();
    known = (await readKeys(settings, ports.fetch)) ?? known;
  }

  return async (assertion) => {
    if (known === null || ports.now() - askedAt >= KEYS_TRUST_MS) await refresh();
    if (known === null) return fail("keys_unavailable");
    const verified = await verifyAssertion(assertion, settings, known, ports.now());
    if (verified.ok || verified.error !== "unknown_key" || ports.now() - askedAt < REFRESH_PAUSE_MS) return verified;
    await refresh();
    return verifyAssertion(assertion, settings, known, ports.now());
  };
}

/** The team's public keys; null when they cannot be read. */
async function readKeys({ teamDomain }: AccessSettings, fetchKeys: typeof fetch): Promise<JSONWebKeySet | null> {
  try {
    const response = await fetchKeys(`https://${teamDomain}/cdn-cgi/access/certs`, {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.status === 200 ? keySetSchema.parse(await response.json()) : null;
  } catch {
    return null;
  }
}
