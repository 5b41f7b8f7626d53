/** `npm run simulate`: the whole service in simulated worlds where everything fails that can. */
import { measureCoverage } from "./coverage.ts";
import { allCores, hunt, type SeedReport } from "./hunt.ts";
import { kindOf } from "./kinds.ts";
import { parseOptions, USAGE, type SimulateOptions } from "./options.ts";
import { findPlants } from "./find-plants.ts";
import { difference, reportSeed } from "./report-seed.ts";
import { runSeed } from "./run-seed.ts";
import { countSeeds } from "./seed-count.ts";
import { shrink } from "./shrink.ts";
import { tellStory } from "./story.ts";
import { openWorkshop } from "./workshop.ts";

/** What one busy core runs in 100 s, with room to spare. */
const FIXED_SEEDS = 400;
const LARGEST_SEED = 1_000_000_000;
const SHOWN_SEEDS = 6;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Counts what comes in, and says so at the end. */
class Tally {
  readonly #kinds = new Map<string, string[]>();
  readonly #endsMs: number[] = [];
  passed = 0;
  failed = 0;
  #accepted = 0;
  #webhooks = 0;

  add(report: SeedReport): void {
    const { seed, mode, violations, error, accepted, webhooks, endsMs } = report;
    this.#accepted += accepted;
    this.#webhooks += webhooks;
    this.#endsMs.push(...endsMs);
    const [violation] = violations;
    if (violation === undefined && error === null) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    const kind = violation === undefined ? "ERROR" : kindOf(violation);
    const seeds = this.#kinds.get(kind) ?? [];
    if (seeds.length === 0) print(`seed ${seed} (${mode}): ${violation ?? error}`);
    seeds.push(`${seed}/${mode}`);
    this.#kinds.set(kind, seeds);
  }

  /** Prints the sums. Returns the exit code. */
  finish(seconds: number): number {
    for (const [kind, seeds] of [...this.#kinds].sort((a, b) => b[1].length - a[1].length)) {
      print(`${String(seeds.length).padStart(6)}  ${kind}: seeds ${seeds.slice(0, SHOWN_SEEDS).join(", ")}`);
    }
    const run = this.passed + this.failed;
    const ends = this.#endsMs.toSorted((a, b) => a - b);
    const at = (share: number): string => `${((ends[Math.floor((ends.length - 1) * share)] ?? 0) / 1000).toFixed(1)} s`;
    print(
      `${this.#accepted} records, ${this.#webhooks} webhooks; final after ${at(0.5)} (median), ${at(0.99)} (99 %), ${at(1)} (last)`,
    );
    print(`${(run / seconds).toFixed(1)} seeds a second; ${countSeeds(run)} seeds ever run here`);
    print(`simulate: ${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 ? 0 : 1;
  }
}

async function runHere({ plant, mode, isTwice }: SimulateOptions): Promise<number> {
  const workshop = await openWorkshop(plant);
  const random = Math.floor(Math.random() * LARGEST_SEED);
  print(`seeds 1 to ${FIXED_SEEDS}, and ${random} at random`);
  const started = performance.now();
  const tally = new Tally();
  for (let seed = 1; seed <= FIXED_SEEDS + 1; seed++) {
    tally.add(await reportSeed(workshop, { seed: seed > FIXED_SEEDS ? random : seed, mode, isTwice }));
  }
  return tally.finish((performance.now() - started) / 1000);
}

async function runMany(options: SimulateOptions, seeds: number): Promise<number> {
  const { from, mode, plant, isTwice } = options;
  const started = performance.now();
  const tally = new Tally();
  await hunt({
    seeds: Array.from({ length: seeds }, (_, place) => from + place),
    mode,
    plant,
    isTwice,
    workers: allCores(),
    onReport: (report) => {
      tally.add(report);
      return false;
    },
  });
  return tally.finish((performance.now() - started) / 1000);
}

async function replay({ plant, mode, shrinks, isTwice, isWhole }: SimulateOptions, seed: number): Promise<number> {
  const workshop = await openWorkshop(plant);
  let result = await runSeed(workshop, { seed, mode });
  let runs = 1;
  if (isTwice) {
    const again = await runSeed(workshop, { seed, mode, tape: result.tape });
    runs += 1;
    print(`by its tape: ${difference(result, again) ?? "the same"}`);
  }
  if (shrinks && result.violations.length > 0) {
    const before = result.tape.filter((choice) => choice !== 0).length;
    const shrunk = await shrink(workshop, { seed, mode }, result);
    result = shrunk.result;
    runs += shrunk.runs;
    print(
      `shrunk from ${before} to ${result.tape.filter((choice) => choice !== 0).length} choices in ${shrunk.runs} runs`,
    );
  }
  print(isWhole ? result.trace.join("\n") : tellStory(result.trace));
  for (const violation of result.violations) print(`violation: ${violation}`);
  print(`${countSeeds(runs)} seeds ever run here`);
  const failed = result.violations.length > 0 ? 1 : 0;
  print(`simulate: ${1 - failed} passed, ${failed} failed`);
  return failed;
}

const options = parseOptions(process.argv.slice(2));
if (options === null) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else if (options.coverage) process.exitCode = await measureCoverage(options, print);
else if (options.plants) process.exitCode = await findPlants(options, print);
else if (options.seed !== null) process.exitCode = await replay(options, options.seed);
else if (options.seeds !== null) process.exitCode = await runMany(options, options.seeds);
else process.exitCode = await runHere(options);
