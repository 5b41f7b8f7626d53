import { MINUTE_MS } from "../time.ts";

/** Who is erased: one user of an application, or the application with all of them. */
export type ErasureSubject =
  /** `uploadedBefore` (Unix milliseconds): what the user uploads later, with a new login, is not meant. */
  | { scope: "user"; applicationId: number; userId: string; uploadedBefore?: number }
  | { scope: "application"; applicationId: number };

/** What has been erased so far. */
export interface ErasureCounts {
  records: number;
  photos: number;
  deliveries: number;
}

/** An erasure as D1 keeps it. Times are Unix milliseconds. */
export interface Erasure extends ErasureCounts {
  id: string;
  applicationId: number;
  scope: ErasureSubject["scope"];
  /** "" for a whole application, and for everyone once the erasure is done. */
  userId: string;
  status: "running" | "done";
  revision: number;
  /** Records that are counted and are being removed. */
  toDelete: readonly string[];
  startedAt: number;
  settlesAt: number;
  nextAt: number;
  finishedAt: number | null;
}

/**
 * How long after it was asked for an erasure still looks for what comes late. An isolate admits a revoked token for
 * half a minute, and an upload that it admitted may take some minutes more.
 */
const SETTLING_MS = 5 * MINUTE_MS;

/**
 * Uploads that begin this long after an erasure of their user came in with a token that was issued after it: isolates
 * admit a revoked one for half a minute, and their clocks may differ by as much.
 */
const ADMITTED_MS = MINUTE_MS;

/** Whoever works on an erasure has it for this long; if it was stopped, the next run goes on then. */
export const CLAIM_MS = MINUTE_MS;

/** A new erasure of a subject, in the hands of the request that asked for it. */
export const newErasure = (subject: ErasureSubject, id: string, now: number): Erasure => ({
  id,
  applicationId: subject.applicationId,
  scope: subject.scope,
  userId: subject.scope === "user" ? subject.userId : "",
  status: "running",
  revision: 1,
  records: 0,
  photos: 0,
  deliveries: 0,
  toDelete: [],
  startedAt: now,
  settlesAt: now + SETTLING_MS,
  nextAt: now + CLAIM_MS,
  finishedAt: null,
});

/** Whom a running erasure is about. */
export const subjectOf = ({ scope, applicationId, userId, startedAt }: Erasure): ErasureSubject =>
  scope === "user"
    ? { scope, applicationId, userId, uploadedBefore: startedAt + ADMITTED_MS }
    : { scope, applicationId };
