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
  scheduleSweep(ids: readonly string[], sweepAt: number): Promise<void>;
  enqueue(recordIds: readonly string[]): Promise<void>;
  sequencer: Pick<Sequencer, "wake">;
  now: () => number;
}

/**
 * Looks after records that stand still: an open one gets a new wake-up call, a final one (a webhook is due and its alarm
 * did not fire) has its object woken. The next look is scheduled before acting, so that a sweep which stops halfway is
 * made good by a later one, and acting twice is harmless. Returns how many records it moved.
 */
export async function sweep(ports: SweepPorts): Promise<number> {
  let moved = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const standing = await ports.standingRecords(ports.now(), ROUND_SIZE);
    if (standing.length === 0) break;
    await ports.scheduleSweep(
      standing.map((record) => record.id),
      ports.now() + SWEEP_AGAIN_MS,
    );
    const open = standing.filter((record) => !isFinal(record.status)).map((record) => record.id);
    if (open.length > 0) await ports.enqueue(open);
    await Promise.all(
      standing.filter((record) => isFinal(record.status)).map((record) => ports.sequencer.wake(record.id)),
    );
    moved += standing.length;
    if (standing.length < ROUND_SIZE) break;
  }
  return moved;
}
