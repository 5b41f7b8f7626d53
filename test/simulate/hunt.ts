import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Mode } from "./run-seed.ts";

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

const WORKER = resolve(import.meta.dirname, "worker.ts");

export const allCores = (): number => availableParallelism();

/** Runs seeds in processes of their own, one at a time in each. */
export async function hunt({ seeds, mode, plant, isTwice, workers, onReport }: Hunt): Promise<void> {
  const left = seeds[Symbol.iterator]();
  const processes: ChildProcess[] = [];
  let isOver = false;
  const next = (worker: ChildProcess): void => {
    const { done, value } = left.next();
    if (done === true || isOver) worker.disconnect();
    else worker.send({ seed: value, mode, isTwice } satisfies WorkerTask);
  };
  const work = (): Promise<void> =>
    new Promise((done, fail) => {
      const worker = fork(WORKER, plant === null ? [] : [plant]);
      processes.push(worker);
      worker.on("message", (message: SeedReport | "ready") => {
        if (message !== "ready" && !isOver) isOver = onReport(message);
        next(worker);
      });
      worker.on("exit", (code) => (code === 0 ? done() : fail(new Error(`a worker ended with ${code}`))));
    });
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    for (const worker of processes) if (worker.exitCode === null) worker.kill();
  }
}
