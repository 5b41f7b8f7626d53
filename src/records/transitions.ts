import type { Status } from "./record.ts";

export const EVENTS = ["begin", "complete", "fail", "cancel", "update"] as const;
export type TransitionEvent = (typeof EVENTS)[number];

/**
 * Every allowed step of a record's life; what is missing here is refused. `processing` may begin again because a
 * consumer can die: whether its lease has run out is the sequencer's guard. A final status never returns to an open
 * one: a failed record keeps its status while it is analyzed again, and may then complete, fail again, or be replaced
 * by hand.
 */
const TRANSITIONS: Record<Status, Partial<Record<TransitionEvent, Status>>> = {
  pending: { begin: "processing", fail: "failed", cancel: "canceled" },
  processing: { begin: "processing", complete: "completed", fail: "failed", cancel: "canceled" },
  completed: { update: "updated" },
  updated: { update: "updated" },
  failed: { complete: "completed", fail: "failed", update: "updated" },
  canceled: {},
};

/** The status that follows, or null when the record's status does not allow the event. */
export const nextStatus = (status: Status, event: TransitionEvent): Status | null => TRANSITIONS[status][event] ?? null;

/** Whether the analysis is over: the status can never be `pending` or `processing` again. */
export const isFinal = (status: Status): boolean => status !== "pending" && status !== "processing";
