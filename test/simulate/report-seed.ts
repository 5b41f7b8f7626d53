import type { SeedReport, WorkerTask } from "./hunt.ts";
import { runSeed, type SeedResult } from "./run-seed.ts";
import type { Workshop } from "./world/platform.ts";

/** Times of day differ between two runs of a seed, because worlds of a process follow one another. */
const DATE = /\d{4}-\d\d-\d\dT/g;
const told = ({ trace }: SeedResult): string => trace.join("\n").replaceAll(DATE, "");

/** Where two runs of a seed part; null when they do not. */
export function difference(a: SeedResult, b: SeedResult): string | null {
  const [one, other] = [told(a).split("\n"), told(b).split("\n")];
  const place = one.findIndex((line, index) => line !== other[index]);
  if (place === -1 && one.length === other.length && a.tape.join() === b.tape.join()) return null;
  return `${one[place] ?? "(its end)"}\n${other[place] ?? "(its end)"}`;
}

/** Runs a seed, twice if asked to; what breaks the run is part of the report. */
export async function reportSeed(workshop: Workshop, { seed, mode, isTwice }: WorkerTask): Promise<SeedReport> {
  try {
    const result = await runSeed(workshop, { seed, mode });
    const parting = isTwice ? difference(result, await runSeed(workshop, { seed, mode })) : null;
    const { violations, accepted, webhooks, steps, endsMs } = result;
    const error = parting === null ? null : `seed ${seed} is not the same twice:\n${parting}`;
    const isSame = isTwice ? parting === null : null;
    return { seed, mode: result.mode, violations, error, isSame, accepted, webhooks, steps, endsMs };
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const nothing = { violations: [], accepted: 0, webhooks: 0, steps: 0, endsMs: [] };
    return { seed, mode: mode ?? "quiet", error: stack, isSame: null, ...nothing };
  }
}
