import { setTimeout as sleep } from "node:timers/promises";
import type { LoadApplication } from "./applications.ts";
import { forEach, ownersOf, readDeliveries, readStored } from "./collect.ts";
import type { Ledger } from "./ledger.ts";
import type { Person } from "./person.ts";
import { boundMs, isAtRest } from "./record-checks.ts";
import { say } from "./say.ts";

const REST_POLL_MS = 3000;
/** Webhooks that are due this soon are waited for. */
const SOON_MS = 10_000;
const QUIET_BOUND_MS = 150_000;

/** Says what is new, and nothing twice. */
function sayingNews(): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) say(line);
    last = line;
  };
}

/** However much is left, milliseconds. */
const REST_BOUND_MS = 2_400_000;

/** Waits until nothing is under way for any record; gives up when none has come to rest for as long as one may take. */
export async function untilEnded(ledger: Ledger, people: readonly Person[]): Promise<void> {
  const owner = ownersOf(people);
  const sayNews = sayingNews();
  const giveUpAt = Date.now() + REST_BOUND_MS;
  let newsAt = Date.now();
  let left = [...ledger.stories.values()].filter(({ deleteAskedAt }) => deleteAskedAt === null);
  for (;;) {
    const still: typeof left = [];
    let patienceMs = 0;
    await forEach(left, async (story) => {
      const stored = await readStored(owner(story), story.id);
      if (isAtRest(story, stored)) return;
      still.push(story);
      patienceMs = Math.max(patienceMs, boundMs(stored));
    });
    if (still.length < left.length) newsAt = Date.now();
    left = still;
    sayNews(`resting: ${left.length} records under way`);
    if (left.length === 0 || Date.now() > Math.min(newsAt + patienceMs, giveUpAt)) return;
    await sleep(REST_POLL_MS);
  }
}

/** Waits until no webhook is due or held any more, or the bound has passed: every endpoint is well again. */
export async function untilQuiet(people: readonly Person[], applications: readonly LoadApplication[]): Promise<void> {
  const deadline = Date.now() + QUIET_BOUND_MS;
  const sayNews = sayingNews();
  const [anybody] = people;
  if (anybody === undefined) return;
  while (Date.now() < deadline) {
    const waiting = await readDeliveries(anybody, applications, "&status=waiting");
    const due = waiting.filter(({ nextAttemptAt }) => (nextAttemptAt ?? 0) < Date.now() + SOON_MS);
    const held = await readDeliveries(anybody, applications, "&status=held");
    sayNews(`resting: ${due.length} webhooks due, ${waiting.length - due.length} for later, ${held.length} held`);
    if (due.length + held.length === 0) return;
    await sleep(REST_POLL_MS);
  }
}
