import type { Status } from "../../src/records/record.ts";

/** What clients, endpoints and the killer have seen. Times are Unix milliseconds. */

/** One upload as a client means it: however often it is sent, it wants one record. */
export interface Upload {
  /** The record carries it in its metadata, so that each record can be led back to its upload. */
  mark: string;
  applicationId: number;
  userId: string;
  form: string;
  /** The `Idempotency-Key`. */
  key: string | null;
  /** How often its request may have reached the service. */
  sends: number;
  /** The ids in the answers that accepted it; more than one is a fault. */
  recordIds: string[];
  acceptedAt: number | null;
  /** The client has stopped trying without an answer. */
  abandoned: boolean;
}

export type ChangeKind = "portion" | "content" | "ingredient" | "reanalyze" | "cancel";

/** A change of a record that was answered 200 or 202. */
export interface ChangeOutcome {
  what: ChangeKind;
  at: number;
  /** From the answer's ETag; null where it has none. */
  version: number | null;
  /** The version that its `If-Match` named. */
  ifMatch: number | null;
  /** The record as the answer shows it; null where it shows less. */
  body: string | null;
}

/** One record as its user knows it. */
export interface RecordStory {
  id: string;
  applicationId: number;
  userId: string;
  form: string;
  acceptedAt: number;
  changes: ChangeOutcome[];
  /** Changes of which no answer came: they may have been made. */
  unanswered: { what: ChangeKind | "delete"; at: number }[];
  /** Requests to delete it. */
  deleteAskedAt: number | null;
  deletedAt: number | null;
  /** What readers saw that went back in the record's life, in words. */
  wentBack: string[];
  /** The newest that a reader has seen. */
  newest: { version: number; status: Status; at: number } | null;
}

/** One webhook request as it came in. */
export interface Arrival {
  applicationId: number;
  eventId: string;
  recordId: string;
  version: number;
  event: string;
  at: number;
  /** `webhook-timestamp`, Unix seconds. */
  issuedSecond: number;
  attempt: number;
  bodyHash: string;
  /** Null when it verifies, otherwise what is wrong, in words. */
  signatureFlaw: string | null;
  /** What the endpoint did; null while it has not answered. `status` is null when it never answers, or with a reset. */
  answer: { status: number | null; at: number } | null;
  /** What a GET said at once; null when it was not answered. */
  found: { httpStatus: number; version: number | null } | null;
}

export type KillKind = "workerd" | "tree" | "launcher" | "starting";

export interface Outage {
  kind: KillKind;
  at: number;
  backAt: number | null;
}

/** What an administrator did that sends events again. */
export interface Intervention {
  what: "resend" | "recover" | "test";
  applicationId: number;
  /** Of the record of a resend. */
  recordId: string | null;
  at: number;
}

/** An answer that no client should get while nothing is killed. */
export interface OddResponse {
  at: number;
  askedAt: number;
  request: string;
  status: number;
  excerpt: string;
}

export interface Ledger {
  startedAt: number;
  uploads: Upload[];
  stories: Map<string, RecordStory>;
  arrivals: Arrival[];
  outages: Outage[];
  interventions: Intervention[];
  oddResponses: OddResponse[];
  /** How often each kind of request was answered or broke. */
  requests: Map<string, { answered: number; broken: number }>;
}

export const emptyLedger = (startedAt: number): Ledger => ({
  startedAt,
  uploads: [],
  stories: new Map(),
  arrivals: [],
  outages: [],
  interventions: [],
  oddResponses: [],
  requests: new Map(),
});

/** The version in an ETag of a record, `"{id}.{version}"`; null in anything else. */
export function versionOf(etag: string | null): number | null {
  const [, version] = /\.(\d+)"$/.exec(etag ?? "") ?? [];
  return version === undefined ? null : Number(version);
}

export const isOpen = (status: Status): boolean => status === "pending" || status === "processing";

/** Notes what a reader saw who asked at `askedAt`: nothing that was seen before that may be newer. */
export function noteSeen(
  story: RecordStory,
  seen: { version: number; status: Status; askedAt: number; at: number },
): void {
  const { newest } = story;
  if (newest !== null && newest.at <= seen.askedAt && seen.version < newest.version)
    story.wentBack.push(`version ${seen.version} (${seen.status}) after ${newest.version} (${newest.status})`);
  if (newest !== null && newest.at <= seen.askedAt && isOpen(seen.status) && !isOpen(newest.status))
    story.wentBack.push(`${seen.status} after ${newest.status}`);
  if (newest === null || seen.version > newest.version)
    story.newest = { version: seen.version, status: seen.status, at: seen.at };
}
