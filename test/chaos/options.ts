import { parseArgs } from "node:util";

export interface ChaosOptions {
  /** How many records are accepted before the load ends. */
  records: number;
  /** How often something is killed on the way. */
  kills: number;
  /** Decides the load, what endpoints do, and the moments of the kills. */
  seed: number;
  /** Whether the state directory and its log stay. */
  keep: boolean;
  /** Texts alone, every event, endpoints of 0–1.5 s, no kills. */
  slowEndpoints: boolean;
  /** The embedded models instead of a scripted one. */
  embedded: boolean;
}

export const USAGE = `npm run chaos -- [--records 300] [--kills 5] [--seed N] [--keep] [--slow-endpoints] [--embedded]

Runs \`npm start\` on a port and a state of its own, sends it a mixed load, kills it with SIGKILL at random moments,
starts it again, and holds what was promised against what is there at the end.
--slow-endpoints: 1,000 texts against endpoints that take 0–1.5 s, without kills.
--embedded: the embedded models instead of a scripted one that takes 0–20 s and sometimes fails.`;

const MAX_SEED = 2 ** 31;

/** Reads the command line; null when it does not fit `USAGE`. `random` (0–1) makes the seed that nobody gave. */
export function parseOptions(args: readonly string[], random: () => number): ChaosOptions | null {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        records: { type: "string" },
        kills: { type: "string" },
        seed: { type: "string" },
        keep: { type: "boolean", default: false },
        "slow-endpoints": { type: "boolean", default: false },
        embedded: { type: "boolean", default: false },
      },
    }));
  } catch {
    return null;
  }
  const slowEndpoints = values["slow-endpoints"];
  const records = Number(values.records ?? (slowEndpoints ? 1000 : 300));
  const kills = Number(values.kills ?? (slowEndpoints ? 0 : 5));
  const seed = Number(values.seed ?? Math.floor(random() * MAX_SEED));
  const areCounts = [records, kills, seed].every((value) => Number.isSafeInteger(value) && value >= 0);
  return areCounts && records > 0
    ? { records, kills, seed, keep: values.keep, slowEndpoints, embedded: values.embedded }
    : null;
}
