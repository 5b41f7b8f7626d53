import { retryDelayMs } from "./schedule.ts";

/** How one attempt ended. `responseExcerpt` is the beginning of the endpoint's answer. */
export interface AttemptOutcome {
  /** The HTTP status, or null when there was no answer. */
  httpStatus: number | null;
  error: string | null;
  responseExcerpt: string | null;
  retryAfterMs: number | null;
  finishedAt: number;
}

/** One attempt as it is kept: times in Unix milliseconds, latency in milliseconds. */
export interface Attempt {
  number: number;
  startedAt: number;
  latencyMs: number | null;
  httpStatus: number | null;
  error: string | null;
  responseExcerpt: string | null;
}

/** `sending` is the claim: it is stored before the request goes out, because other events interleave with a fetch. */
export const DELIVERY_STATUSES = ["waiting", "sending", "delivered", "exhausted", "dropped"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Where the delivery of one event stands. */
export interface Delivery {
  status: DeliveryStatus;
  attempts: Attempt[];
  /** When the next attempt is due, Unix milliseconds; null when there will be none. */
  dueAt: number | null;
}

/** 410 Gone: the endpoint says that it will never take this again. */
const GONE = 410;

export const newDelivery = (now: number): Delivery => ({ status: "waiting", attempts: [], dueAt: now });

export const isSettled = (delivery: Delivery): boolean =>
  delivery.status === "delivered" || delivery.status === "exhausted" || delivery.status === "dropped";

const isSuccess = (httpStatus: number | null): boolean => httpStatus !== null && httpStatus >= 200 && httpStatus < 300;

/**
 * Claims the next attempt. An attempt that was claimed before and has no outcome was cut off by a crash: it is closed
 * as `interrupted` first, and the new one carries the same event id and the same bytes.
 */
export function claimAttempt(delivery: Delivery, now: number): Delivery {
  const attempts = delivery.attempts.map((attempt) =>
    attempt.latencyMs === null ? { ...attempt, latencyMs: 0, error: "interrupted" } : attempt,
  );
  const claimed: Attempt = {
    number: attempts.length + 1,
    startedAt: now,
    latencyMs: null,
    httpStatus: null,
    error: null,
    responseExcerpt: null,
  };
  return { status: "sending", attempts: [...attempts, claimed], dueAt: now };
}

/** Closes the claimed attempt with its outcome and decides what comes next. `random` (0–1) spreads the next wait. */
export function closeAttempt(delivery: Delivery, outcome: AttemptOutcome, random: number): Delivery {
  const attempts = delivery.attempts.map((attempt) =>
    attempt.latencyMs === null
      ? {
          ...attempt,
          latencyMs: outcome.finishedAt - attempt.startedAt,
          httpStatus: outcome.httpStatus,
          error: outcome.error,
          responseExcerpt: outcome.responseExcerpt,
        }
      : attempt,
  );
  if (isSuccess(outcome.httpStatus)) return { status: "delivered", attempts, dueAt: null };
  const delay = outcome.httpStatus === GONE ? null : retryDelayMs(attempts.length, random, outcome.retryAfterMs);
  if (delay === null) return { status: "exhausted", attempts, dueAt: null };
  return { status: "waiting", attempts, dueAt: outcome.finishedAt + delay };
}

/** Ends a delivery that has nowhere to go: the application has no webhook URL, or does not want this event. */
export const dropDelivery = (delivery: Delivery): Delivery => ({ ...delivery, status: "dropped", dueAt: null });

/** An event with its delivery. `body` is stored whole, so that every attempt sends the same bytes. */
export interface OutboxEntry {
  eventId: string;
  eventType: string;
  body: string;
  createdAt: number;
  delivery: Delivery;
  /** Whether D1 has been told how the delivery stands. */
  recorded: boolean;
}

/** The first event that is not settled: a record's events go out in order, so a later one waits for it. */
export const headOfOutbox = (entries: readonly OutboxEntry[]): OutboxEntry | null =>
  entries.find((entry) => !isSettled(entry.delivery)) ?? null;
