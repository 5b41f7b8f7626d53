import { eventVersion } from "./event-id.ts";
import { MAX_ATTEMPTS, retryDelayMs } from "./schedule.ts";

/** How one attempt ended. `responseExcerpt` is the beginning of the endpoint's response. */
export interface AttemptOutcome {
  /** The HTTP status, or null when there was no response. */
  httpStatus: number | null;
  error: string | null;
  responseExcerpt: string | null;
  retryAfterMs: number | null;
  finishedAt: number;
  /** It never reached the endpoint, through no fault of that: it does not count against it. */
  isOurFault?: true;
}

/** Why an attempt was made: scheduled, or requested manually. */
export const ATTEMPT_TRIGGERS = ["schedule", "resend", "test"] as const;
export type AttemptTrigger = (typeof ATTEMPT_TRIGGERS)[number];

/** What an attempt sends, apart from the body: header names in lower case. */
export interface AttemptRequest {
  url: string;
  headers: Record<string, string>;
}

/** One attempt as it is kept: times in Unix milliseconds, latency in milliseconds; null while it is in progress. */
export interface Attempt {
  number: number;
  trigger: AttemptTrigger;
  request: AttemptRequest;
  startedAt: number;
  latencyMs: number | null;
  httpStatus: number | null;
  error: string | null;
  responseExcerpt: string | null;
}

/**
 * The state of a delivery in D1. `held`: due, but the application's circuit is open. `undelivered`: not sent, because
 * the endpoint was disabled or gone when it was due. One that is `dropped`, because no one wants it, leaves nothing
 * there.
 */
export const LISTED_STATUSES = ["waiting", "held", "delivered", "exhausted", "undelivered"] as const;
export type ListedStatus = (typeof LISTED_STATUSES)[number];
export type DeliveryStatus = ListedStatus | "dropped";

/** The state of the delivery of one event. */
export interface Delivery {
  status: DeliveryStatus;
  attempts: Attempt[];
  /** Scheduled attempts that have failed or were cut off: they decide the next wait. A recovery starts them again. */
  failures: number;
  /** When the next scheduled attempt is due, Unix milliseconds; null when there will be none. */
  dueAt: number | null;
  /** When a manual attempt was requested, outside the schedule; null if none was. */
  resendAt: number | null;
}

/** 410 Gone: the endpoint will never accept this event. */
const GONE = 410;

/** Ten by schedule, the rest by hand: an event that is resent repeatedly must not grow without bound. */
const MAX_KEPT_ATTEMPTS = 50;

export const newDelivery = (now: number): Delivery => ({
  status: "waiting",
  attempts: [],
  failures: 0,
  dueAt: now,
  resendAt: null,
});

const OPEN_STATUSES: ReadonlySet<DeliveryStatus> = new Set(["waiting", "held"]);

/** Whether the schedule is done with it. */
export const hasEnded = (delivery: Delivery): boolean => !OPEN_STATUSES.has(delivery.status);

/** Whether nothing is left to do for it. */
export const isSettled = (delivery: Delivery): boolean => hasEnded(delivery) && delivery.resendAt === null;

export const isSuccess = (httpStatus: number | null): boolean =>
  httpStatus !== null && httpStatus >= 200 && httpStatus < 300;

/** Whether the schedule is used up: by attempts that were cut off, because a failure would have ended it. */
export const isWornOut = (delivery: Delivery): boolean => delivery.failures >= MAX_ATTEMPTS;

/** An attempt that was claimed and of which no outcome is known. */
export const isAttemptUnderWay = (attempt: Attempt): boolean => attempt.latencyMs === null;

/** Whether an attempt of it is in progress, or was cut off by a crash. */
const isBeingSent = (delivery: Delivery): boolean => {
  const last = delivery.attempts.at(-1);
  return last !== undefined && isAttemptUnderWay(last);
};

/** The number of the attempt that would be claimed now. */
export const nextAttemptNumber = (delivery: Delivery): number => (delivery.attempts.at(-1)?.number ?? 0) + 1;

/** An attempt that is about to be made. */
export const newAttempt = (
  number: number,
  trigger: AttemptTrigger,
  request: AttemptRequest,
  startedAt: number,
): Attempt => ({
  number,
  trigger,
  request,
  startedAt,
  latencyMs: null,
  httpStatus: null,
  error: null,
  responseExcerpt: null,
});

/** The same attempt, ended. */
export const withOutcome = (attempt: Attempt, outcome: AttemptOutcome): Attempt => ({
  ...attempt,
  latencyMs: outcome.finishedAt - attempt.startedAt,
  httpStatus: outcome.httpStatus,
  error: outcome.error,
  responseExcerpt: outcome.responseExcerpt,
});

/** Closes an attempt interrupted by a crash. */
const interrupted = (attempts: readonly Attempt[]): Attempt[] =>
  attempts.map((attempt) =>
    isAttemptUnderWay(attempt) ? { ...attempt, latencyMs: 0, error: "interrupted" } : attempt,
  );

/**
 * Claims the next attempt: it is stored before the request goes out, because other events interleave with a fetch. An
 * attempt that was claimed before and has no outcome was cut off by a crash: it is closed as `interrupted` first, and
 * the new one carries the same event id and the same bytes.
 */
export function claimAttempt(
  delivery: Delivery,
  trigger: AttemptTrigger,
  request: AttemptRequest,
  now: number,
): Delivery {
  const claimed = newAttempt(nextAttemptNumber(delivery), trigger, request, now);
  const cutOff = delivery.attempts.filter(
    (attempt) => isAttemptUnderWay(attempt) && attempt.trigger === "schedule",
  ).length;
  const attempts = [...interrupted(delivery.attempts), claimed].slice(-MAX_KEPT_ATTEMPTS);
  return { ...delivery, attempts, failures: delivery.failures + cutOff };
}

/**
 * Closes the claimed attempt with its outcome and decides what comes next. A success ends everything. A failed resend
 * leaves the schedule as it is, and an event that has ended as it has ended. `random` (0–1) spreads the next wait.
 */
export function closeAttempt(delivery: Delivery, outcome: AttemptOutcome, random: number): Delivery {
  const trigger = delivery.attempts.at(-1)?.trigger;
  const attempts = delivery.attempts.map((attempt) =>
    isAttemptUnderWay(attempt) ? withOutcome(attempt, outcome) : attempt,
  );
  const resendAt = trigger === "resend" ? null : delivery.resendAt;
  const closed: Delivery = { ...delivery, attempts, resendAt };
  if (isSuccess(outcome.httpStatus)) return { ...closed, status: "delivered", dueAt: null };
  if (trigger === "resend") return closeResend(closed, outcome);
  const failures = delivery.failures + 1;
  const delay = outcome.httpStatus === GONE ? null : retryDelayMs(failures, random, outcome.retryAfterMs);
  if (delay === null) return { ...closed, failures, status: "exhausted", dueAt: null };
  return { ...closed, failures, status: "waiting", dueAt: outcome.finishedAt + delay };
}

const closeResend = (delivery: Delivery, outcome: AttemptOutcome): Delivery =>
  outcome.httpStatus === GONE && !hasEnded(delivery) ? { ...delivery, status: "exhausted", dueAt: null } : delivery;

/** It is due, but its application's circuit breaker is open: closing it wakes the event. */
export const holdDelivery = (delivery: Delivery): Delivery => ({
  ...delivery,
  status: "held",
  attempts: interrupted(delivery.attempts),
});

/** Lets a held delivery continue as it was planned. */
export const letGo = (delivery: Delivery): Delivery =>
  delivery.status === "held" ? { ...delivery, status: "waiting" } : delivery;

/** An event with its delivery. `body` is stored whole, so that every attempt sends the same bytes. */
export interface OutboxEntry {
  eventId: string;
  eventType: string;
  body: string;
  createdAt: number;
  delivery: Delivery;
  /** Grows with every change of the delivery: a write of an older state that reaches D1 late changes nothing there. */
  revision: number;
  /** Whether D1 has a row of it … */
  known: boolean;
  /** … which says how the delivery stands now. */
  recorded: boolean;
}

/** The event of a record that has just changed. */
export const newEntry = (event: Pick<OutboxEntry, "eventId" | "eventType" | "body" | "createdAt">): OutboxEntry => ({
  ...event,
  delivery: newDelivery(event.createdAt),
  revision: 1,
  known: false,
  recorded: false,
});

/** The entry with its delivery changed; not written to D1 yet. */
export const withDelivery = (entry: OutboxEntry, delivery: Delivery): OutboxEntry => ({
  ...entry,
  delivery,
  revision: entry.revision + 1,
  recorded: false,
});

/** D1 has no row of it yet, and needs none before the first attempt: the record's own row keeps the sweep's time. */
const isUntouched = ({ delivery, known }: OutboxEntry): boolean =>
  !known && delivery.status === "waiting" && delivery.attempts.length === 0 && delivery.resendAt === null;

/**
 * Whether it has to be written to D1 before anything else happens to it. While an attempt is in progress, there is
 * nothing to write.
 */
export const isUnrecorded = (entry: OutboxEntry): boolean =>
  !entry.recorded && !isBeingSent(entry.delivery) && !isUntouched(entry);

/**
 * An entry as an object stored it. One from before circuits and resends lacks what those need, and calls a claimed
 * attempt `sending`: it continues where it was. One from before revisions begins to count them.
 */
export function upgradeEntry(stored: OutboxEntry): OutboxEntry {
  const { attempts, failures, resendAt, status } = stored.delivery;
  const delivery: Delivery = {
    ...stored.delivery,
    status: (status as string) === "sending" ? "waiting" : status,
    attempts: attempts.map(upgradeAttempt),
    failures: failures ?? attempts.length,
    resendAt: resendAt ?? null,
  };
  return { ...stored, revision: stored.revision ?? 1, known: stored.known ?? attempts.length > 1, delivery };
}

const upgradeAttempt = (attempt: Attempt): Attempt => ({
  ...attempt,
  trigger: attempt.trigger ?? "schedule",
  request: attempt.request ?? { url: "", headers: {} },
});

/** An event of which D1 keeps a row. */
export type ListedEntry = OutboxEntry & { delivery: { status: ListedStatus } };

/**
 * Ends a delivery that has nowhere to go. With an endpoint that is disabled, or once D1 knows of it, it can be found
 * and redelivered; an event without any endpoint leaves nothing.
 */
export function endDelivery({ delivery, known }: OutboxEntry, why: "disabled" | "unwanted" | "worn_out"): Delivery {
  const ended: Delivery = { ...delivery, attempts: interrupted(delivery.attempts), dueAt: null, resendAt: null };
  if (hasEnded(delivery)) return ended;
  if (why === "worn_out") return { ...ended, status: "exhausted" };
  return { ...ended, status: why === "disabled" || known ? "undelivered" : "dropped" };
}

/**
 * A record's events in the order in which they happened: that of its versions, because the clocks of two machines on
 * which its object has lived may contradict it.
 */
export const inOrder = (entries: readonly OutboxEntry[]): OutboxEntry[] =>
  [...entries].sort((a, b) => eventVersion(a.eventId) - eventVersion(b.eventId));

/** What is to be attempted next, and when (Unix milliseconds). */
export interface NextAttempt {
  entry: OutboxEntry;
  trigger: AttemptTrigger;
  dueAt: number;
}

/**
 * What comes next. A record's events go out in order: a later one waits until the one before has ended. What someone
 * asked for comes first, because it does not touch the schedule.
 */
export function nextAttempt(entries: readonly OutboxEntry[]): NextAttempt | null {
  const asked = entries.find((entry) => entry.delivery.resendAt !== null);
  if (asked !== undefined && asked.delivery.resendAt !== null) {
    return { entry: asked, trigger: "resend", dueAt: asked.delivery.resendAt };
  }
  const head = headOfOutbox(entries);
  if (head === null || head.delivery.status === "held" || head.delivery.dueAt === null) return null;
  return { entry: head, trigger: "schedule", dueAt: head.delivery.dueAt };
}

/** The first event that the schedule is not done with. */
export const headOfOutbox = (entries: readonly OutboxEntry[]): OutboxEntry | null =>
  entries.find((entry) => !hasEnded(entry.delivery)) ?? null;
