import { firstKind } from "./kinds.ts";
import { runSeed, type SeedResult, type SeedRun } from "./run-seed.ts";
import type { Workshop } from "./world/platform.ts";

/** More runs than this make a story little shorter. */
const MAX_RUNS = 600;

const weightOf = (tape: readonly number[]): [nonZero: number, sum: number] => [
  tape.filter((choice) => choice !== 0).length,
  tape.reduce((sum, choice) => sum + choice, 0),
];

function isLighter(a: readonly number[], b: readonly number[]): boolean {
  const [nonZeroA, sumA] = weightOf(a);
  const [nonZeroB, sumB] = weightOf(b);
  return nonZeroA < nonZeroB || (nonZeroA === nonZeroB && sumA < sumB);
}

const withoutTail = (tape: readonly number[]): number[] =>
  tape.slice(0, tape.findLastIndex((choice) => choice !== 0) + 1);

/**
 * Makes a failing run as harmless as it can be and still fail in the same way: stretches of its tape are set to zero, long
 * ones first, then single choices are lowered. Returns the shortest run and how many runs it took.
 */
export async function shrink(
  workshop: Workshop,
  run: SeedRun,
  failing: SeedResult,
): Promise<{ result: SeedResult; runs: number }> {
  const kind = firstKind(failing);
  let best = failing.tape;
  let result = failing;
  let runs = 0;
  const attempt = async (tape: readonly number[]): Promise<void> => {
    if (runs >= MAX_RUNS) return;
    runs += 1;
    const tried = await runSeed(workshop, { ...run, mode: failing.mode, tape });
    const shorter = withoutTail(tried.tape);
    if (firstKind(tried) !== kind || !isLighter(shorter, best)) return;
    best = shorter;
    result = tried;
  };
  await attempt(best);
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = best.length; end > 0; end -= size) {
      const begin = Math.max(0, end - size);
      if (best.slice(begin, end).some((choice) => choice !== 0)) {
        await attempt(best.map((choice, place) => (place >= begin && place < end ? 0 : choice)));
      }
    }
  }
  for (let place = 0; place < best.length; place++) {
    const high = best[place] ?? 0;
    for (let low = 1; low < high && best[place] === high; low++) await attempt(best.with(place, low));
  }
  return { result, runs };
}
