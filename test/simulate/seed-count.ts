import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ROOT } from "./world/program.ts";

/** How many seeds were ever run in this checkout; it is nobody else's business and is not committed. */
const FILE = resolve(ROOT, ".wrangler/simulated-seeds.json");

/** Adds the seeds that were run; returns how many there were in all. */
export function countSeeds(run: number): number {
  let before = 0;
  try {
    before = (JSON.parse(readFileSync(FILE, "utf8")) as { seeds: number }).seeds;
  } catch {
    // The first time there is no such file.
  }
  const seeds = before + run;
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify({ seeds })}\n`);
  return seeds;
}
