import type { StalledRecord } from "./record.ts";
import { SWEEP_AGAIN_MS } from "./sweep-times.ts";
import { isFinal } from "./transitions.ts";

/** How many records one round looks at: D1 binds 100 values in a statement, and a batch of the queue holds 100. */
const ROUND_SIZE = 90;
/** Rounds of one sweep; what is left then is the next minute's. */
const MAX_ROUNDS = 20;
/**
 * Rounds of one sweep for analyses that were postponed, and over how much of the minute their wake-up calls are spread:
 * at most 360 a minute, near what Workers AI lets a model answer (300 a minute), so that the backlog of an outage
 * neither returns all at once nor keeps fresh uploads waiting.
 */
const MAX_RETRY_ROUNDS = 4;
const SPREAD_SECONDS = 50;

/** Dependencies of the sweep. */
export interface SweepPorts {
  /** Records whose sweep time has passed, but for those that wait for a retry. */
  stalledRecords(now: number, limit: number): Promise<StalledRecord[]>;
  /** Records whose retry is due. */
  dueRetries(now: number, limit: number): Promise<StalledRecord[]>;
  /** Postpones the next look at these records, as far as it is still due at `now`. */
  putSweepOff(ids: readonly string[], now: number, sweepAt: number): Promise<void>;
  /** Sends wake-up calls, to arrive spread over so many seconds. */
  enqueue(recordIds: readonly string[], spreadSeconds: number): Promise<void>;
  sequencer: { wake(recordId: string): Promise<{ outcome: "woken" | "waiting" | "settled" }> };
  now: () => number;
}

/** Wakes the objects of final records; returns those that are to be analyzed again and wait for a consumer. */
async function wake(records: readonly StalledRecord[], { sequencer }: SweepPorts): Promise<StalledRecord[]> {
  const answers = await Promise.all(records.map(({ id }) => sequencer.wake(id)));
  return records.filter((_, position) => answers[position]?.outcome === "waiting");
}

/**
 * Acts on one round. The next look is postponed first, so that a sweep which stops halfway is picked up by a later one.
 */
async function act(stalled: readonly StalledRecord[], spreadSeconds: number, ports: SweepPorts): Promise<void> {
  const now = ports.now();
  await ports.putSweepOff(
    stalled.map(({ id }) => id),
    now,
    now + SWEEP_AGAIN_MS,
  );
  const open = stalled.filter(({ status }) => !isFinal(status));
  const waiting = await wake(
    stalled.filter(({ status }) => isFinal(status)),
    ports,
  );
  const ids = [...open, ...waiting].map(({ id }) => id);
  if (ids.length > 0) await ports.enqueue(ids, spreadSeconds);
}

async function inRounds(
  which: "stalledRecords" | "dueRetries",
  { rounds, spreadSeconds }: { rounds: number; spreadSeconds: number },
  ports: SweepPorts,
): Promise<number> {
  let moved = 0;
  for (let round = 0; round < rounds; round++) {
    const stalled = await ports[which](ports.now(), ROUND_SIZE);
    if (stalled.length > 0) await act(stalled, spreadSeconds, ports);
    moved += stalled.length;
    if (stalled.length < ROUND_SIZE) break;
  }
  return moved;
}

/**
 * Looks after records that stand still: an open one gets a new wake-up call, a final one (a webhook is due and its
 * alarm did not fire, or a re-analysis waits) has its object woken. Analyses that were postponed are called for when
 * they are due, so many a minute. Acting twice is harmless. Returns how many records it moved.
 */
export async function sweep(ports: SweepPorts): Promise<number> {
  const stalled = await inRounds("stalledRecords", { rounds: MAX_ROUNDS, spreadSeconds: 0 }, ports);
  const retries = { rounds: MAX_RETRY_ROUNDS, spreadSeconds: SPREAD_SECONDS };
  return stalled + (await inRounds("dueRetries", retries, ports));
}
