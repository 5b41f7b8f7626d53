import type { Status } from "../../src/records/record.ts";
import type { ListedStatus } from "../../src/webhooks/outbox.ts";

/** What the service says when everything rests. Times are Unix milliseconds. */

/** One entry of a record's timeline that changed its version. */
export interface Transition {
  at: number;
  status: Status;
  version: number;
  stage: string;
}

/** A record as its user and an administrator read it; status and version are null where there is none. */
export interface StoredRecord {
  id: string;
  httpStatus: number;
  status: Status | null;
  version: number | null;
  body: string;
  /** The latest ones, oldest first. */
  transitions: Transition[];
}

export interface StoredDelivery {
  eventId: string;
  recordId: string;
  event: string;
  status: ListedStatus;
  nextAttemptAt: number | null;
  /** By what each attempt was made, and how it ended. */
  attempts: { number: number; trigger: string; startedAt: number; httpStatus: number | null; error: string | null }[];
}

export interface Stored {
  /** When the reading began. */
  at: number;
  records: Map<string, StoredRecord>;
  deliveries: Map<string, StoredDelivery>;
  /** All records of all users of the load, by their lists: the mark in their metadata, null where there is none. */
  listed: { id: string; mark: string | null }[];
  /** The records that an administrator finds when looking for open ones. */
  openForAdministrator: Set<string>;
}
