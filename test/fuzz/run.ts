import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { saveInput } from "./corpus.ts";
import { TARGETS } from "./targets.ts";
import type { WorkerReport, WorkerTask } from "./worker.ts";

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

/** A thread that says nothing for so long is ended; busy machines are slow, so that it is no measure of anything. */
const MAX_SILENCE_MS = 30_000;
const LOOK_MS = 500;
/** What is worth a place in the repository: small, and not too many. */
const MAX_KEPT_BYTES = 1_000;
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
    const current = new SharedArrayBuffer(4 + Math.max(maxBytes, 200_000));
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
    let before = -1;
    let silentSince = Date.now();
    const length = new Int32Array(current, 0, 1);
    const watch = setInterval(() => {
      // The same input for too long. Others of the same length in between only make it wait longer.
      const now = Atomics.load(length, 0);
      if (now !== before || now === -1) [before, silentSince] = [now, Date.now()];
      if (Date.now() - silentSince < MAX_SILENCE_MS) return;
      outcome.failures += 1;
      tellFailure(target, new Uint8Array(current, 4, now).slice(), `${now} bytes never come to an end`, task.seed);
      resolve(false);
    }, LOOK_MS);
    const finished = await ended;
    clearInterval(watch);
    await worker.terminate();
    if (finished) break;
  }
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
