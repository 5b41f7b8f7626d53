import { endedAt } from "./announced.ts";
import { byEvent, causeOf } from "./duplicates.ts";
import { isOpen } from "./ledger.ts";
import type { Check, Evidence } from "./reconcile.ts";
import { dueFrom } from "./record-checks.ts";

const MAX_SHOWN = 20;
const SECOND_MS = 1000;
const seconds = (ms: number): string => `${(ms / SECOND_MS).toFixed(1)} s`;

/** How often each name comes, most frequent first, as words. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.length === 0 ? "none" : sorted.map(([name, count]) => `${count} ${name}`).join(", ");
}

function duplicateCauses({ ledger, stored }: Evidence): string[] {
  return [...byEvent(ledger.arrivals)].flatMap(([eventId, arrivals]) =>
    arrivals.slice(1).flatMap((again, index) => {
      const before = arrivals[index];
      if (before === undefined) return [];
      return [
        causeOf(before, again, stored.deliveries.get(eventId), ledger.outages, ledger.interventions) ?? "unexplained",
      ];
    }),
  );
}

/** What the run was and what came of it, one figure a line. */
export function figures(evidence: Evidence, tookMs: number): string[] {
  const { ledger, stored } = evidence;
  const stories = [...ledger.stories.values()];
  const states = stories.map(({ id }) => stored.records.get(id)?.status ?? "gone");
  const lasted = stories.flatMap((story) => {
    const end = endedAt(stored.records.get(story.id)?.transitions ?? []);
    return end === null
      ? []
      : [{ story, total: end - story.acceptedAt, since: end - dueFrom(story, end, ledger.outages) }];
  });
  const slowest = lasted.toSorted((a, b) => b.total - a.total)[0];
  const slowestSince = lasted.toSorted((a, b) => b.since - a.since)[0];
  const open = stories.filter(({ id }) => isOpen(stored.records.get(id)?.status ?? "completed"));
  const oldest = ["pending", "processing"].map((state) => {
    const ages = open
      .filter(({ id }) => stored.records.get(id)?.status === state)
      .map(({ acceptedAt }) => stored.at - acceptedAt);
    return `${state} ${ages.length === 0 ? "none" : seconds(Math.max(...ages))}`;
  });
  const down = ledger.outages.map(({ at, backAt }) => (backAt ?? stored.at) - at);
  const requests = [...ledger.requests].map(
    ([name, { answered, broken }]) => `${name} ${answered}${broken > 0 ? ` (+${broken} broken)` : ""}`,
  );
  return [
    `took                    ${seconds(tookMs)}`,
    `records accepted        ${stories.length}: ${counted(stories.map(({ form }) => form))}`,
    `uploads                 ${ledger.uploads.length}, of which ${ledger.uploads.filter(({ sends }) => sends > 1).length} were sent more than once, ${ledger.uploads.filter(({ key, acceptedAt }) => key === null && acceptedAt === null).length} without a key got no answer`,
    `records at the end      ${counted(states)}`,
    `changes answered        ${counted(stories.flatMap(({ changes }) => changes.map(({ what }) => what)))}; unanswered ${stories.reduce((sum, { unanswered }) => sum + unanswered.length, 0)}`,
    `deleted                 ${stories.filter(({ deletedAt }) => deletedAt !== null).length}`,
    `kills                   ${counted(ledger.outages.map(({ kind }) => kind))}; down ${seconds(down.reduce((sum, ms) => sum + ms, 0))} in all, ${seconds(Math.max(0, ...down))} at most`,
    `webhooks                ${ledger.arrivals.length} arrivals of ${byEvent(ledger.arrivals).size} events; ${ledger.arrivals.filter(({ found }) => found !== null).length} receivers looked at once`,
    `duplicates              ${counted(duplicateCauses(evidence))}`,
    `deliveries at the end   ${counted([...stored.deliveries.values()].map(({ status }) => status))}`,
    `slowest end             ${slowest === undefined ? "none" : `${seconds(slowest.total)} (${slowest.story.id})`}; since the last crash ${slowestSince === undefined ? "none" : `${seconds(slowestSince.since)} (${slowestSince.story.id})`}`,
    `oldest open record      ${oldest.join(", ")}`,
    `requests                ${requests.sort().join(", ")}`,
  ];
}

/** A line for each promise, and the first of what was not kept. */
export function verdicts(checks: readonly Check[]): string[] {
  return checks.flatMap(({ name, looked, flaws }) => [
    `${flaws.length === 0 ? "pass" : "FAIL"}  ${name} (${flaws.length === 0 ? looked : `${flaws.length} of ${looked}`})`,
    ...flaws.slice(0, MAX_SHOWN).map(({ recordId, expected }) => `      ${recordId ?? "-"}: expected ${expected}`),
    ...(flaws.length > MAX_SHOWN ? [`      and ${flaws.length - MAX_SHOWN} more`] : []),
  ]);
}

/** The records whose timelines tell what went wrong, a few of each promise. */
export const suspects = (checks: readonly Check[]): string[] => [
  ...new Set(checks.flatMap(({ flaws }) => flaws.slice(0, MAX_SHOWN).flatMap(({ recordId }) => recordId ?? []))),
];

/** The last line. */
export function closing(checks: readonly Check[]): string {
  const failed = checks.filter(({ flaws }) => flaws.length > 0).length;
  return `chaos: ${checks.length - failed} passed, ${failed} failed`;
}
