import { readFileSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";
import { AREAS, type Area } from "./areas.ts";

/**
 * Mutation testing: changes the pure core in every small way that a slip could, and shows which of the changes no unit test
 * notices. `npm run mutation -- nutrients limits` takes these areas, `npm run mutation` all, one after the other.
 */
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(AREAS, name));
if (unknown.length > 0) {
  console.error(`There is no area ${unknown.join(", ")}. The areas: ${Object.keys(AREAS).join(", ")}.`);
  process.exit(2);
}

const config = JSON.parse(readFileSync(new URL("../../.config/stryker.json", import.meta.url), "utf8")) as {
  thresholds: { break: number };
};
const least = config.thresholds.break;

/** Percent of an area's mutants that some test notices. Those are left out of which the code says why nothing can. */
async function scoreOf({ mutate, tests }: Area): Promise<number> {
  process.env["MUTATION_TESTS"] = tests.join("|");
  // Judged here, so that one area below the threshold does not hide those behind it.
  const thresholds = { ...config.thresholds, break: null };
  const results = await new Stryker({ ...config, thresholds, mutate: [...mutate] }).runMutationTest();
  const counted = results.filter(({ status }) => status !== "Ignored" && status !== "CompileError");
  const noticed = counted.filter(({ status }) => status === "Killed" || status === "Timeout");
  return (100 * noticed.length) / counted.length;
}

const scores: [area: string, score: number][] = [];
for (const [name, area] of Object.entries(AREAS)) {
  if (asked.length === 0 || asked.includes(name)) scores.push([name, await scoreOf(area)]);
}

for (const [area, score] of scores) console.log(`${area}: ${score.toFixed(1)} % of the mutants noticed`);
const failed = scores.filter(([, score]) => !(score >= least)).length;
console.log(`mutation: ${scores.length - failed} passed, ${failed} failed (at least ${least} % each)`);
process.exitCode = failed === 0 ? 0 : 1;
