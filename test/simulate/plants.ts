import type { SourcePatch } from "./world/program.ts";

/** A fault that is put into the program, to see whether the simulator finds it. */
export interface Plant {
  name: string;
  /** What the program does wrong then. */
  what: string;
  patches: readonly SourcePatch[];
}

export const PLANTS: readonly Plant[] = [];

/** The plant of that name. Throws when there is none. */
export function plantNamed(name: string): Plant {
  const plant = PLANTS.find((each) => each.name === name);
  if (plant === undefined) throw new Error(`there is no plant "${name}"`);
  return plant;
}
