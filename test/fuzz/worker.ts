import { parentPort, workerData } from "node:worker_threads";
import { seeded } from "../support/seeded.ts";
import { savedInputs } from "./corpus.ts";
import { watchCoverage } from "./coverage.ts";
import { createMutator } from "./mutate.ts";
import { TARGETS } from "./targets.ts";
import type { Target } from "./target.ts";
import { HEADER_BYTES, type WorkerReport, type WorkerTask } from "./task.ts";

/** The time that one input may take, of this thread alone: a hundred times what the slowest sound one takes. */
const MAX_CPU_MS = 500;
/** So many inputs are tried between two looks at the coverage, which take as long as one or two of them. */
const BATCH = 25;
/** Inputs that are kept in memory to be changed. */
const MAX_POOL = 3_000;
/** A failure of one kind is told once; a target with more kinds than these has told enough. */
const MAX_FAILURES = 10;

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** What does not hold of an input, as a sentence; null when all does. */
async function failureOf(target: Target, input: Uint8Array): Promise<string | null> {
  try {
    const started = cpuMs();
    await target.run(input);
    if (cpuMs() - started <= MAX_CPU_MS) return null;
    // Once more: the first time, the compiler or the collector of garbage may have had its share.
    const again = cpuMs();
    await target.run(input);
    const taken = Math.round(cpuMs() - again);
    return taken <= MAX_CPU_MS ? null : `${input.length} bytes take more than ${MAX_CPU_MS} ms`;
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack?.split("\n")[1] ?? ""}` : String(error);
  }
}

async function fuzz(
  { target: name, seed, until, current }: WorkerTask,
  target: Target,
  tell: (report: WorkerReport) => void,
): Promise<void> {
  const random = seeded(seed);
  const mutate = createMutator(target);
  const coverage = watchCoverage();
  const pool = [...target.seeds(), ...savedInputs(name).map(([, input]) => input)];
  const [header, bytes] = [new Int32Array(current, 0, 2), new Uint8Array(current, HEADER_BYTES)];
  const failures = new Set<string>();
  let tried = 0;

  async function attempt(input: Uint8Array): Promise<void> {
    bytes.set(input);
    Atomics.store(header, 1, input.length);
    const what = await failureOf(target, input);
    Atomics.store(header, 1, -1);
    tried += 1;
    Atomics.store(header, 0, tried);
    const kind = what?.replaceAll(/\d+/g, "#");
    if (what === null || kind === undefined || failures.has(kind)) return;
    failures.add(kind);
    tell({ kind: "failed", input, what, seed });
  }

  /** Puts those inputs into the pool that reach what none before them did. */
  async function keep(batch: readonly Uint8Array[]): Promise<void> {
    for (const input of batch) {
      await attempt(input);
      if (!coverage.look("remember")) continue;
      pool.push(input);
      tell({ kind: "reaches", input });
    }
  }

  for (const input of pool) await attempt(input);
  coverage.look("remember");
  const draw = (): Uint8Array => pool[Math.floor(random() * pool.length)] ?? new Uint8Array(0);
  /** Mostly a small one: what is to be found is found sooner in those. */
  const pick = (): Uint8Array => {
    const [one, other] = [draw(), draw()];
    return one.length < other.length || random() < 0.1 ? one : other;
  };
  while (Date.now() < until && failures.size < MAX_FAILURES) {
    const batch: Uint8Array[] = [];
    for (let left = BATCH; left > 0 && Date.now() < until; left -= 1) {
      const input = mutate(pick(), pick(), random);
      batch.push(input);
      await attempt(input);
    }
    if (coverage.look("only")) await keep(batch);
    if (pool.length > MAX_POOL) pool.splice(0, pool.length - MAX_POOL);
  }
  tell({ kind: "done", tried });
}

const task = workerData as WorkerTask;
const target = TARGETS[task.target];
if (target === undefined || parentPort === null)
  throw new Error(`there is no target ${task.target}, or no one to tell`);
const port = parentPort;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, not a window.
await fuzz(task, target, (report) => port.postMessage(report));
