import { isSuccess, type AttemptOutcome } from "../webhooks/outbox.ts";
import { MAX_ATTEMPTS, retryDelayMs } from "../webhooks/schedule.ts";
import type { OperationsEvent } from "./events.ts";
import type { OperationsEventBody, OperationsEventType } from "./event-schema.ts";
import { MINUTE_MS } from "../time.ts";

/** An attempt that has no outcome after this long was cut off. Much longer than an endpoint may take, at most 30 s. */
export const ATTEMPT_LEASE_MS = 2 * MINUTE_MS;

/** 410 Gone: the receiver says that it will never take this again. */
const GONE = 410;

/** `unsent`: no webhook was configured when it happened. */
export const EVENT_STATUSES = ["waiting", "delivered", "exhausted", "unsent"] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** An event in the outbox, with its latest attempt. Times in Unix milliseconds, as D1 has them. */
export interface OutboxEvent {
  id: string;
  dedupeKey: string;
  type: OperationsEventType;
  /** Stored whole, so that every attempt sends the same bytes. */
  body: string;
  status: EventStatus;
  createdAt: number;
  /** Attempts that were started. */
  attempts: number;
  /** When the next attempt is due, or the one in progress counts as cut off; null once nothing is left to do. */
  dueAt: number | null;
  attemptedAt: number | null;
  /** Null while the attempt is in progress, and when it was cut off. */
  latencyMs: number | null;
  httpStatus: number | null;
  error: string | null;
}

/** The id of an event, by a UUIDv7 of its own. */
export const eventIdOf = (uuid: string): string => `ops_${uuid}`;

/** The body of an event, as every attempt sends it. */
const bodyOf = (id: string, { type, at, data }: OperationsEvent): string =>
  JSON.stringify({ id, type, created_at: new Date(at).toISOString(), data } satisfies Record<
    keyof OperationsEventBody,
    unknown
  >);

/** An event as the outbox begins with it. `isWanted`: whether there is anyone to send it to. */
export function newOutboxEvent(event: OperationsEvent, isWanted: boolean, id: string): OutboxEvent {
  return {
    id,
    dedupeKey: event.key,
    type: event.type,
    body: bodyOf(id, event),
    status: isWanted ? "waiting" : "unsent",
    createdAt: event.at,
    attempts: 0,
    dueAt: isWanted ? event.at : null,
    attemptedAt: null,
    latencyMs: null,
    httpStatus: null,
    error: null,
  };
}

/** Events of one change: their ids sort as they are given, because that is the order in which they are sent. */
export function newOutboxEvents(
  events: readonly OperationsEvent[],
  isWanted: boolean,
  newId: () => string,
): OutboxEvent[] {
  const ids = events.map(() => eventIdOf(newId())).sort();
  return events.map((event, place) => newOutboxEvent(event, isWanted, ids[place] ?? eventIdOf(newId())));
}

/** Whether nothing is left to do for it. */
export const hasOperationsEventEnded = ({ status }: OutboxEvent): boolean => status !== "waiting";

/**
 * Claims the next attempt of an event that is due: stored before the request goes out, by whoever comes first. An
 * attempt that was claimed before and has no outcome was cut off; it counts. When it was the last one, the event ends
 * here.
 */
export function claimOperationsAttempt(event: OutboxEvent, now: number): OutboxEvent {
  if (event.attempts >= MAX_ATTEMPTS) {
    return { ...event, status: "exhausted", dueAt: null, latencyMs: 0, error: "interrupted" };
  }
  return {
    ...event,
    attempts: event.attempts + 1,
    dueAt: now + ATTEMPT_LEASE_MS,
    attemptedAt: now,
    latencyMs: null,
    httpStatus: null,
    error: null,
  };
}

/** Closes the claimed attempt with its outcome, and decides what comes next. `random` (0–1) spreads the next wait. */
export function closeOperationsAttempt(claimed: OutboxEvent, outcome: AttemptOutcome, random: number): OutboxEvent {
  const { httpStatus, error, finishedAt } = outcome;
  const closed: OutboxEvent = {
    ...claimed,
    latencyMs: finishedAt - (claimed.attemptedAt ?? finishedAt),
    httpStatus,
    error,
  };
  if (isSuccess(httpStatus)) return { ...closed, status: "delivered", dueAt: null };
  const delay = httpStatus === GONE ? null : retryDelayMs(claimed.attempts, random, outcome.retryAfterMs);
  if (delay === null) return { ...closed, status: "exhausted", dueAt: null };
  return { ...closed, dueAt: finishedAt + delay };
}
