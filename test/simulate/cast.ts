import type { Receiver } from "./world/receivers.ts";

/** Final statuses: an analysis is over in each of them. */
export const FINAL: ReadonlySet<string> = new Set(["completed", "failed", "updated", "canceled"]);

/** An application of this world, and all that is known of it. */
export interface Tenant {
  id: number;
  name: string;
  receiver: Receiver;
  /** Headers by user. */
  tokens: Map<string, { authorization: string }>;
  webhookKeys: string[];
  /** False once a rotation's answer got lost: then there is a key that nobody has seen. */
  areKeysKnown: boolean;
  events: readonly string[];
  /** Whether its URL or its events were changed, or its endpoint may be disabled: events may then be given up. */
  mayLoseEvents: boolean;
  /** Who was erased: a user, or "" for all. `acceptedAt` is null while the answer is not known. */
  erased: { user: string; acceptedAt: number | null }[];
  /** Whether somebody asked for resends or a recovery: events then come again, and out of order. */
  areEventsRepeated: boolean;
}

export type RecordKind = "text" | "photo" | "label" | "manual";

/** A version that a user was told of, by the call that made it. */
export interface ToldVersion {
  version: number;
  by: "change" | "reanalyze";
  hint: string | null;
}

/** A record of this world, as its user knows it. */
export interface OwnedRecord {
  name: string;
  kind: RecordKind;
  tenant: Tenant;
  user: string;
  id: string;
  acceptedAt: number;
  /** When a 204 said that it is gone. */
  deletedAt: number | null;
  /** A deletion or an erasure was asked for whose outcome is not known. */
  mayBeGone: boolean;
  told: ToldVersion[];
  /** A call that changes it got no answer: what it says may be newer than what was told. */
  hasUnannouncedChange: boolean;
  /** Whether anything but its upload was asked of it. */
  isTouched: boolean;
}

/** Whether an erasure was asked for that covers the record. */
export const isErased = ({ tenant, user }: Pick<OwnedRecord, "tenant" | "user">): boolean =>
  tenant.erased.some((erasure) => erasure.user === "" || erasure.user === user);

/** All that take part. */
export interface Cast {
  tenants: Tenant[];
  records: OwnedRecord[];
}

export const recordOf = ({ records }: Cast, id: string): OwnedRecord | undefined =>
  records.find((record) => record.id === id);
