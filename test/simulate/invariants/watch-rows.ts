import { FINAL } from "../cast.ts";
import type { Tables } from "../world/database.ts";
import type { World } from "../world/world.ts";

/** What may follow a final status: changes by the user, and an analysis that is made up for. */
const AFTER_FINAL: Readonly<Record<string, readonly string[]>> = {
  completed: ["completed", "updated"],
  updated: ["updated"],
  failed: ["failed", "completed", "updated"],
  canceled: ["canceled"],
};

interface Row {
  id: string;
  version: number;
  status: string;
}

/**
 * D1 goes forward: a version never falls, a final status never returns to an open one, one version has one status. Call
 * what is returned after each change; `onFinal` hears of each record that becomes final.
 */
export function watchRows(world: World, tables: Tables, onFinal: (id: string) => void): () => void {
  const known = new Map<string, { version: number; status: string }>();
  return () => {
    for (const { id, version, status } of tables.read<Row>("SELECT id, version, status FROM records")) {
      const before = known.get(id);
      if (before?.version === version && before.status === status) continue;
      known.set(id, { version, status });
      if (FINAL.has(status) && !(before !== undefined && FINAL.has(before.status))) onFinal(id);
      if (before === undefined) continue;
      if (version < before.version)
        world.violate(`D1 BACKWARDS: ${id} went from version ${before.version} to ${version}`);
      if (version === before.version) {
        world.violate(`D1: ${id} went from ${before.status} to ${status} within version ${version}`);
      }
      if (FINAL.has(before.status) && !(AFTER_FINAL[before.status] ?? []).includes(status)) {
        world.violate(`D1: ${id} went from ${before.status} to ${status}`);
      }
    }
  };
}
