import * as fc from "fast-check";
import { inject, it } from "vitest";

/** The seed of every run: what it finds, it finds on every machine. */
const FIXED_SEED = 20_261_201;
/** Tries of one property from one seed … */
const RUNS = 200;
/** … and under mutation testing, which runs it hundreds of times. */
const MUTATION_RUNS = 25;

/**
 * A test that a promise holds for whatever fast-check thinks of: from the fixed seed, and from the seed of this run, which
 * `property-seed.ts` prints. A failure names its seed and the smallest counterexample.
 */
export function holds<Values extends unknown[]>(
  promise: string,
  property: fc.IProperty<Values> | fc.IAsyncProperty<Values>,
  numRuns = RUNS,
): void {
  it(promise, async () => {
    const check = (seed: number, runs: number): Promise<void> =>
      fc.assert(property as fc.IAsyncProperty<Values>, { seed, numRuns: runs });
    const seed = inject("propertySeed") as number | undefined;
    // Mutation testing gives none: its runs must not differ.
    if (seed === undefined) return check(FIXED_SEED, Math.min(numRuns, MUTATION_RUNS));
    await check(FIXED_SEED, numRuns);
    await check(seed, numRuns);
  });
}
