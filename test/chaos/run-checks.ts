import type { Promised } from "./checks.ts";
import type { Outage, Upload } from "./ledger.ts";
import type { Evidence, Flaw } from "./reconcile.ts";

/** The service may still answer with trouble this long after it is ready again, milliseconds. */
const AFTERMATH_MS = 3000;

/** Whether something happened between two moments while the service was down, or nearly. */
const wasDown = (outages: readonly Outage[], from: number, to: number): boolean =>
  outages.some(({ at, backAt }) => at <= to && (backAt === null || backAt + AFTERMATH_MS >= from));

const nameOf = ({ form, key, mark }: Upload): string =>
  `${form} (${key === null ? "no key" : `key ${key}`}, mark ${mark})`;

/** Each upload leads to one record at most, whatever was repeated; each record in the lists to one upload. */
function oneRecordEach({ ledger, stored }: Evidence): Flaw[] {
  const marks = new Map(ledger.uploads.map((upload) => [upload.mark, upload]));
  const found = new Map<string, string[]>();
  const flaws: Flaw[] = [];
  for (const { id, mark } of stored.listed) {
    if (mark === null || !marks.has(mark))
      flaws.push({ recordId: id, expected: "an upload that asked for this record" });
    else found.set(mark, [...(found.get(mark) ?? []), id]);
  }
  for (const upload of ledger.uploads) {
    const ids = new Set([...upload.recordIds, ...(found.get(upload.mark) ?? [])]);
    if (ids.size > 1)
      flaws.push({ recordId: null, expected: `one record of ${nameOf(upload)}, not ${[...ids].join(", ")}` });
  }
  return flaws;
}

export const RUN_CHECKS: readonly Promised[] = [
  {
    name: "every upload has made one record, however often it was sent",
    look: (evidence) => ({ looked: evidence.ledger.uploads.length, flaws: oneRecordEach(evidence) }),
  },
  {
    name: "every upload with a key was answered in the end",
    look({ ledger }) {
      const keyed = ledger.uploads.filter(({ key }) => key !== null);
      const unanswered = keyed.filter(({ abandoned }) => abandoned);
      return {
        looked: keyed.length,
        flaws: unanswered.map((upload) => ({ recordId: null, expected: `an answer to ${nameOf(upload)}` })),
      };
    },
  },
  {
    name: "nobody was refused or met an error while nothing was killed",
    look({ ledger }) {
      const odd = ledger.oddResponses.filter(({ askedAt, at }) => !wasDown(ledger.outages, askedAt, at));
      const looked = [...ledger.requests.values()].reduce((sum, { answered }) => sum + answered, 0);
      return {
        looked,
        flaws: odd.map(({ request, status, excerpt }) => ({
          recordId: null,
          expected: `another answer to ${request} than ${status} ${excerpt}`,
        })),
      };
    },
  },
  {
    name: "the service came back after each kill, and was killed as often as asked",
    look({ ledger, kills }) {
      const { outages } = ledger;
      const flaws: Flaw[] = outages
        .filter(({ backAt }) => backAt === null)
        .map(({ kind, at }) => ({
          recordId: null,
          expected: `the service to come back after ${kind} at ${new Date(at).toISOString()}`,
        }));
      if (outages.length < kills) flaws.push({ recordId: null, expected: `${kills} kills, not ${outages.length}` });
      return { looked: outages.length, flaws };
    },
  },
];
