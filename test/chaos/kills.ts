import { setTimeout as sleep } from "node:timers/promises";
import { diceFor, type Dice } from "./dice.ts";
import type { KillKind, Ledger, Outage } from "./ledger.ts";
import type { Service } from "./service.ts";

/** One kill: once so many records are accepted, and then so many milliseconds. */
export interface PlannedKill {
  afterRecords: number;
  delayMs: number;
  kind: KillKind;
}

/**
 * `workerd`: the process that runs the Worker, which wrangler replaces. Not the workerd before it that holds the port:
 * wrangler replaces that one too, and then never lets a request through. `starting`: the whole tree, and once more while
 * it starts. `launcher`: whose processes must notice.
 */
const KINDS = { workerd: 9, tree: 7, launcher: 2, starting: 2 } as const;

const MAX_DELAY_MS = 4000;
/** From the first line of npm to the ready line it takes 5 s and more. */
const MIN_STARTING_MS = 500;
const MAX_STARTING_MS = 8000;
const POLL_MS = 20;

/** The kills of a seed, each at a random point of its share of the load. */
export function planKills(seed: number, kills: number, records: number): PlannedKill[] {
  const dice = diceFor(seed, "kills");
  return Array.from({ length: kills }, (_, index) => ({
    afterRecords: Math.floor(((index + dice.between(0, 0.95)) / kills) * records),
    delayMs: dice.between(0, MAX_DELAY_MS),
    kind: dice.weighted(KINDS),
  }));
}

/** Which of the kinds it became: there may be no workerd or launcher at that moment. */
async function killAndRestart(kind: KillKind, service: Service, dice: Dice, outage: Outage): Promise<void> {
  if (kind === "workerd" && service.killWorkerd()) {
    if (await service.isBack()) return;
    outage.kind = "tree";
    process.stderr.write("wrangler did not replace workerd within a minute\n");
  }
  if (kind === "launcher" && (await service.killLauncher())) return service.start();
  await service.killTree();
  if (kind === "starting") {
    service.beginStart();
    await sleep(dice.between(MIN_STARTING_MS, MAX_STARTING_MS));
    await service.killTree();
  }
  await service.start();
}

/** Carries the plan out. `isOver`: the load has ended, and with it whatever kill has not come. */
export async function kill(
  plan: readonly PlannedKill[],
  service: Service,
  ledger: Ledger,
  seed: number,
  isOver: () => boolean,
) {
  const dice = diceFor(seed, "killer");
  for (const { afterRecords, delayMs, kind } of plan) {
    while (ledger.stories.size < afterRecords && !isOver()) await sleep(POLL_MS);
    await sleep(delayMs);
    const outage: Outage = { kind, at: Date.now(), backAt: null };
    ledger.outages.push(outage);
    await killAndRestart(kind, service, dice, outage);
    outage.backAt = Date.now();
  }
}
