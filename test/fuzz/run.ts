import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { saveInput } from "./corpus.ts";
import { TARGETS } from "./targets.ts";
import { HEADER_BYTES, type WorkerReport, type WorkerTask } from "./task.ts";

/**
 * Fuzzing: changes sound inputs of every parser of foreign bytes at random, keeps what reaches new code, and saves what
 * makes a parser throw, lie or take too long. `--target image` (or several), `--seconds 60` or `--hours 8` a target,
 * `--seed 7`; `--keep` also saves inputs that reach new code; `--replay file` tries one saved input.
 */
const { values: options } = parseArgs({
  options: {
    target: { type: "string", multiple: true },
    seconds: { type: "string", default: "5" },
    hours: { type: "string" },
    seed: { type: "string" },
    keep: { type: "boolean", default: false },
    replay: { type: "string" },
  },
});

/** A thread that has worked for so long on one input is ended: time of the thread, because machines are busy with others. */
const MAX_CPU_MS = 10_000;
const LOOK_MS = 500;
/** What is worth a place in the repository: small, and not too many. */
const MAX_KEPT_BYTES = 1_000;
/** Saved inputs may be longer than those that are made. */
const MAX_SAVED_BYTES = 200_000;
const MAX_KEPT = 20;

interface Outcome {
  tried: number;
  failures: number;
}

function tellFailure(target: string, input: Uint8Array, what: string, seed: number): void {
  const path = relative(process.cwd(), saveInput(target, "found", input));
  console.error(`${target}, seed ${seed}: ${what}`);
  console.error(`  again: npm run fuzz -- --target ${target} --replay ${path}`);
}

/** Fuzzes one target until its time is over, in threads that can be ended when an input hangs. */
async function fuzz(target: string, seed: number, until: number): Promise<Outcome> {
  const outcome: Outcome = { tried: 0, failures: 0 };
  const maxBytes = TARGETS[target]?.maxBytes ?? 0;
  let kept = 0;
  for (let round = 0; Date.now() < until; round += 1) {
    const current = new SharedArrayBuffer(HEADER_BYTES + Math.max(maxBytes, MAX_SAVED_BYTES));
    const header = new Int32Array(current, 0, 2);
    Atomics.store(header, 1, -1);
    const task: WorkerTask = { target, seed: seed + round, until, current };
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: task });
    const { promise: ended, resolve } = Promise.withResolvers<boolean>();
    worker.on("message", (report: WorkerReport) => {
      if (report.kind === "failed") {
        outcome.failures += 1;
        tellFailure(target, report.input, report.what, report.seed);
      } else if (report.kind === "reaches") {
        if (!options.keep || kept >= MAX_KEPT || report.input.length > MAX_KEPT_BYTES) return;
        kept += 1;
        saveInput(target, "reaches", report.input);
      } else {
        outcome.tried += report.tried;
        resolve(true);
      }
    });
    worker.on("error", (error) => {
      console.error(`${target}: the thread ended with ${String(error)}`);
      outcome.failures += 1;
      resolve(true);
    });
    let before = 0;
    let cpuBefore = 0;
    const watch = setInterval(() => {
      void worker.cpuUsage().then(
        ({ user, system }) => {
          const [tried, length, cpuMs] = [Atomics.load(header, 0), Atomics.load(header, 1), (user + system) / 1000];
          if (tried !== before || length === -1) [before, cpuBefore] = [tried, cpuMs];
          if (cpuMs - cpuBefore < MAX_CPU_MS) return;
          outcome.failures += 1;
          const input = new Uint8Array(current, HEADER_BYTES, length).slice();
          tellFailure(target, input, `${length} bytes never come to an end`, task.seed);
          resolve(false);
          // A thread that is only beginning, or has ended, works on nothing.
        },
        () => undefined,
      );
    }, LOOK_MS);
    const finished = await ended;
    clearInterval(watch);
    await worker.terminate();
    if (finished) break;
  }
  if (outcome.tried === 0) throw new Error(`${target}: no input was tried`);
  return outcome;
}

async function replay(target: string, path: string): Promise<number> {
  const started = performance.now();
  try {
    await TARGETS[target]?.run(Uint8Array.from(readFileSync(path)));
    console.log(`${target}: ${path} holds, in ${Math.round(performance.now() - started)} ms`);
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  }
}

const names = options.target ?? Object.keys(TARGETS);
const unknown = names.filter((name) => !Object.hasOwn(TARGETS, name));
if (unknown.length > 0) {
  console.error(`There is no target ${unknown.join(", ")}. The targets: ${Object.keys(TARGETS).join(", ")}.`);
  process.exit(2);
}
if (options.replay !== undefined) {
  process.exit(await replay(names[0] ?? "", options.replay));
}

const seconds = options.hours === undefined ? Number(options.seconds) : Number(options.hours) * 3_600;
const seed = Number(options.seed ?? randomInt(2 ** 31));
let failed = 0;
for (const target of names) {
  const { tried, failures } = await fuzz(target, seed, Date.now() + seconds * 1000);
  console.log(`${target}: ${tried} inputs in ${seconds} s from seed ${seed}, ${failures} failures`);
  if (failures > 0) failed += 1;
}
console.log(`fuzz: ${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
