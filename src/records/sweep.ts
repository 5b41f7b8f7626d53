import type { StandingRecord } from "../db/records.ts";
import type { Sequencer } from "./sequencer.ts";
import { SWEEP_AGAIN_MS } from "./sweep-times.ts";
import { isFinal } from "./transitions.ts";

/** How many records one round looks at: D1 binds 100 values in a statement, and a batch of the queue holds 100. */
const ROUND_SIZE = 90;
/** Rounds of one sweep; what is left then is the next minute's. */
const MAX_ROUNDS = 20;

/** What the sweep needs from outside. */
export interface SweepPorts {
  standingRecords(now: number, limit: number): Promise<StandingRecord[]>;
  /** Puts off the next look at these records, as far as it is still due at `now`. */
  putSweepOff(ids: readonly string[], now: number, sweepAt: number): Promise<void>;
  enqueue(recordIds: readonly string[]): Promise<void>;
  sequencer: Pick<Sequencer, "wake">;
  now: () => number;
}

async function call(records: readonly StandingRecord[], ports: SweepPorts): Promise<void> {
  if (records.length > 0) await ports.enqueue(records.map(({ id }) => id));
}

/** Wakes the objects of final records; returns those that are to be analysed again and wait for a consumer. */
async function wake(records: readonly StandingRecord[], { sequencer }: SweepPorts): Promise<StandingRecord[]> {
  const answers = await Promise.all(records.map(({ id }) => sequencer.wake(id)));
  return records.filter((_, position) => answers[position]?.outcome === "waiting");
}

/**
 * Looks after records that stand still: an open one gets a new wake-up call, a final one (a webhook is due and its alarm
 * did not fire, or a re-analysis waits) has its object woken. The next look is scheduled before acting, so that a sweep which stops halfway is
 * made good by a later one, and acting twice is harmless. Returns how many records it moved.
 */
export async function sweep(ports: SweepPorts): Promise<number> {
  let moved = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const now = ports.now();
    const standing = await ports.standingRecords(now, ROUND_SIZE);
    if (standing.length === 0) break;
    await ports.putSweepOff(
      standing.map((record) => record.id),
      now,
      now + SWEEP_AGAIN_MS,
    );
    const isOpen = ({ status }: StandingRecord): boolean => !isFinal(status);
    await call(standing.filter(isOpen), ports);
    await call(
      await wake(
        standing.filter((record) => !isOpen(record)),
        ports,
      ),
      ports,
    );
    moved += standing.length;
    if (standing.length < ROUND_SIZE) break;
  }
  return moved;
}
