import * as fc from "fast-check";
import { inject, it } from "vitest";

/** The seed of every run: what it finds, it finds on every machine. */
const FIXED_SEED = 20_261_201;
/** Tries of one property from one seed. */
const RUNS = 200;

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
    // Mutation testing gives no seed: its runs must not differ.
    const seeds = [FIXED_SEED, inject("propertySeed") as number | undefined].filter((seed) => seed !== undefined);
    for (const seed of seeds) await fc.assert(property as fc.IAsyncProperty<Values>, { seed, numRuns });
  });
}
