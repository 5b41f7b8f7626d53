import { plantNamed } from "./plants.ts";
import { Tables } from "./world/database.ts";
import { Programs } from "./world/isolates.ts";
import type { Workshop } from "./world/platform.ts";
import { bundleProgram, compileProgram } from "./world/program.ts";

/** Builds the program, with a planted fault if one is named, and a database for it. */
export async function openWorkshop(plant: string | null): Promise<Workshop & { source: string }> {
  const source = await bundleProgram(plant === null ? [] : plantNamed(plant).patches);
  return { source, programs: new Programs(compileProgram(source)), tables: new Tables() };
}
