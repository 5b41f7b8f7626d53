import type { StalledRecord } from "./record.ts";
import { log } from "../log.ts";
import { DAY_MS, MINUTE_MS } from "../time.ts";

/** How many records one statement changes: D1 binds at most 100 values. */
const PAGE_SIZE = 90;
/** How many rows one step of the walk through all records reads, and how often it starts again. */
const WALKED_ROWS = 500;
const WALK_EVERY_MS = DAY_MS;
/** A re-analysis that has moved within this time is not stranded: its object may be about to write. */
const SETTLING_MS = 30 * MINUTE_MS;
/** Nothing sets a sweep time further ahead than an analysis may be retried, and this much for clocks. */
const MARGIN_MS = 60 * MINUTE_MS;

/** The progress of the walk: after `lastId`, continuing at `dueAt` (Unix milliseconds). */
export interface Walk {
  lastId: string;
  dueAt: number;
}

/** Dependencies of finding stranded records. */
export interface ReconciliationPorts {
  /** Open records without a sweep time, or with one behind `latest`. */
  strandedRecords(latest: number, limit: number): Promise<StalledRecord[]>;
  /** Final records among the next `rows` whose re-analysis stands still; `last` is null at the end of all records. */
  strandedReanalyses(page: {
    after: string;
    before: number;
    rows: number;
  }): Promise<{ found: StalledRecord[]; last: string | null }>;
  /** Has the sweep look at those of these records that are stranded still; returns how many that were. */
  sweepNow(ids: readonly string[], now: number, latest: number): Promise<number>;
  walk(): Promise<Walk>;
  saveWalk(walk: Walk): Promise<void>;
  /** Called with the number of healed records, by what was wrong with them. */
  healed(kinds: Readonly<Record<string, number>>): Promise<void>;
  giveUpAfterMs: number;
  now: () => number;
}

/**
 * Finds records that no sweep would ever look at, by what they are and not by what was noted about them, and has the
 * sweep look at them: whatever strands one, today or in an earlier version, it is found. Healthy records are never
 * among them. Returns how many it healed.
 */
export async function reconcileStranded(ports: ReconciliationPorts): Promise<number> {
  const now = ports.now();
  const latest = now + ports.giveUpAfterMs + MARGIN_MS;
  const stranded = await ports.strandedRecords(latest, PAGE_SIZE);
  const records = await heal(stranded, now, latest, ports);
  const reanalyses = await walkOn(now, latest, ports);
  const kinds = {
    ...(records > 0 && { no_sweep_time: records }),
    ...(reanalyses > 0 && { forgotten_reanalysis: reanalyses }),
  };
  if (records + reanalyses > 0) await ports.healed(kinds);
  return records + reanalyses;
}

async function heal(
  stranded: readonly StalledRecord[],
  now: number,
  latest: number,
  ports: ReconciliationPorts,
): Promise<number> {
  if (stranded.length === 0) return 0;
  const ids = stranded.map(({ id }) => id);
  log("error", "record.stranded_found", "stranded records found; sweeping them now", {
    count: ids.length,
    record_ids: ids.slice(0, 10).join(" "),
  });
  return ports.sweepNow(ids, now, latest);
}

/** Takes the walk through all records one step further. Stopped anywhere, the step is taken again. */
async function walkOn(now: number, latest: number, ports: ReconciliationPorts): Promise<number> {
  const { lastId, dueAt } = await ports.walk();
  if (dueAt > now) return 0;
  const { found, last } = await ports.strandedReanalyses({
    after: lastId,
    before: now - SETTLING_MS,
    rows: WALKED_ROWS,
  });
  let healed = 0;
  for (let start = 0; start < found.length; start += PAGE_SIZE) {
    healed += await heal(found.slice(start, start + PAGE_SIZE), now, latest, ports);
  }
  await ports.saveWalk(last === null ? { lastId: "", dueAt: now + WALK_EVERY_MS } : { lastId: last, dueAt: now });
  return healed;
}
