import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mode } from "./faults.ts";

/** What a seed came to, as far as a hunt needs it. */
export interface SeedReport {
  seed: number;
  mode: Mode;
  violations: readonly string[];
  /** What went wrong with the simulator itself, or with the program in a way that it cannot tell. */
  error: string | null;
  /** Whether a second run was the same; null when there was none. */
  isSame: boolean | null;
  accepted: number;
  webhooks: number;
  steps: number;
  endsMs: readonly number[];
}

/** What a worker is told to do. */
export interface WorkerTask {
  seed: number;
  mode: Mode | null;
  isTwice: boolean;
}

interface Hunt {
  seeds: Iterable<number>;
  mode: Mode | null;
  plant: string | null;
  isTwice: boolean;
  workers: number;
  /** Hears of each seed; true ends the hunt. */
  onReport: (report: SeedReport) => boolean;
}

/** A seed takes a tenth of a second, seconds on a busy machine. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 100;

const WORKER = resolve(import.meta.dirname, "worker.ts");

export const allCores = (): number => availableParallelism();

const asReport = (seed: number, mode: Mode | null, error: string): SeedReport => ({
  seed,
  mode: mode ?? "quiet",
  violations: [],
  error,
  isSame: null,
  accepted: 0,
  webhooks: 0,
  steps: 0,
  endsMs: [],
});

/** Runs seeds in processes of their own, one at a time in each. */
export async function hunt({ seeds, mode, plant, isTwice, workers, onReport }: Hunt): Promise<void> {
  const left = seeds[Symbol.iterator]();
  const processes = new Set<ChildProcess>();
  let isOver = false;
  const tell = (report: SeedReport): void => {
    if (!isOver) isOver = onReport(report);
  };
  /** Runs seeds in one process until there are none; true when the process had to be stopped. */
  const work = (): Promise<boolean> =>
    new Promise((done, fail) => {
      const worker = fork(WORKER, plant === null ? [] : [plant]);
      processes.add(worker);
      let patience = setTimeout(() => undefined, 0);
      let wasStopped = false;
      const next = (): void => {
        clearTimeout(patience);
        const { done: isLast, value: seed } = left.next();
        if (isLast === true || isOver) return worker.disconnect();
        worker.send({ seed, mode, isTwice } satisfies WorkerTask);
        patience = setTimeout(() => {
          wasStopped = true;
          tell(asReport(seed, mode, `ENDLESS: the program turns in a circle in seed ${seed}`));
          worker.kill("SIGKILL");
        }, PATIENCE_MS);
      };
      worker.on("message", (message: SeedReport | "ready") => {
        if (message !== "ready") tell(message);
        next();
      });
      worker.on("exit", (code) => {
        clearTimeout(patience);
        processes.delete(worker);
        if (code === 0 || wasStopped || isOver) done(wasStopped);
        else fail(new Error(`a worker ended with ${code}`));
      });
    });
  const workOn = async (): Promise<void> => {
    const wasStopped = await work();
    if (wasStopped) await workOn();
  };
  try {
    await Promise.race([Promise.all(Array.from({ length: workers }, workOn)), untilOver(() => isOver)]);
  } finally {
    for (const worker of processes) worker.kill("SIGKILL");
  }
}

/** Looks every now and then whether it is over: a worker that turns in a circle is not waited for. */
async function untilOver(isOver: () => boolean): Promise<void> {
  while (!isOver()) await sleep(LOOK_MS, undefined, { ref: false });
}
