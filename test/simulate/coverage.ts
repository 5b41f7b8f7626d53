import { Session } from "node:inspector/promises";
import type { SimulateOptions } from "./options.ts";
import { MODES } from "./faults.ts";
import { runSeed } from "./run-seed.ts";
import { countSeeds } from "./seed-count.ts";
import { PARAMETERS, PROGRAM_URL } from "./world/program.ts";
import { openWorkshop } from "./workshop.ts";

const SEEDS_A_MODE = 120;
/** The shell around the pure core, and what decides with it. */
const SHELL =
  /src\/(?:record-object|records\/(?:sequence|sweep|changes|status-cache|live)|webhooks|analysis\/(?:consumer|dead-letters|lease-work|analyze|stage-reports|run-models|earlier)|erasure|retention|photos\/photo-store|intake\/(?:accept|idempotency|upload-timing|read-upload|take-photo)|db\/(?:records|deliveries|erasures|recoveries|idempotency|endpoint-health))/;
const MAX_SHOWN = 110;

/** How `new Function` begins what it compiles: offsets count from there. */
const HEAD = `(function anonymous(${PARAMETERS.join(",")}\n) {\n`;
const FILE_MARK = /^\/\/ ((?:src|node_modules)\/\S+)$/gm;

/** Runs seeds and prints what of the shell none of them has reached. Returns the exit code. */
export async function measureCoverage(
  { seeds, from }: SimulateOptions,
  print: (text: string) => void,
): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const workshop = await openWorkshop(null);
  const count = seeds === null ? SEEDS_A_MODE : Math.ceil(seeds / MODES.length);
  for (const mode of MODES) {
    for (let seed = from; seed < from + count; seed++) await runSeed(workshop, { seed, mode, stopsEarly: false });
  }
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const marks = [...workshop.source.matchAll(FILE_MARK)].map((mark) => ({ at: mark.index, file: mark[1] ?? "" }));
  const program = result.filter(({ url }) => url === PROGRAM_URL).flatMap(({ functions }) => functions);
  const missed = new Map<string, Set<string>>();
  for (const { functionName, ranges } of program) {
    for (const { startOffset, endOffset, count: calls } of ranges) {
      const at = startOffset - HEAD.length;
      const file = marks.findLast((mark) => mark.at <= at)?.file ?? "";
      if (calls > 0 || !SHELL.test(file)) continue;
      const text = workshop.source
        .slice(at, endOffset - HEAD.length)
        .replaceAll(/\s+/g, " ")
        .slice(0, MAX_SHOWN);
      const places = missed.get(file) ?? new Set();
      missed.set(file, places.add(`${functionName || "(anonymous)"}: ${text}`));
    }
  }
  for (const [file, places] of [...missed].sort(([a], [b]) => a.localeCompare(b))) {
    print(file);
    for (const place of places) print(`    ${place}`);
  }
  print(`${countSeeds(count * MODES.length)} seeds ever run here`);
  return 0;
}
