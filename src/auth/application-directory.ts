import type { Application } from "../applications/application.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { Caller, TokenBearer } from "./tokens.ts";
import { SECOND_MS } from "../time.ts";

/**
 * How long an isolate caches what it read: a deactivated application loses access, and a revoked token becomes invalid,
 * everywhere within this time.
 */
const TRUST_MS = 30_000;

/** Users whose revocations an isolate remembers; some 200 bytes each. */
const MAX_USERS = 10_000;
const MAX_APPLICATIONS = 1_000;

/** What an isolate remembers of an application. */
export type KnownApplication = Pick<Application, "active" | "createdAt" | "rateLimits">;

/** An application, and when any of its users last revoked tokens (Unix milliseconds). */
export interface DirectoryEntry {
  application: KnownApplication;
  latestRevocation: number | null;
}

/** What the directory asks storage. */
export interface DirectorySource {
  readApplication(id: number): Promise<DirectoryEntry | null>;
  /** The user's tokens issued until then are revoked, Unix milliseconds. */
  readRevocation(caller: Caller): Promise<number | null>;
}

/** Whether a token's bearer may call at all. */
export type Admission =
  | { admitted: true; application: KnownApplication }
  | { admitted: false; reason: "inactive_application" | "unknown_application" | "token_revoked" };

/** Answers for applications and users from the isolate's memory, so that a poll costs no storage operation. */
export interface ApplicationDirectory {
  admit(bearer: TokenBearer): Promise<Admission>;
  /** Forgets an application that was just changed in this isolate. */
  forget(id: number): void;
  /** Forgets a user whose tokens were just revoked in this isolate. */
  forgetUser(caller: Caller): void;
}

/** An id may be given again after an application was deleted: the tokens of the old one are none of the new one's. */
const isOlderThan = (application: KnownApplication, issuedAt: number): boolean =>
  issuedAt < Math.floor(application.createdAt / SECOND_MS) * SECOND_MS;

const keyOf = ({ applicationId, userId }: Caller): string => `${applicationId}/${userId}`;

/** `now` is in Unix milliseconds. */
export function createApplicationDirectory(now: () => number): {
  over(source: DirectorySource): ApplicationDirectory;
} {
  const applications = new BoundedMap<number, { entry: DirectoryEntry | null; until: number }>(MAX_APPLICATIONS);
  const users = new BoundedMap<string, { revokedAt: number | null; until: number }>(MAX_USERS);

  async function findApplication(id: number, source: DirectorySource): Promise<DirectoryEntry | null> {
    const known = applications.get(id);
    if (known !== undefined && known.until > now()) return known.entry;
    const entry = await source.readApplication(id);
    applications.set(id, { entry, until: now() + TRUST_MS });
    return entry;
  }

  /** Reads a user's own revocation only where the application has had one since the token was issued. */
  async function isRevoked(bearer: TokenBearer, latest: number | null, source: DirectorySource): Promise<boolean> {
    if (latest === null || latest < bearer.issuedAt) return false;
    const known = users.get(keyOf(bearer));
    if (known !== undefined && known.until > now()) return isVoid(bearer, known.revokedAt);
    const revokedAt = await source.readRevocation(bearer);
    users.set(keyOf(bearer), { revokedAt, until: now() + TRUST_MS });
    return isVoid(bearer, revokedAt);
  }

  return {
    over: (source) => ({
      async admit(bearer) {
        const found = await findApplication(bearer.applicationId, source);
        if (found === null) return { admitted: false, reason: "unknown_application" };
        const { application, latestRevocation } = found;
        if (!application.active) return { admitted: false, reason: "inactive_application" };
        const revoked =
          isOlderThan(application, bearer.issuedAt) || (await isRevoked(bearer, latestRevocation, source));
        return revoked ? { admitted: false, reason: "token_revoked" } : { admitted: true, application };
      },
      forget: (id) => applications.delete(id),
      forgetUser(caller) {
        applications.delete(caller.applicationId);
        users.delete(keyOf(caller));
      },
    }),
  };
}

const isVoid = (bearer: TokenBearer, revokedAt: number | null): boolean =>
  revokedAt !== null && bearer.issuedAt <= revokedAt;
