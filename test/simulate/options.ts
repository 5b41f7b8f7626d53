import { parseArgs } from "node:util";
import { MODES, type Mode } from "./faults.ts";

export const USAGE = `npm run simulate [-- options]
  (none)                  a fixed number of seeds, and a random one
  --seeds N [--from N]    so many seeds, on all cores
  --seed N [--mode M]     one seed, with its story; M: ${MODES.join(", ")}
  … --shrink              its shortest story
  … --twice               each seed twice: is it the same?
  --plants [--only NAME]  plants faults in the program and looks for them
  --coverage              which functions of the shell no seed has reached`;

/** What is asked of the simulator. */
export interface SimulateOptions {
  seeds: number | null;
  from: number;
  seed: number | null;
  mode: Mode | null;
  shrinks: boolean;
  isTwice: boolean;
  plants: boolean;
  only: string | null;
  coverage: boolean;
  /** The name of a planted fault that the run has. */
  plant: string | null;
  /** Prints the whole trace in place of the story. */
  isWhole: boolean;
}

const asNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** Reads the command line; null when it makes no sense. */
export function parseOptions(args: readonly string[]): SimulateOptions | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seeds: { type: "string" },
        from: { type: "string" },
        seed: { type: "string" },
        mode: { type: "string" },
        shrink: { type: "boolean", default: false },
        twice: { type: "boolean", default: false },
        plants: { type: "boolean", default: false },
        only: { type: "string" },
        coverage: { type: "boolean", default: false },
        plant: { type: "string" },
        whole: { type: "boolean", default: false },
      },
    });
    const mode = MODES.find((known) => known === values.mode) ?? null;
    if (values.mode !== undefined && mode === null) return null;
    const numbers = [values.seeds, values.from, values.seed];
    if (numbers.some((text) => text !== undefined && asNumber(text) === null)) return null;
    return {
      seeds: asNumber(values.seeds),
      from: asNumber(values.from) ?? 1,
      seed: asNumber(values.seed),
      mode,
      shrinks: values.shrink,
      isTwice: values.twice,
      plants: values.plants,
      only: values.only ?? null,
      coverage: values.coverage,
      plant: values.plant ?? null,
      isWhole: values.whole,
    };
  } catch {
    return null;
  }
}
