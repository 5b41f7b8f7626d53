import { allCores, hunt } from "./hunt.ts";
import type { SimulateOptions } from "./options.ts";
import { PLANTS } from "./plants.ts";
import { countSeeds } from "./seed-count.ts";

/** A fault that is not found within so many seeds counts as not found. */
const MAX_SEEDS = 2_000;

/** Plants one fault after the other, and looks how many seeds it takes to find each. Returns the exit code. */
export async function findPlants(
  { only, from, seeds }: SimulateOptions,
  print: (text: string) => void,
): Promise<number> {
  const wanted = PLANTS.filter(({ name }) => only === null || only.split(",").includes(name));
  const most = seeds ?? MAX_SEEDS;
  let found = 0;
  for (const { name, what } of wanted) {
    const started = performance.now();
    let run = 0;
    let first = "";
    await hunt({
      seeds: Array.from({ length: most }, (_, place) => from + place),
      mode: null,
      plant: name,
      isTwice: false,
      workers: allCores(),
      onReport: ({ seed, mode, violations, error }) => {
        run += 1;
        const violation = violations[0] ?? error?.split("\n")[0];
        if (violation !== undefined) first = `seed ${seed}, ${mode}: ${violation}`;
        return first !== "";
      },
    });
    countSeeds(run);
    if (first !== "") found += 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    print(`${first === "" ? "NOT FOUND" : "found"} ${name}: ${what}; ${run} seeds, ${seconds} s. ${first}`);
  }
  print(`simulate: ${found} passed, ${wanted.length - found} failed`);
  return found === wanted.length ? 0 : 1;
}
