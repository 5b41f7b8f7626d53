import { announcedEvents, type DueEvent } from "./announced.ts";
import type { Promised } from "./checks.ts";
import { byEvent, causeOf } from "./duplicates.ts";
import type { Arrival, RecordStory } from "./ledger.ts";
import type { Check, Evidence, Flaw } from "./reconcile.ts";
import type { StoredDelivery } from "./stored.ts";

/** A request that was issued before the 204 is under way for this long at most, milliseconds. */
const UNDER_WAY_MS = 2000;
/** An attempt that is due is made this soon: by the alarm, or by the sweep when that is lost, milliseconds. */
const OVERDUE_MS = 240_000;
const SECOND_MS = 1000;

/** Deliveries that may still be made, or of which somebody can see that they were not. */
const EXPLAINED = new Set(["waiting", "held", "exhausted", "undelivered"]);
const isOpenDelivery = ({ status }: StoredDelivery): boolean => status === "waiting" || status === "held";

const ofArrivals =
  (look: (arrival: Arrival, evidence: Evidence) => string | null): Promised["look"] =>
  (evidence) => {
    const { arrivals } = evidence.ledger;
    const flaws = arrivals.flatMap((arrival): Flaw[] => {
      const expected = look(arrival, evidence);
      return expected === null ? [] : [{ recordId: arrival.recordId, expected: `${arrival.eventId}: ${expected}` }];
    });
    return { looked: arrivals.length, flaws };
  };

/** Whether an event has arrived, or an administrator can see why not. */
function isAccountedFor(due: DueEvent, recordId: string, arrived: ReadonlySet<string>, { stored }: Evidence): boolean {
  if (arrived.has(due.eventId)) return true;
  const delivery = stored.deliveries.get(due.eventId);
  if (delivery !== undefined) return EXPLAINED.has(delivery.status);
  // A record's events go out in order: this one waits for an earlier one, and is listed when its turn comes.
  return [...stored.deliveries.values()].some(
    (earlier) =>
      earlier.recordId === recordId &&
      isOpenDelivery(earlier) &&
      Number(/\d+$/.exec(earlier.eventId)?.[0]) < due.version,
  );
}

function allArrived(evidence: Evidence): Omit<Check, "name"> {
  const { ledger, stored, wants } = evidence;
  const arrived = new Set(ledger.arrivals.map(({ eventId }) => eventId));
  const flaws: Flaw[] = [];
  let looked = 0;
  for (const story of ledger.stories.values()) {
    if (story.deleteAskedAt !== null) continue;
    const transitions = stored.records.get(story.id)?.transitions ?? [];
    for (const due of announcedEvents(story, transitions, wants.get(story.applicationId) ?? new Set())) {
      looked += 1;
      if (!isAccountedFor(due, story.id, arrived, evidence))
        flaws.push({ recordId: story.id, expected: `${due.event} (${due.eventId}) to arrive or to be listed` });
    }
  }
  return { looked, flaws };
}

/** A webhook that was issued after the client has the 204 of its record's deletion. */
function cameAfterDeletion(arrival: Arrival, story: RecordStory | undefined): boolean {
  const deletedAt = story?.deletedAt ?? null;
  if (deletedAt === null || arrival.at <= deletedAt) return false;
  return arrival.issuedSecond * SECOND_MS > deletedAt || arrival.at > deletedAt + UNDER_WAY_MS;
}

function unexplainedDuplicates({ ledger, stored }: Evidence): Omit<Check, "name"> {
  const flaws: Flaw[] = [];
  let looked = 0;
  for (const [eventId, arrivals] of byEvent(ledger.arrivals)) {
    arrivals.slice(1).forEach((again, index) => {
      looked += 1;
      const before = arrivals[index];
      if (before === undefined) return;
      const cause = causeOf(before, again, stored.deliveries.get(eventId), ledger.outages, ledger.interventions);
      if (cause === null)
        flaws.push({
          recordId: again.recordId,
          expected: `no attempt ${again.attempt} of ${eventId} after attempt ${before.attempt} had succeeded`,
        });
    });
  }
  return { looked, flaws };
}

/** First arrivals of a record's events come in its order, unless somebody had an earlier one sent again. */
function inOrder({ ledger }: Evidence): Omit<Check, "name"> {
  const firsts = [...byEvent(ledger.arrivals).values()].map(([first]) => first).filter((first) => first !== undefined);
  const newest = new Map<string, Arrival>();
  const flaws: Flaw[] = [];
  for (const arrival of firsts.sort((a, b) => a.at - b.at)) {
    const before = newest.get(arrival.recordId);
    const wasAsked = ledger.interventions.some(
      ({ what, applicationId, recordId }) =>
        what !== "test" &&
        applicationId === arrival.applicationId &&
        (recordId ?? arrival.recordId) === arrival.recordId,
    );
    if (before !== undefined && before.version > arrival.version && !wasAsked)
      flaws.push({ recordId: arrival.recordId, expected: `${arrival.eventId} before ${before.eventId}` });
    if (before === undefined || before.version < arrival.version) newest.set(arrival.recordId, arrival);
  }
  return { looked: firsts.length, flaws };
}

export const WEBHOOK_CHECKS: readonly Promised[] = [
  { name: "every event that was asked for has arrived, or is listed as not delivered", look: allArrived },
  {
    name: "whoever got a webhook found its version, or a later one",
    look: ofArrivals(({ version, event, found, recordId }, { ledger }) => {
      if (found === null || (found.version !== null && found.version >= version)) return null;
      const isDeleted = found.httpStatus === 404 && (ledger.stories.get(recordId)?.deleteAskedAt ?? null) !== null;
      return isDeleted ? null : `to find version ${version} (${event}), not ${found.version ?? found.httpStatus}`;
    }),
  },
  {
    name: "no webhook was issued after the 204 of its record",
    look: ofArrivals((arrival, { ledger }) => {
      const story = ledger.stories.get(arrival.recordId);
      return cameAfterDeletion(arrival, story)
        ? `not to come ${arrival.at - (story?.deletedAt ?? 0)} ms after the 204`
        : null;
    }),
  },
  {
    name: "every attempt of an event has the same bytes",
    look({ ledger }) {
      const events = byEvent(ledger.arrivals);
      const differing = [...events].filter(
        ([, arrivals]) => new Set(arrivals.map(({ bodyHash }) => bodyHash)).size > 1,
      );
      const flaws = differing.map(([eventId, [first]]) => ({
        recordId: first?.recordId ?? null,
        expected: `one body of ${eventId}`,
      }));
      return { looked: events.size, flaws };
    },
  },
  { name: "every webhook is signed with a live key", look: ofArrivals(({ signatureFlaw }) => signatureFlaw) },
  {
    name: "every webhook went to its own application, which had asked for it",
    look: ofArrivals(({ applicationId, recordId, event }, { ledger, wants }) => {
      const owner = ledger.stories.get(recordId)?.applicationId ?? applicationId;
      if (owner !== applicationId) return `to go to application ${owner}, not ${applicationId}`;
      return wants.get(applicationId)?.has(event) === true ? null : `not to be sent, nobody asked for ${event}`;
    }),
  },
  { name: "the first arrivals of a record come in its order", look: inOrder },
  { name: "every repeated webhook has a reason", look: unexplainedDuplicates },
  {
    name: "nothing is held once its endpoint is well again",
    look({ stored }) {
      const held = [...stored.deliveries.values()].filter(({ status }) => status === "held");
      const flaws = held.map(({ recordId, eventId }) => ({ recordId, expected: `${eventId} not to be held` }));
      return { looked: stored.deliveries.size, flaws };
    },
  },
  {
    name: "no delivery is overdue",
    look({ stored }) {
      const waiting = [...stored.deliveries.values()].filter(({ status }) => status === "waiting");
      const overdue = waiting.filter(
        ({ nextAttemptAt }) => nextAttemptAt === null || nextAttemptAt < stored.at - OVERDUE_MS,
      );
      const flaws = overdue.map(({ recordId, eventId, nextAttemptAt }) => ({
        recordId,
        expected: `the attempt of ${eventId} that was due at ${nextAttemptAt === null ? "no time" : new Date(nextAttemptAt).toISOString()}`,
      }));
      return { looked: waiting.length, flaws };
    },
  },
];
