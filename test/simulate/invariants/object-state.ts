import type { RecordObjectCell } from "../world/record-objects.ts";

/** What a record's object keeps, as far as invariants look at it. */
export interface ObjectState {
  record: { id: string; applicationId: number; status: string; version: number; failure: { code: string } | null };
  lease: { id: string; expiresAt: number } | null;
  reanalysis: { hint: string | null } | null;
  deleted: boolean;
}

export interface ObjectEvent {
  eventId: string;
  eventType: string;
  delivery: { status: string; dueAt: number | null; resendAt: number | null };
}

/** The state of an object; null when it is empty. */
export function stateOf({ storage }: RecordObjectCell): ObjectState | null {
  const [row] = storage.peek<{ state: string }>("SELECT state FROM sequence");
  return row === undefined ? null : JSON.parse(row.state);
}

export const outboxOf = ({ storage }: RecordObjectCell): ObjectEvent[] =>
  storage.peek<{ event: string }>("SELECT event FROM outbox ORDER BY position").map(({ event }) => JSON.parse(event));

/** Whether something is still to be done for the event. */
export const isOpenEvent = ({ delivery }: ObjectEvent): boolean =>
  ["waiting", "held"].includes(delivery.status) || delivery.resendAt !== null;
