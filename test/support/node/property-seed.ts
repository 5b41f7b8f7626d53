import { randomInt } from "node:crypto";
import type { TestProject } from "vitest/node";

const MAX_SEED = 2 ** 31;

/** Gives the properties a seed of this run beside their fixed one. `PROPERTY_SEED` gives them that of an earlier run. */
export function setup(project: TestProject): void {
  const seed = Number(process.env["PROPERTY_SEED"] ?? randomInt(MAX_SEED));
  console.log(`Properties are also tried from a random seed; PROPERTY_SEED=${seed} repeats it.`);
  project.provide("propertySeed", seed);
}
