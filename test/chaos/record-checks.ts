import { endedAt } from "./announced.ts";
import type { Promised } from "./checks.ts";
import { isOpen, type ChangeOutcome, type Outage, type RecordStory } from "./ledger.ts";
import type { Evidence, Flaw } from "./reconcile.ts";
import type { StoredRecord } from "./stored.ts";

/**
 * How long a record may be open after it was accepted, or after the last crash that came before its end: a lease of
 * 90 s that nobody holds any more, a minute's grace, the next sweep, an analysis beside a load. Milliseconds.
 */
const OPEN_BOUND_MS = 300_000;
/** Beginnings that never came to an end are spaced out: the third waits a minute longer, the fourth two, up to ten. */
const FIRST_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 600_000;

/** The bound for a record that was begun as often as its timeline says, milliseconds. */
export function boundMs({ transitions }: StoredRecord): number {
  const begins = transitions.filter(({ stage, status }) => status === "processing" || isBegun(stage)).length;
  return OPEN_BOUND_MS + (begins < 2 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (begins - 2), MAX_PAUSE_MS));
}

/** Whether a step of a re-analysis is a consumer's beginning: the first one is the user's wish. */
const isBegun = (stage: string): boolean => stage !== "done" && stage !== "queued";

type RecordLook = (story: RecordStory, stored: StoredRecord, evidence: Evidence) => string | null;

/** Looks at each record that `applies` names; what comes back says what is wrong with it. */
const ofRecords =
  (applies: (story: RecordStory, stored: StoredRecord) => boolean, look: RecordLook): Promised["look"] =>
  (evidence) => {
    const { ledger, stored } = evidence;
    const flaws: Flaw[] = [];
    let looked = 0;
    for (const story of ledger.stories.values()) {
      const now = stored.records.get(story.id);
      if (now === undefined || !applies(story, now)) continue;
      looked += 1;
      const expected = look(story, now, evidence);
      if (expected !== null) flaws.push({ recordId: story.id, expected });
    }
    return { looked, flaws };
  };

const isKept = ({ deleteAskedAt }: RecordStory): boolean => deleteAskedAt === null;
const isThere = ({ httpStatus }: StoredRecord): boolean => httpStatus === 200;
const versionsOf = (changes: readonly ChangeOutcome[]): number[] =>
  changes.flatMap(({ version }) => (version === null ? [] : [version]));

/** The moment from which a record's end is due: its upload, or the last end of an outage before its own end. */
export function dueFrom({ acceptedAt }: RecordStory, until: number, outages: readonly Outage[]): number {
  const ends = outages.flatMap(({ at, backAt }) => (backAt !== null && at < until ? [backAt] : []));
  return Math.max(acceptedAt, ...ends.filter((end) => end > acceptedAt && end < until));
}

function lateness(story: RecordStory, stored: StoredRecord, evidence: Evidence): string | null {
  const end = endedAt(stored.transitions);
  if (end === null) return null;
  const took = end - dueFrom(story, end, evidence.ledger.outages);
  const bound = boundMs(stored);
  return took <= bound ? null : `an end within ${bound / 1000} s, not after ${Math.round(took / 1000)} s`;
}

function changesAreStored({ changes }: RecordStory, { version, body }: StoredRecord): string | null {
  const newest = Math.max(...versionsOf(changes));
  if (version === null || version < newest) return `version ${newest}, which an answer has named, not ${version}`;
  const last = changes.find((change) => change.version === newest && change.body !== null);
  if (version !== newest || last === undefined || last.body === body) return null;
  return `the content that the answer of version ${version} showed`;
}

function responsesDiffer({ changes }: RecordStory): string | null {
  const versions = versionsOf(changes);
  const twice = versions.find((version, index) => versions.indexOf(version) !== index);
  if (twice !== undefined) return `one change for version ${twice}, not two`;
  const pinned = changes.flatMap(({ ifMatch }) => (ifMatch === null ? [] : [ifMatch]));
  const lost = pinned.find((version, index) => pinned.indexOf(version) !== index);
  return lost === undefined ? null : `one change with If-Match of version ${lost}, not two`;
}

function reanalysisEnded({ changes }: RecordStory, { version, transitions }: StoredRecord): string | null {
  const asked = versionsOf(changes.filter(({ what }) => what === "reanalyze"));
  if (version === null || version <= Math.max(...asked)) return "an end of the re-analysis that was accepted";
  const last = transitions.at(-1);
  return last === undefined || last.stage === "done" ? null : `an end of the re-analysis, which is still ${last.stage}`;
}

/** Whether nothing is under way for a record: neither its analysis nor a later one that was accepted. */
export const isAtRest = (story: RecordStory, stored: StoredRecord): boolean =>
  stored.status === null ||
  (!isOpen(stored.status) && (!has("reanalyze")(story) || reanalysisEnded(story, stored) === null));

const has = (what: ChangeOutcome["what"]) => (story: RecordStory) =>
  isKept(story) && story.changes.some((change) => change.what === what);

export const RECORD_CHECKS: readonly Promised[] = [
  {
    name: "every accepted record is there",
    look: ofRecords(isKept, (_, { httpStatus }) => (httpStatus === 200 ? null : `200, not ${httpStatus}`)),
  },
  {
    name: "every accepted record has ended",
    look: ofRecords(isKept, (story, { status }, { stored }) =>
      status === null || !isOpen(status)
        ? null
        : `an end, not ${status} ${Math.round((stored.at - story.acceptedAt) / 1000)} s after its upload`,
    ),
  },
  {
    name: "every record has ended in time after its upload or the last crash",
    look: ofRecords(isKept, lateness),
  },
  {
    name: "what stands still is found by an administrator",
    look: ofRecords(
      (_, { status }) => status !== null && isOpen(status),
      ({ id }, _, { stored }) => (stored.openForAdministrator.has(id) ? null : "to be listed among the open records"),
    ),
  },
  {
    name: "every change that was answered is stored",
    look: ofRecords(
      (story, now) => isKept(story) && isThere(now) && versionsOf(story.changes).length > 0,
      changesAreStored,
    ),
  },
  {
    name: "no two changes were answered with one version, or made with one If-Match",
    look: ofRecords(({ changes }) => changes.length > 1, responsesDiffer),
  },
  {
    name: "every re-analysis that was accepted has ended",
    look: ofRecords((story, now) => has("reanalyze")(story) && isThere(now), reanalysisEnded),
  },
  {
    name: "what was canceled stays canceled",
    look: ofRecords(has("cancel"), (_, { status }) => (status === "canceled" ? null : `canceled, not ${status}`)),
  },
  {
    name: "what was deleted is gone",
    look: ofRecords(
      ({ deletedAt }) => deletedAt !== null,
      ({ id }, { httpStatus }, { stored }) => {
        if (httpStatus !== 404) return `404, not ${httpStatus}`;
        if (stored.listed.some((record) => record.id === id)) return "not to be in its user's list";
        const left = [...stored.deliveries.values()].filter(({ recordId }) => recordId === id);
        return left.length === 0 ? null : `no deliveries, not ${left.map(({ eventId }) => eventId).join(", ")}`;
      },
    ),
  },
  {
    name: "nobody who looked saw a record go back",
    look: ofRecords(
      ({ newest }) => newest !== null,
      ({ wentBack }) => (wentBack.length === 0 ? null : `a record that only goes on, not ${wentBack.join("; ")}`),
    ),
  },
];
